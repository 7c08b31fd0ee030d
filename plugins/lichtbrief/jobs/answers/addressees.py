"""Whom a word to the teacher or the director of a child is for."""

from collections.abc import Sequence
from datetime import date

from lichtbrief.replies import To
from lichtbrief.roster import Role, Roster, Staff, holds


def addressees(roster: Roster, day: date, to: To, pupil: str) -> Sequence[Staff]:
    """The teachers of the child's groups on that day; the management, when there is none, and for
    a word to the director."""
    if to is To.teacher and (teachers := _teachers(roster, day, pupil)):
        return teachers
    return management(roster)


def management(roster: Roster) -> Sequence[Staff]:
    """Whoever leads the school."""
    return [one for one in roster.staff.values() if one.role is Role.management]


def _teachers(roster: Roster, day: date, pupil: str) -> Sequence[Staff]:
    groups = {row.group for row in roster.memberships if row.pupil == pupil and holds(row, day)}
    teachers = (one for one in roster.staff.values() if one.role is Role.teacher)
    return [one for one in teachers if any(map(one.may_post_to, groups))]
