"""A talk that is wanted, one that has its time, and what two of them may not do to each other.

Moments are naive: the school's local time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lichtbrief.roster import Appointment

WALK = timedelta(minutes=5)  # from one teacher to another
NEAR = timedelta(minutes=30)  # how long a family waits gladly between two of its talks


@dataclass(frozen=True, slots=True)
class Booking:
    """A talk with its time: nobody of `people` (guardians, a pupil), nor the teacher, is free."""

    post: str
    people: frozenset[str]
    teacher: str
    start: datetime
    end: datetime

    def clashes(self, other: "Booking") -> bool:
        """Whether somebody would have to be in both; a family also needs time to walk between."""
        if self.teacher == other.teacher:
            return self._gap(other) < timedelta(0)
        return bool(self.people & other.people) and self._gap(other) < walk(self.post, other.post)

    def overlaps(self, other: "Booking") -> bool:
        """Whether somebody would have to be in both at one moment."""
        shared = self.teacher == other.teacher or bool(self.people & other.people)
        return shared and self._gap(other) < timedelta(0)

    def _gap(self, other: "Booking") -> timedelta:
        return max(other.start - self.end, self.start - other.end)


def walk(post: str, other: str) -> timedelta:
    """How long a family needs between talks of these posts: talks of one are held side by side."""
    return timedelta(0) if post == other else WALK


@dataclass(frozen=True, slots=True)
class Wanted:
    """A talk that somebody asked for.

    `starts` is when it can begin at all, `choices` when its family would like it to, best first;
    `elsewhere` says that another time will do as well. It `replaces` rows of the table; of these
    `held` is the one whose time it has until now, and keeps if there is nothing better.
    """

    post: str
    pupil: str
    guardians: tuple[str, ...]
    teachers: tuple[str, ...]
    minutes: int
    starts: tuple[datetime, ...]
    choices: tuple[datetime, ...]
    elsewhere: bool
    replaces: tuple[Appointment, ...] = ()

    @property
    def key(self) -> tuple[str, str, tuple[str, ...]]:
        """What tells it from others."""
        return self.post, self.pupil, self.guardians

    @property
    def held(self) -> Appointment | None:
        """The row whose time is theirs until now."""
        return next((row for row in self.replaces if not row.cancelled), None)

    def at(self, teacher: str, start: datetime) -> Booking:
        """It, with this teacher at this moment."""
        people = frozenset({self.pupil, *self.guardians})
        return Booking(self.post, people, teacher, start, start + timedelta(minutes=self.minutes))


@dataclass(frozen=True, slots=True)
class Given:
    """A wanted talk with the time that it got; `rank` counts the choices from 1, 0 for another."""

    wanted: Wanted
    teacher: str
    start: datetime

    @property
    def rank(self) -> int:
        """Which of the family's choices it is."""
        choices = self.wanted.choices
        return choices.index(self.start) + 1 if self.start in choices else 0

    @property
    def booking(self) -> Booking:
        """Who is taken by it, and when."""
        return self.wanted.at(self.teacher, self.start)
