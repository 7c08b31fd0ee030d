"""Mails that came back: read from the mailbox, judged by the office, and what follows from that."""

from collections.abc import Iterator
from dataclasses import dataclass

from lichtbrief.delivery import Bounced, Ledger, Mailbox, Report, mailed, read_report
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.finding import must_be_guardian, must_be_staff
from lichtbrief.jobs.ground.keys import any_ring
from lichtbrief.jobs.ground.turn import Turn
from lichtbrief.roster import Guardian, Roster
from lichtbrief.sealing import KeyRing, name_of


@dataclass(frozen=True, slots=True)
class Reading:
    """What one look into the mailbox came to.

    `new` was not known before; `waiting` are the guardians whose address will not do, until the
    office has mended or given it up; `left` is how many mails lie there that no report of ours are.
    """

    new: tuple[Bounced, ...]
    waiting: tuple[Bounced, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Marks:
    """The keyed mark of each guardian's present address, under every school year's secret."""

    ring: KeyRing
    roster: Roster

    def of(self, guardian: Guardian, year: int | None = None) -> str:
        """The mark under one year's secret, the newest unless another is asked for."""
        secret = self.ring.year(max(self.ring.years) if year is None else year)
        return name_of(secret, "address", guardian.id, guardian.email.lower())

    def known_to(self, ledger: Ledger) -> frozenset[str]:
        """Every mark of a present address of whom anything came back."""
        people = self.roster.guardians
        return frozenset(
            self.of(people[guardian], year)
            for guardian in ledger.returned.people() & people.keys()
            for year in self.ring.years
            if people[guardian].email
        )


def read_bounces(turn: Turn, roster: Roster, mailbox: Mailbox) -> Reading:
    """Write down every report in the mailbox, and remove it there once it is kept.

    What is no report, or about nobody's mail, stays for somebody to read. Killed at any moment, it
    is done by the next run. Raises `LichtbriefError`.
    """
    marks, new, done, left = Marks(any_ring(turn.settings), roster), list[Bounced](), [], 0
    returned = turn.ledger.returned
    with mailbox:
        for mail, content in mailbox.mails():
            bounced = _of_ours(read_report(content), marks)
            if bounced is None:
                left += 1
                continue
            done.append(mail)
            if returned.note(bounced):
                new.append(bounced)
        if new:
            turn.keep()
        for mail in done:
            mailbox.remove(mail)
    return Reading(tuple(new), waiting(turn.ledger, marks), left)


def _of_ours(report: Report | None, marks: Marks) -> Bounced | None:
    """Whose mail a report is about; None when it is nobody's."""
    people = marks.roster.guardians
    for identity in report.identities if report else ():
        if found := mailed(identity, marks.ring, people):
            week, guardian = found
            assert report is not None  # noqa: S101 -- for the type: there are no identities without
            mark = marks.of(people[guardian])
            return Bounced(guardian, str(week), report.kind, report.code, mark)
    return None


def waiting(ledger: Ledger, marks: Marks) -> tuple[Bounced, ...]:
    """Whose address will not do, and the office has not said what to do about it."""
    known = marks.known_to(ledger)
    given_up = ledger.returned.given_up(known)
    return tuple(one for one in ledger.returned.lasting(known) if one.guardian not in given_up)


def give_up(turn: Turn, roster: Roster, guardian: str, by: str) -> None:
    """Mail nothing more to this guardian at this address; raises `LichtbriefError`.

    Only where something came back that says so: a typing error must not end anybody's mail.
    """
    must_be_staff(roster, by)
    must_be_guardian(roster, guardian, set())
    marks = Marks(any_ring(turn.settings), roster)
    if guardian not in {one.guardian for one in waiting(turn.ledger, marks)}:
        raise LichtbriefError(
            f"nothing came back that says {guardian}'s address will not do",
            "lichtbrief bounces lists whose; to send no mail at all, set delivery to paper",
        )
    turn.ledger.returned.give_up(guardian, marks.of(roster.guardians[guardian]), by)
    turn.keep()


def try_again(turn: Turn, roster: Roster, guardian: str, by: str) -> bool:
    """Mail to this guardian's address again; False when nothing had been held against it."""
    must_be_staff(roster, by)
    must_be_guardian(roster, guardian, set())
    changed = turn.ledger.returned.try_again(guardian)
    if changed:
        turn.keep()
    return changed


def unreachable(ledger: Ledger, roster: Roster, ring: KeyRing) -> frozenset[str]:
    """The guardians who are mailed nothing, because the office has given up their address."""
    return ledger.returned.given_up(Marks(ring, roster).known_to(ledger))


def came_back(ledger: Ledger, marks: Marks, week: str) -> Iterator[Bounced]:
    """What came back of a week's mails, of addresses that are in the roster still."""
    known = marks.known_to(ledger)
    return (one for one in ledger.returned.all() if one.week == week and one.mark in known)
