"""Wishes: from what guardians answered, and the table of the office, to the talks still wanted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from lichtbrief.editions import Post, starts_of
from lichtbrief.replies import Times
from lichtbrief.roster import SCHOOL, Appointment, Roster, holds
from lichtbrief.talks.booking import Wanted


@dataclass(frozen=True, slots=True)
class Asked:
    """A guardian's newest answer about the talks of one post; `at` is the school's local time."""

    guardian: str
    body: Times
    at: datetime


@dataclass(slots=True)
class Wishes:
    """What follows from the answers.

    `wanted` are the talks that are to get a time, `off` the rows of the table whose guardians
    cannot come after all, `parted` rows as they were and without somebody who now wants a talk of
    their own; `cannot` are those for whom no time on offer will do: their post, pupil, guardians.
    """

    wanted: list[Wanted] = field(default_factory=list)
    off: list[Appointment] = field(default_factory=list)
    parted: list[tuple[Appointment, Appointment]] = field(default_factory=list)
    cannot: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)


def wishes_of(
    posts: Iterable[Post], asked: Iterable[Asked], roster: Roster, now: datetime
) -> Wishes:
    """What is wanted of these posts' talks, as of `now`; an answer that the table has already
    taken into account is settled."""
    by_post: defaultdict[str, dict[str, Asked]] = defaultdict(dict)
    for one in sorted(asked, key=lambda one: one.at):
        by_post[one.body.post][one.guardian] = one
    found = Wishes()
    for post in posts:
        answers = by_post.get(post.code, {})
        for pupil in pupils_of(roster, post, now.date()):
            _of_pupil(found, _Child(post, pupil, roster, now), answers)
    return found


def pupils_of(roster: Roster, post: Post, day: date) -> Sequence[str]:
    """The pupils whom a post's talks are about, in the order of the roster."""
    there = roster.at_school(day) if SCHOOL in post.groups else set[str]()
    there = there.union(*(roster.members(group, day) for group in post.groups))
    return [pupil for pupil in roster.pupils if pupil in there]


def teachers_of(roster: Roster, post: Post, pupil: str, day: date) -> tuple[str, ...]:
    """With whom a pupil's talk of a post can be: those named there who teach the pupil's groups."""
    offer = post.offer
    if offer is None:
        return ()
    groups = roster.groups_between(pupil, day, day)
    named = (roster.staff[teacher] for teacher in offer.teachers)
    return tuple(staff.id for staff in named if any(map(staff.may_post_to, groups)))


@dataclass(frozen=True, slots=True)
class _Child:
    """One pupil of one post."""

    post: Post
    pupil: str
    roster: Roster
    now: datetime

    @property
    def readers(self) -> list[str]:
        """The guardians who read about the pupil today."""
        day = self.now.date()
        rows = (row for row in self.roster.relations if row.pupil == self.pupil and row.reads)
        return list(dict.fromkeys(row.guardian for row in rows if holds(row, day)))

    @property
    def rows(self) -> list[Appointment]:
        """What the table has of it."""
        return [
            row for row in self.roster.talks if (row.post, row.pupil) == (self.post.id, self.pupil)
        ]

    def wanted(
        self, guardians: tuple[str, ...], body: Times, replaces: tuple[Appointment, ...]
    ) -> Wanted:
        """The talk that these guardians want."""
        starts = tuple(start for start in starts_of(self.post) if start > self.now)
        offer = self.post.offer
        return Wanted(
            post=self.post.id,
            pupil=self.pupil,
            guardians=guardians,
            teachers=teachers_of(self.roster, self.post, self.pupil, self.now.date()),
            minutes=offer.minutes if offer else 0,
            starts=starts,
            choices=tuple(start for start in body.times if start in starts),
            elsewhere=body.elsewhere,
            replaces=replaces,
        )


def _of_pupil(found: Wishes, child: _Child, answers: Mapping[str, Asked]) -> None:
    """Those who want a talk of their own have one each; all others who read about the child have
    one together, if somebody of them asked."""
    own = {guardian: answers[guardian] for guardian in child.readers if guardian in answers}
    apart = [guardian for guardian, one in own.items() if not one.body.together]
    for guardian in apart:
        rows = [row for row in child.rows if row.guardians == (guardian,)]
        _settle(found, child, (guardian,), own[guardian], rows)
    together = [one for one in own.values() if one.body.together]
    shared = [row for row in child.rows if not any((g,) == row.guardians for g in apart)]
    if together:
        guardians = tuple(guardian for guardian in child.readers if guardian not in apart)
        # Who can come goes before who cannot, and then the later answer before the earlier.
        answer = max(together, key=lambda one: (bool(one.body.times), one.at))
        rows = [row for row in shared if set(row.guardians) & set(guardians)]
        _settle(found, child, guardians, answer, rows)
    replaced = {row for one in found.wanted for row in one.replaces} | set(found.off)
    for row in shared:
        left = tuple(guardian for guardian in row.guardians if guardian not in apart)
        if row not in replaced and left and left != row.guardians:
            found.parted.append((row, replace(row, guardians=left)))


def _settle(
    found: Wishes,
    child: _Child,
    guardians: tuple[str, ...],
    answer: Asked,
    rows: Sequence[Appointment],
) -> None:
    """Note what these guardians want now, unless the table has it."""
    if any(row.changed_at is None or row.changed_at >= answer.at for row in rows):
        return
    held = [row for row in rows if not row.cancelled]
    if answer.body.times and not (held and held[0].start == answer.body.times[0]):
        found.wanted.append(child.wanted(guardians, answer.body, tuple(rows)))
    elif not answer.body.times:
        found.off += held
        found.cannot.append((child.post.id, child.pupil, guardians))
