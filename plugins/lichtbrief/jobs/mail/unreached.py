"""Who got nothing of a week, and why: for the telephone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lichtbrief.delivery import Day, Ledger, State
from lichtbrief.editions import Week
from lichtbrief.jobs.mail.bouncing import Marks, came_back, unreachable
from lichtbrief.letters import grants

WHY: Mapping[State, str] = {
    State.PENDING: "no run has tried it yet",
    State.SENDING: "a run was killed while handing it over",
    State.RETRY: "the relay did not take it, and will be asked again",
    State.UNCERTAIN: "perhaps sent: the connection broke at the end",
    State.FAILED: "the relay refuses the address",
}
GIVEN_UP = "the office has given up the address"


@dataclass(frozen=True, slots=True)
class Unreached:
    """A guardian who may read the week, and surely or perhaps has no mail.

    `name` is for the office; `why` is in words, `detail` what the relay or a report said.
    """

    guardian: str
    name: str
    why: str
    detail: str


def unreached(ledger: Ledger, marks: Marks, week: Week, today: date) -> tuple[Unreached, ...]:
    """Everybody of the week's recipients who may read it today and was not reached, by id.

    A mail of one of its days counts as well, unless a later one has brought what it would have.

    Whoever left or may not read any more is not among them, nor whoever reads on paper.
    """
    people = marks.roster.guardians
    readers = grants(marks.roster, week, today)
    found = dict(_reasons(ledger, marks, week))
    return tuple(
        Unreached(guardian, people[guardian].name, *found[guardian])
        for guardian in sorted(found.keys() & readers.keys() & people.keys())
    )


def recipients(ledger: Ledger, week: Week) -> frozenset[str]:
    """Everybody to whom a mail of the week was to go, its own or one of its days."""
    occasions = ledger.told.occasions(week, week)
    return frozenset(guardian for each in occasions for guardian in ledger.states(each))


def _reasons(ledger: Ledger, marks: Marks, week: Week) -> Iterator[tuple[str, tuple[str, str]]]:
    given_up = unreachable(ledger, marks.roster, marks.ring)
    occasions = ledger.told.occasions(week, week)
    # What is said last counts: a later day's reason, and of all the week's own.
    for occasion in sorted(occasions, key=lambda each: not isinstance(each, Day)):
        words = {one.guardian: one.words for one in ledger.unsent(occasion)}
        for bounced in came_back(ledger, marks, str(occasion)):
            yield bounced.guardian, (f"came back ({bounced.kind})", bounced.code)
        for guardian, state in ledger.states(occasion).items():
            if state in WHY:
                yield guardian, (WHY[state], words.get(guardian, ""))
            elif guardian in given_up and state is State.SUPPRESSED:
                yield guardian, (GIVEN_UP, "")
