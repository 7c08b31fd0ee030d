"""Appointing: the talks that parents asked for get their times, in the office's table `talks.csv`.

A row that stands there is not moved by anybody else's answer; the office may change any of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lichtbrief.editions import Post, starts_of
from lichtbrief.errors import LichtbriefError, Problem, ProblemsError
from lichtbrief.files import write_whole
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.filing import Filed
from lichtbrief.jobs.ground.people import office_roster
from lichtbrief.replies import Times
from lichtbrief.roster import Appointment, OpenTable, Roster, appointment_row, read_table
from lichtbrief.roster.sheets import TALKS
from lichtbrief.sealing.private_file import locked
from lichtbrief.settings import Settings
from lichtbrief.talks import Asked, Assigned, Booking, Wanted, Wishes, assign, wishes_of

FILE = "talks.csv"
COLUMNS = [column.name for column in TALKS.columns]


@dataclass(frozen=True, slots=True)
class Appointed:
    """What one run did: what was wanted, what was given, and the table as it is now."""

    wishes: Wishes
    assigned: Assigned
    talks: tuple[Appointment, ...]


def offering(decided: Decided, named: Iterable[str] = ()) -> tuple[Post, ...]:
    """The posts whose talks are still to come, all or those `named` by their ids.

    Raises `LichtbriefError` for one that is none.
    """
    found = {
        post.id: post
        for post in decided.whole
        if not post.cancelled and any(start > decided.moment for start in starts_of(post))
    }
    for name in named:
        if name not in found:
            hint = "it takes Kind: talks, Dates that are still to come, and a Length"
            raise LichtbriefError(f"{name} offers no times to choose from", hint)
    return tuple(found[name] for name in (dict.fromkeys(named) or found))


def answers_to(settings: Settings, filed: Iterable[Filed]) -> list[Asked]:
    """What guardians answered about talks; said by the sender's clock, but not after it came in."""
    found = []
    for one in filed:
        if isinstance(one.reply.body, Times):
            at = one.said.astimezone(settings.zone)
            found.append(Asked(one.guardian, one.reply.body, at.replace(tzinfo=None)))
    return found


def appoint(decided: Decided, filed: Iterable[Filed], posts: Sequence[Post]) -> Appointed:
    """Give a time to every talk of these posts that was asked for, and write the table.

    `filed` is everything in the cabinet. Raises `LichtbriefError` without the extra `[talks]`, and
    `ProblemsError` for a table that cannot be used; then nothing is written.
    """
    path = decided.settings.school / FILE
    with locked(path):
        roster = office_roster(decided.settings, "giving times to talks")
        wishes = wishes_of(posts, answers_to(decided.settings, filed), roster, decided.moment)
        gone = {row for one in wishes.wanted for row in one.replaces} | set(wishes.off)
        parted = dict(wishes.parted)
        kept = [parted.get(row, row) for row in roster.talks if row not in gone]
        refuse_misfits(decided, roster)
        minutes = lengths(decided)
        fixed = [
            booking_of(row, minutes[row.post])
            for row in kept
            if not row.cancelled and row.post in minutes
        ]
        assigned = assign(wishes.wanted, fixed)
        table = _table(roster.talks, wishes, assigned, decided.moment)
        if table != roster.talks:
            _write(decided.settings, table)
    return Appointed(wishes, assigned, table)


def lengths(decided: Decided) -> Mapping[str, int]:
    """How many minutes a talk lasts, by the id of its post."""
    return {post.id: post.offer.minutes for post in decided.known if post.offer is not None}


def refuse_misfits(decided: Decided, roster: Roster) -> None:
    """Raise `ProblemsError` for rows still to come that are of no talks, or overlap others."""
    if not roster.talks:
        return
    lines = [row.line for row in read_table(decided.settings.school / FILE, COLUMNS).rows]
    coming = [
        (line, row)
        for line, row in zip(lines, roster.talks, strict=True)
        if not row.cancelled and row.start >= decided.moment
    ]
    minutes = lengths(decided)
    known = [
        (line, booking_of(row, minutes[row.post])) for line, row in coming if row.post in minutes
    ]
    strange = (_stranger(line, row) for line, row in coming if row.post not in minutes)
    if problems := [*strange, *_overlaps(known)]:
        hint = "mend it in the spreadsheet; no time is given until then"
        raise ProblemsError("the table of talks cannot be used", problems, hint)


def _stranger(line: int, row: Appointment) -> Problem:
    what = "offers no times to choose from"
    todo = "write the id of a post of talks with a Length, or remove the row"
    return _problem(line, "post", row.post, what, todo)


def _overlaps(bookings: Iterable[tuple[int, Booking]]) -> Iterator[Problem]:
    """Each row that overlaps an earlier talk, if somebody would have to be in both."""
    todo = "give one of them another start, or write cancelled in its status"
    ordered = sorted(bookings, key=lambda each: each[1].start)
    for number, (line, one) in enumerate(ordered):
        for row, other in ordered[number + 1 :]:
            if other.start >= one.end:
                break
            if one.overlaps(other):
                what = f"overlaps the talk of row {line}: somebody is in both"
                yield _problem(row, "start", f"{other.start:%Y-%m-%dT%H:%M}", what, todo)


def _problem(line: int, column: str, value: str, what: str, todo: str) -> Problem:
    return Problem(FILE, what, todo, line, column, value)


def booking_of(row: Appointment, minutes: int) -> Booking:
    """A row of the table as time that is taken."""
    return Wanted(
        row.post, row.pupil, row.guardians, (row.teacher,), minutes, (), (), elsewhere=False
    ).at(row.teacher, row.start)


def _table(
    rows: Iterable[Appointment], wishes: Wishes, assigned: Assigned, now: datetime
) -> tuple[Appointment, ...]:
    """The table with what is new: each row in the place of the first that it replaces."""
    now = now.replace(microsecond=0)
    instead: dict[Appointment, Appointment | None] = dict(wishes.parted)
    instead |= {row: replace(row, cancelled=True, changed_at=now) for row in wishes.off}
    new = []
    for given in assigned.given:
        one = given.wanted
        row = Appointment(
            one.post, one.pupil, one.guardians, given.teacher, given.start, False, now
        )
        instead |= dict.fromkeys(one.replaces)
        if one.replaces:
            instead[one.replaces[0]] = row
        else:
            new.append(row)
    changed = (instead.get(row, row) for row in rows)
    return (*(row for row in changed if row is not None), *new)


def _write(settings: Settings, rows: Iterable[Appointment]) -> None:
    """Write the rows into the table, which is made if there is none, in the manner that it has."""
    path = settings.school / FILE
    if not path.exists():
        write_whole(path, (",".join(COLUMNS) + "\n").encode())
    table = OpenTable.read(path, COLUMNS)
    table.rows = [dict(appointment_row(row)) for row in rows]
    table.save()


def summary_of(appointed: Appointed) -> Mapping[str, int]:
    """How many got their first, second or third choice, or another time, and how many none."""
    ranks = [given.rank for given in appointed.assigned.given]
    return {
        "first": ranks.count(1),
        "second": ranks.count(2),
        "third": ranks.count(3),
        "other": sum(rank not in (1, 2, 3) for rank in ranks),
        "without": len(appointed.assigned.without),
        "cannot": len(appointed.wishes.cannot),
        "cancelled": len(appointed.wishes.off),
    }
