"""Facts: what the roster says about each pupil, arranged once so that a decision only looks up.

A pupil about whom anything is not of a known kind has no facts at all and is unreadable: nothing
about that pupil may be permitted, while the facts about other pupils stay as they are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, Self, TypeVar

from lichtbrief.roster import (
    Answer,
    Answered,
    Audience,
    Block,
    BlockKind,
    Kind,
    Membership,
    Relation,
    Roster,
    holds,
)

Purpose = tuple[Audience, Kind]


class _AboutPupil(Protocol):
    @property
    def pupil(self) -> str: ...


R = TypeVar("R", bound=_AboutPupil)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer of a guardian for one purpose; before `exists_from` it is as if not given."""

    yes: bool
    said_at: datetime
    exists_from: datetime
    form: int

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """A yes exists from the later of said and recorded, anything else from the earlier."""
        yes = answer.decision is Answered.yes
        bound = max if yes else min
        exists_from = bound(answer.said_at, answer.recorded_at)
        return cls(yes, answer.said_at, exists_from, answer.form)

    @property
    def rank(self) -> tuple[datetime, bool, int]:
        """Of two answers the higher rank counts: said later, on a tie a no, then an older form."""
        return self.said_at, not self.yes, -self.form


@dataclass(frozen=True, slots=True)
class PupilFacts:
    """Everything about one pupil; `answers` by purpose and guardian, highest rank first."""

    memberships: tuple[Membership, ...]
    relations: tuple[Relation, ...]
    blocks: tuple[Block, ...]
    answers: Mapping[Purpose, Mapping[str, tuple[Said, ...]]]

    def at_school(self, day: date) -> bool:
        """Whether the pupil is in any group on `day`."""
        return any(holds(membership, day) for membership in self.memberships)

    def blocked(self, kind: BlockKind, day: date) -> bool:
        """Whether a block of this kind holds on `day`."""
        return any(block.kind is kind and holds(block, day) for block in self.blocks)

    def guardians(self, day: date) -> tuple[set[str], set[str]]:
        """Those who decide on `day`, and the other guardians of that day.

        Somebody with one row that decides and one that does not is among the others.
        """
        rows = [relation for relation in self.relations if holds(relation, day)]
        others = {relation.guardian for relation in rows if not relation.decides}
        return {relation.guardian for relation in rows} - others, others

    def current(self, purpose: Purpose, guardians: Iterable[str], at: datetime) -> list[Said]:
        """The answer that counts at a moment, of each of these guardians who has one."""
        said = self.answers.get(purpose, {})
        found = (
            next((each for each in said.get(guardian, ()) if each.exists_from <= at), None)
            for guardian in guardians
        )
        return [each for each in found if each is not None]


@dataclass(frozen=True, slots=True)
class Facts:
    """What deciding needs to know: pupils by id, and whether a staff member may be depicted."""

    pupils: Mapping[str, PupilFacts]
    unreadable: frozenset[str]
    staff: Mapping[str, bool]

    @classmethod
    def of(cls, roster: Roster) -> Self:
        """Arrange a roster."""
        memberships, relations = _by_pupil(roster.memberships), _by_pupil(roster.relations)
        answers, blocks = _by_pupil(roster.answers), _by_pupil(roster.blocks)
        pupils: dict[str, PupilFacts] = {}
        unreadable: set[str] = set()
        for pupil in roster.pupils:
            try:
                pupils[pupil] = PupilFacts(
                    memberships=_known_days(memberships.get(pupil, ())),
                    relations=_known_relations(relations.get(pupil, ())),
                    blocks=_known_blocks(blocks.get(pupil, ())),
                    answers=_known_answers(answers.get(pupil, ())),
                )
            except (ValueError, TypeError, AttributeError):
                unreadable.add(pupil)
        staff = {name: member.photo for name, member in roster.staff.items()}
        return cls(pupils, frozenset(unreadable), staff)


def _by_pupil(rows: Iterable[R]) -> Mapping[str, list[R]]:
    by_pupil: defaultdict[str, list[R]] = defaultdict(list)
    for row in rows:
        by_pupil[row.pupil].append(row)
    return by_pupil


D = TypeVar("D", Membership, Relation, Block)


def _known_days(rows: Iterable[D]) -> tuple[D, ...]:
    """The rows; raises TypeError when a day is none (a datetime is not a day either)."""
    for row in rows:
        if type(row.since) is not date or type(row.until) not in (date, type(None)):
            raise TypeError("not a day")
    return tuple(rows)


def _known_relations(rows: Iterable[Relation]) -> tuple[Relation, ...]:
    if not all(isinstance(relation.decides, bool) for relation in rows):
        raise TypeError("neither yes nor no")
    return _known_days(rows)


def _known_blocks(rows: Iterable[Block]) -> tuple[Block, ...]:
    if not all(isinstance(block.kind, BlockKind) for block in rows):
        raise TypeError("an unknown kind of block")
    return _known_days(rows)


def _known_answers(rows: Iterable[Answer]) -> Mapping[Purpose, Mapping[str, tuple[Said, ...]]]:
    said: dict[Purpose, dict[str, list[Said]]] = {}
    for answer in rows:
        if not _is_known(answer):
            raise TypeError("an unknown kind of answer")
        by_guardian = said.setdefault((answer.audience, answer.kind), {})
        by_guardian.setdefault(answer.guardian, []).append(Said.of(answer))
    return {
        purpose: {
            guardian: tuple(sorted(each, key=lambda one: one.rank, reverse=True))
            for guardian, each in by_guardian.items()
        }
        for purpose, by_guardian in said.items()
    }


def _is_known(answer: Answer) -> bool:
    return (
        isinstance(answer.audience, Audience)
        and isinstance(answer.kind, Kind)
        and isinstance(answer.decision, Answered)
        and isinstance(answer.said_at, datetime)
        and isinstance(answer.recorded_at, datetime)
        and type(answer.form) is int
        and answer.form >= 1
    )
