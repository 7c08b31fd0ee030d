"""Assigning: every wanted talk gets a teacher and a time, the families' choices best honoured.

First as many as possible get a time that they chose; then whoever got none is fitted in where
there is room, while the others may still change between their own choices. Talks that have their
time already are not moved.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from lichtbrief.talks.booking import NEAR, Booking, Given, Wanted, walk
from lichtbrief.talks.program import Program

# What a time costs. A first choice costs nothing, each later one 1 more; that two talks of a
# family are near each other is worth three choices, and having a chosen time more than all that.
NEIGHBOURS = -3.0
HELD = 11.0
ELSEWHERE = 12.0
ANOTHER_DAY = 5.0  # in hours away from the nearest choice
NONE = 1000.0

Option = tuple[str, datetime]  # with whom, and when it begins
Span = tuple[datetime, datetime, int]  # from when to when the talk of a column lasts


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who got which time, and who got none."""

    given: tuple[Given, ...]
    without: tuple[Wanted, ...]


def assign(wanted: Iterable[Wanted], fixed: Iterable[Booking] = ()) -> Assigned:
    """The best times for all wanted talks around those that are fixed.

    Nobody is in two talks at once. The order of what is wanted changes nothing. Raises
    `LichtbriefError` without the extra `[talks]`.
    """
    asked, taken = sorted(wanted, key=lambda one: one.key), _by_who(fixed)
    free = [_free(one, taken) for one in asked]
    found = _solve(asked, free, ())
    found = _solve(asked, free, {n for n, option in enumerate(found) if option is None})
    pairs = list(zip(asked, found, strict=True))
    return Assigned(
        tuple(Given(one, *option) for one, option in pairs if option is not None),
        tuple(one for one, option in pairs if option is None),
    )


def _by_who(fixed: Iterable[Booking]) -> Mapping[str, list[Booking]]:
    """The fixed talks of each person."""
    found: defaultdict[str, list[Booking]] = defaultdict(list)
    for booking in fixed:
        for who in {booking.teacher, *booking.people}:
            found[who].append(booking)
    return found


def _free(one: Wanted, taken: Mapping[str, list[Booking]]) -> list[Option]:
    """When a talk can be, as far as the fixed ones go."""
    found = []
    for teacher in one.teachers:
        near = [b for who in (teacher, one.pupil, *one.guardians) for b in taken.get(who, ())]
        for start in one.starts:
            booking = one.at(teacher, start)
            if not any(booking.clashes(other) for other in near):
                found.append((teacher, start))
    return found


def _solve(
    asked: Sequence[Wanted], free: Sequence[Sequence[Option]], wide: Collection[int]
) -> list[Option | None]:
    """The option that each gets, or None; only those in `wide` get what they did not choose."""
    program = Program()
    talks: list[_Talk] = []
    for number, (wanted, options) in enumerate(zip(asked, free, strict=True)):
        costs = {option: _cost(wanted, option, is_wide=number in wide) for option in options}
        own = {o: program.column(cost) for o, cost in costs.items() if cost is not None}
        program.exactly_one([*own.values(), program.column(NONE)])
        talks.append(_Talk(wanted, own))
    _one_talk_at_a_time(program, talks)
    for one, other in _families(asked):
        _not_both(program, (talks[one], talks[other]))
        if set(asked[one].guardians) & set(asked[other].guardians):
            _near(program, talks[one], talks[other])
    is_taken = program.solve()
    return [
        next((option for option, column in talk.columns.items() if is_taken[column]), None)
        for talk in talks
    ]


def _cost(one: Wanted, option: Option, *, is_wide: bool) -> float | None:
    """What an option costs; None when it is not to be had."""
    _, start = option
    if start in one.choices:
        return float(one.choices.index(start))
    if one.held is not None and (one.held.teacher, one.held.start) == option:
        return HELD
    if not (is_wide and one.elsewhere):
        return None
    days = [choice for choice in one.choices if choice.date() == start.date()]
    hours = [abs(choice - start) / timedelta(hours=1) for choice in days]
    return ELSEWHERE + min(hours, default=ANOTHER_DAY)


@dataclass(frozen=True, slots=True)
class _Talk:
    """A wanted talk with the columns of its options."""

    wanted: Wanted
    columns: Mapping[Option, int]

    def spans(self) -> Iterator[Span]:
        """From when to when it would last, with its column."""
        for (teacher, start), column in self.columns.items():
            yield start, self.wanted.at(teacher, start).end, column


def _one_talk_at_a_time(program: Program, talks: Iterable[_Talk]) -> None:
    """No teacher is in two talks at once."""
    held: defaultdict[str, list[Span]] = defaultdict(list)
    for talk in talks:
        for (teacher, _), span in zip(talk.columns, talk.spans(), strict=True):
            held[teacher].append(span)
    for spans in held.values():
        _never_together(program, spans)


def _never_together(program: Program, spans: Iterable[Span]) -> None:
    """Of columns that last from a start to an end no two are taken that overlap.

    Those that overlap all last at the later one's start, so one row for each start is enough.
    """
    spans = list(spans)
    starts = sorted({start for start, _, _ in spans})
    lasting: defaultdict[datetime, list[int]] = defaultdict(list)
    for start, end, column in spans:
        for moment in starts[bisect_left(starts, start) : bisect_left(starts, end)]:
            lasting[moment].append(column)
    for moment in starts:
        program.at_most_one(lasting[moment])


def _families(asked: Sequence[Wanted]) -> Iterator[tuple[int, int]]:
    """Every two talks with somebody in both."""
    of: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(asked):
        for who in (one.pupil, *one.guardians):
            of[who].append(number)
    yield from sorted({pair for numbers in of.values() for pair in combinations(numbers, 2)})


def _not_both(program: Program, talks: Sequence[_Talk]) -> None:
    """A family is not in two rooms at once, and has time to walk between them."""
    between = walk(*(talk.wanted.post for talk in talks))
    _never_together(
        program,
        [(start, end + between, column) for talk in talks for start, end, column in talk.spans()],
    )


def _near(program: Program, one: _Talk, other: _Talk) -> None:
    """It is worth something that two talks of a family are near each other."""
    mine: defaultdict[tuple[datetime, datetime], list[int]] = defaultdict(list)
    for start, end, column in one.spans():
        mine[start, end].append(column)
    for (start, end), own in mine.items():
        near = [
            column
            for first, last, column in other.spans()
            if first <= end + NEAR and start <= last + NEAR
        ]
        if near:
            together = program.column(NEIGHBOURS)
            program.only_with(together, own)
            program.only_with(together, near)
