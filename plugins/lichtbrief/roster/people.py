"""The people of a school and what holds between them: plain values, and the roster of them all.

Moments are naive: the school's local time. `since` is the first day on which a row holds and
`until` the first on which it no longer does, None while it is open.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from lichtbrief.roster.calendar import holds, holds_between
from lichtbrief.roster.words import (
    EVERY_GROUP,
    Answered,
    Audience,
    BlockKind,
    Delivery,
    Kind,
    Role,
)


@dataclass(frozen=True, slots=True)
class Group:
    """A class, or the general group."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works at the school; `photo` says whether they may be depicted.

    `key` is the public key with which words are sealed that they alone open, as `own_keys` writes
    it, or `none`; empty where the table says nothing.
    """

    id: str
    name: str
    email: str
    role: Role
    groups: frozenset[str]
    photo: bool
    key: str = ""

    def may_post_to(self, group_id: str) -> bool:
        """Whether this staff member may write for a group."""
        return group_id in self.groups or EVERY_GROUP in self.groups


@dataclass(frozen=True, slots=True)
class Pupil:
    """A child at the school, now or once."""

    id: str
    first_name: str
    last_name: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A pupil is in a group."""

    pupil: str
    group: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Guardian:
    """A parent or carer; `email` may be empty only when the letter goes on paper."""

    id: str
    name: str
    email: str
    language: str
    delivery: Delivery


@dataclass(frozen=True, slots=True)
class Relation:
    """What a guardian may do for a pupil: decide about consent, read the letters."""

    guardian: str
    pupil: str
    decides: bool
    reads: bool
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One line in the history of consent, never changed once written.

    `form` is the number of the form that was answered, counted from 1.
    """

    pupil: str
    guardian: str
    audience: Audience
    kind: Kind
    decision: Answered
    said_at: datetime
    recorded_at: datetime
    form: int
    source: str
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Block:
    """A pupil is not shown; for a dispute that has ended, `by` is the closing note."""

    pupil: str
    kind: BlockKind
    since: date
    until: date | None
    by: str


@dataclass(frozen=True, slots=True)
class Appointment:
    """A talk that has its time: of which post, about whom, with which guardians and teacher.

    `changed_at` is when it became as it is; None in a row that the office wrote without one.
    """

    post: str
    pupil: str
    guardians: tuple[str, ...]
    teacher: str
    start: datetime
    cancelled: bool
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody, and everything that holds between them; the mappings are by id."""

    groups: Mapping[str, Group]
    staff: Mapping[str, Staff]
    pupils: Mapping[str, Pupil]
    guardians: Mapping[str, Guardian]
    memberships: tuple[Membership, ...]
    relations: tuple[Relation, ...]
    answers: tuple[Answer, ...]
    blocks: tuple[Block, ...]
    talks: tuple[Appointment, ...] = ()
    _of_group: Mapping[str, list[Membership]] = field(init=False, repr=False, compare=False)
    _of_pupil: Mapping[str, list[Membership]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        of_group: defaultdict[str, list[Membership]] = defaultdict(list)
        of_pupil: defaultdict[str, list[Membership]] = defaultdict(list)
        for membership in self.memberships:
            of_group[membership.group].append(membership)
            of_pupil[membership.pupil].append(membership)
        object.__setattr__(self, "_of_group", dict(of_group))
        object.__setattr__(self, "_of_pupil", dict(of_pupil))

    def members(self, group_id: str, day: date) -> frozenset[str]:
        """The pupils with a membership of this very group on `day`."""
        return _pupils(self._of_group.get(group_id, ()), day)

    def at_school(self, day: date) -> frozenset[str]:
        """The pupils with a membership of any group on `day`."""
        return _pupils(self.memberships, day)

    def groups_between(self, pupil: str, first_day: date, last_day: date) -> frozenset[str]:
        """The groups a pupil is in on any day from `first_day` up to and with `last_day`."""
        rows = self._of_pupil.get(pupil, ())
        return frozenset(row.group for row in rows if holds_between(row, first_day, last_day))


def _pupils(memberships: Iterable[Membership], day: date) -> frozenset[str]:
    return frozenset(row.pupil for row in memberships if holds(row, day))
