"""A teacher's plan: every talk in order of time, and the times that are still free, as text.

It is read in a terminal, and printed as it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from lichtbrief.editions import Post, starts_of
from lichtbrief.roster import Appointment, Roster


@dataclass(frozen=True, slots=True)
class Line:
    """One talk of a teacher, or with empty words a time that is free; local time."""

    start: datetime
    end: datetime
    pupil: str = ""
    group: str = ""
    guardians: str = ""


def plan_of(
    teacher: str, posts: Iterable[Post], talks: Iterable[Appointment], roster: Roster
) -> tuple[Line, ...]:
    """What this member of staff has in the talks of these posts, as the table says."""
    found: dict[datetime, Line] = {}
    by_id = {post.id: post for post in posts}
    for post in by_id.values():
        if post.offer and teacher in post.offer.teachers and not post.cancelled:
            found |= {start: _line(post, start) for start in starts_of(post)}
    for talk in talks:
        if talk.teacher == teacher and talk.post in by_id and not talk.cancelled:
            found[talk.start] = _talk(by_id[talk.post], talk, roster)
    taken = [line for line in found.values() if line.pupil]
    return tuple(
        line
        for line in sorted(found.values(), key=lambda line: line.start)
        if line.pupil or not any(t.start < line.end and line.start < t.end for t in taken)
    )


def _line(post: Post, start: datetime) -> Line:
    return Line(start, start + timedelta(minutes=post.offer.minutes if post.offer else 0))


def _talk(post: Post, talk: Appointment, roster: Roster) -> Line:
    pupil, free = roster.pupils[talk.pupil], _line(post, talk.start)
    groups = roster.groups_between(talk.pupil, talk.start.date(), talk.start.date())
    return Line(
        free.start,
        free.end,
        f"{pupil.first_name} {pupil.last_name}".strip(),
        ", ".join(group.name for group in roster.groups.values() if group.id in groups),
        ", ".join(roster.guardians[guardian].name for guardian in talk.guardians),
    )


def as_text(name: str, lines: Sequence[Line]) -> str:
    """A plan in plain text: whose it is, and a part for each day."""
    pupils = max((len(_about(line)) for line in lines), default=0)
    parts = [f"Talks of {name}"]
    for day, talks in groupby(lines, key=lambda line: line.start.date()):
        parts += ["", _title(day), *(_row(line, pupils) for line in talks)]
    if not lines:
        parts += ["", "There is none."]
    return "\n".join(parts) + "\n"


def _title(day: date) -> str:
    text = f"{day:%A} {day.day} {day:%B %Y}"
    return f"{text}\n{'-' * len(text)}"


def _row(line: Line, width: int) -> str:
    hours = f"{line.start:%H:%M}-{line.end:%H:%M}"
    return f"{hours}  {_about(line):<{width}}  {line.guardians}".rstrip()


def _about(line: Line) -> str:
    return f"{line.pupil} ({line.group})" if line.group else line.pupil
