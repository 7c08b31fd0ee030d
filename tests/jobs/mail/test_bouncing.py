"""Mails that came back to the school, what the office makes of them, and who is telephoned."""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from lichtbrief.delivery import Day, Kind, Mark, State, identity_of, open_mailbox, parse_mailbox
from lichtbrief.delivery.mailbox import Address
from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.surroundings import Surroundings
from lichtbrief.jobs.ground.turn import Turn, take_turn
from lichtbrief.jobs.mail.bouncing import (
    Marks,
    Reading,
    give_up,
    read_bounces,
    try_again,
    unreachable,
)
from lichtbrief.jobs.mail.unreached import Unreached, unreached
from lichtbrief.roster import Roster, read_roster
from lichtbrief.sealing import KeyRing, make_ring, write_ring
from lichtbrief.settings import Settings, read_settings
from tests.delivery.returned import AWAY, complaint, delivery_report, notification
from tests.jobs.given import site_of
from tests.school import SmallSchool
from tests.stores import Shelf

WEEKS = [Week.parse(f"2026-W{number}") for number in (44, 45, 46, 47)]
W47 = WEEKS[-1]
ELS = "directeur-els"
GUARDIANS = ("g1", "g2", "g3", "g4")


@dataclass(frozen=True, slots=True)
class Office:
    """A school whose weeks have all been mailed, and the mailbox to which mails come back."""

    school: SmallSchool
    settings: Settings
    surroundings: Surroundings
    ring: KeyRing
    maildir: Path
    stack: ExitStack
    held: list[Turn] = field(default_factory=list)

    @property
    def roster(self) -> Roster:
        return read_roster(self.school.folder / "school")

    @property
    def marks(self) -> Marks:
        return Marks(self.ring, self.roster)

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """The office's turn, which it keeps until it leaves."""
        if not self.held:
            turn = self.stack.enter_context(take_turn(self.settings, self.surroundings))
            self.held.append(turn)
        yield self.held[0]

    def leave(self) -> None:
        self.stack.close()
        self.held.clear()

    def comes(self, *mails: bytes) -> None:
        for mail in mails:
            (self.maildir / "new" / secrets.token_hex(8)).write_bytes(mail)

    def identity(self, guardian: str, week: Week = W47) -> str:
        return identity_of(self.ring.year(2026), guardian, week)

    def read(self) -> Reading:
        with self.turn() as turn:
            return read_bounces(turn, self.roster, open_mailbox(self.address))

    @property
    def address(self) -> Address:
        return parse_mailbox(f"maildir:{self.maildir}")

    def given_up(self) -> frozenset[str]:
        with self.turn() as turn:
            return unreachable(turn.ledger, self.roster, self.ring)

    def confirm(self, guardian: str, by: str = ELS) -> None:
        with self.turn() as turn:
            give_up(turn, self.roster, guardian, by)

    def unreached(self, week: Week = W47) -> dict[str, str]:
        with self.turn() as turn:
            found = unreached(turn.ledger, self.marks, week, self.settings.now().date())
        return {one.guardian: f"{one.why} {one.detail}".strip() for one in found}

    def edit(self, table: str, old: str, new: str) -> None:
        path = self.school.folder / f"school/{table}.csv"
        text = path.read_text()
        assert 1 == text.count(old)
        path.write_text(text.replace(old, new))


@pytest.fixture
def office(school: SmallSchool, shelf: Shelf, tmp_path: Path) -> Iterator[Office]:
    settings = read_settings(site_of(school))
    ring = make_ring(2026, secrets.token_bytes)
    write_ring(settings.key_ring, ring)
    maildir = tmp_path / "bounces"
    for part in ("new", "cur", "tmp"):
        (maildir / part).mkdir(parents=True)
    surroundings = Surroundings(shelf.store, shelf.signer())
    found = Office(school, settings, surroundings, ring, maildir, ExitStack())
    with found.turn() as turn:
        for week in WEEKS:
            turn.ledger.freeze(week, GUARDIANS)
            for state in (State.SENDING, State.SENT):
                turn.ledger.mark_all(week, [Mark(guardian, state) for guardian in GUARDIANS])
    yield found
    found.leave()


def waiting(reading: Reading) -> dict[str, Kind]:
    return {one.guardian: one.kind for one in reading.waiting}


def test_an_address_that_is_wrong_waits_for_the_office_and_is_not_dropped_by_itself(
    office: Office,
) -> None:
    office.comes(delivery_report(office.identity("g2")))
    reading = office.read()
    assert [("g2", "2026-W47", Kind.HARD, "5.1.1")] == [
        (one.guardian, one.week, one.kind, one.code) for one in reading.new
    ]
    assert {"g2": Kind.HARD} == waiting(reading)
    assert frozenset() == office.given_up()
    assert {"g2": "came back (hard) 5.1.1"} == office.unreached()


def test_what_the_office_confirms_ends_the_mail_until_there_is_another_address(
    office: Office,
) -> None:
    office.comes(delivery_report(office.identity("g2")))
    office.read()
    office.confirm("g2")
    assert {"g2"} == office.given_up()
    assert {} == waiting(office.read())
    office.edit("guardians", "g2@home.example", "ouder.twee@home.example")
    assert frozenset() == office.given_up()
    assert {} == office.unreached()


def test_a_mended_address_needs_no_word_of_the_office(office: Office) -> None:
    office.comes(delivery_report(office.identity("g2")))
    office.edit("guardians", "g2@home.example", "G2@home.example")
    assert {"g2": Kind.HARD} == waiting(office.read())
    office.edit("guardians", "G2@home.example", "ouder.twee@home.example")
    assert {} == waiting(office.read())


def test_a_full_mailbox_is_nothing_until_the_third_week_in_a_row(office: Office) -> None:
    for week, expected in zip(WEEKS[1:], ({}, {}, {"g3": Kind.SOFT}), strict=True):
        office.comes(delivery_report(office.identity("g3", week), status="5.2.2"))
        assert expected == waiting(office.read())


def test_a_week_that_arrived_in_between_breaks_the_row(office: Office) -> None:
    for week in (WEEKS[0], WEEKS[1], WEEKS[3]):
        office.comes(delivery_report(office.identity("g3", week), status="5.2.2"))
    assert {} == waiting(office.read())


def test_three_mails_of_days_in_a_row_say_as_much_and_one_of_them_is_not_reached(
    office: Office,
) -> None:
    days = [Day(2026, 47, number) for number in (1, 2, 3)]
    with office.turn() as turn:
        for day in days:
            turn.ledger.freeze(day, ["g3"])
            for state in (State.SENDING, State.SENT):
                turn.ledger.mark(day, "g3", state)
    for day, expected in zip(days, ({}, {}, {"g3": Kind.SOFT}), strict=True):
        office.comes(delivery_report(office.identity("g3", day), status="5.2.2"))
        assert expected == waiting(office.read())
    assert {"g3": "came back (soft) 5.2.2"} == office.unreached()


def test_a_complaint_waits_for_the_office_too(office: Office) -> None:
    office.comes(complaint(office.identity("g4")), notification(office.identity("g1")))
    assert {"g1": Kind.HARD, "g4": Kind.COMPLAINT} == waiting(office.read())


def test_a_report_is_removed_and_everything_else_stays_for_a_person(office: Office) -> None:
    identity = office.identity("g2")
    office.comes(
        delivery_report(identity),
        delivery_report(identity),
        delivery_report(identity[:-3] + "aaa"),
        AWAY % f"bounce+{identity}@dijk.example".encode(),
        b"Subject: Een vraag\r\n\r\nMag ik donderdag langskomen?\r\n",
    )
    reading = office.read()
    assert (1, 3) == (len(reading.new), reading.left)
    assert 3 == len(list((office.maildir / "new").iterdir()))


def test_forged_reports_about_everybody_change_nothing(office: Office) -> None:
    office.comes(
        *(delivery_report(f"2026-W47.{'a' * 25}{letter}") for letter in "bcdefg234567"),
        delivery_report("2026-W99." + "a" * 26),
        delivery_report("1999-W01." + "a" * 26),
    )
    assert ((), ()) == (office.read().new, office.read().waiting)
    assert {} == office.unreached()


def test_a_run_that_dies_before_it_has_removed_them_is_done_by_the_next(office: Office) -> None:
    office.comes(delivery_report(office.identity("g2")))
    box = open_mailbox(office.address)

    def die(_: str) -> None:
        raise KeyboardInterrupt

    box.remove = die  # type: ignore[method-assign,assignment]  # the power goes at that moment
    with pytest.raises(KeyboardInterrupt), office.turn() as turn:
        read_bounces(turn, office.roster, box)
    again = office.read()
    assert ((), {"g2": Kind.HARD}) == (again.new, waiting(again))
    assert [] == list((office.maildir / "new").iterdir())


def test_another_machine_knows_it_from_the_store(office: Office, tmp_path: Path) -> None:
    office.comes(delivery_report(office.identity("g2")))
    office.read()
    office.confirm("g2")
    office.leave()
    elsewhere = replace(office.settings, state=tmp_path / "elsewhere")
    write_ring(elsewhere.key_ring, office.ring)
    there = replace(office, settings=elsewhere, stack=ExitStack(), held=[])
    assert {"g2"} == there.given_up()
    there.leave()


def test_nobody_is_given_up_by_a_typing_error(office: Office) -> None:
    office.comes(delivery_report(office.identity("g2")))
    office.read()
    with pytest.raises(LichtbriefError, match="nothing came back that says g1's address"):
        office.confirm("g1")
    for guardian, by in (("g2", "juf-niemand"), ("g99", ELS)):
        with pytest.raises(LichtbriefError):
            office.confirm(guardian, by)
    assert frozenset() == office.given_up()


def test_the_office_can_take_it_back(office: Office) -> None:
    office.comes(delivery_report(office.identity("g2")))
    office.read()
    office.confirm("g2")
    with office.turn() as turn:
        assert [True, False] == [try_again(turn, office.roster, "g2", ELS) for _ in range(2)]
    assert (frozenset(), {}) == (office.given_up(), waiting(office.read()))


def test_whoever_left_or_may_not_read_any_more_is_not_telephoned(office: Office) -> None:
    for guardian in GUARDIANS:
        office.comes(delivery_report(office.identity(guardian)))
    office.read()
    office.edit("relations", "g2,sem-k,yes,yes,2020-01-01,", "g2,sem-k,yes,no,2020-01-01,")
    office.edit(
        "relations", "g4,noor-d,yes,yes,2020-01-01,", "g4,noor-d,yes,yes,2020-01-01,2026-11-01"
    )
    assert {"g1", "g3"} == office.unreached().keys()


def test_every_way_of_not_being_reached_has_its_words(office: Office) -> None:
    week = Week.parse("2026-W48")
    states = {"g1": State.FAILED, "g2": State.RETRY, "g3": State.UNCERTAIN}
    with office.turn() as turn:
        turn.ledger.freeze(week, GUARDIANS)
        for guardian, state in states.items():
            turn.ledger.mark(week, guardian, State.SENDING)
            turn.ledger.mark(week, guardian, state, "550 no")
    assert {
        "g1": "the relay refuses the address 550 no",
        "g2": "the relay did not take it, and will be asked again 550 no",
        "g3": "perhaps sent: the connection broke at the end 550 no",
        "g4": "no run has tried it yet",
    } == office.unreached(week)


def test_names_are_for_whoever_asks(office: Office) -> None:
    one = Unreached("g2", "Ouder Twee", "came back (hard)", "5.1.1")
    office.comes(delivery_report(office.identity("g2")))
    office.read()
    with office.turn() as turn:
        today = office.settings.now().date()
        assert (one,) == unreached(turn.ledger, office.marks, W47, today)


def test_no_address_stands_in_the_ledger(office: Office) -> None:
    office.comes(delivery_report(office.identity("g2")))
    office.read()
    office.confirm("g2")
    files = list((office.school.folder / ".lichtbrief").glob("ledger*"))
    assert files
    assert [] == [path.name for path in files if b"home.example" in path.read_bytes()]
