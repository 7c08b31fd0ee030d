"""`make bench NAME=talks`: times for all talks of a school, beside first come, first served."""

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import combinations
from random import Random
from statistics import median

from bench.evenings import Evenings, answers
from bench.measuring import (
    Figures,
    Options,
    machine,
    read_options,
    say,
    show,
    spread,
    table,
    write_figures,
)
from lichtbrief.talks import Assigned, Booking, Given, Wanted, assign
from lichtbrief.talks.booking import NEAR

LATE = 0.05  # of the families, who answer when the others have their time
FULL, QUICK = 5, 1  # schools, each from a seed of its own


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the wanted talks: counts, and seconds where it was timed.

    `near` are the pairs of talks of one guardian that are near each other, `pairs` all of them.
    """

    chosen: int
    first: int
    other: int
    without: int
    near: int
    pairs: int
    wall_s: float
    cpu_s: float


def first_come(wanted: Iterable[Wanted], fixed: Iterable[Booking] = ()) -> Assigned:
    """Each in turn gets the best of its choices that is free, else the nearest free time."""
    taken: defaultdict[str, list[Booking]] = defaultdict(list)
    for booking in fixed:
        _take(taken, booking)
    given, without = [], []
    for one in wanted:
        found = _first_free(one, taken)
        if found is None:
            without.append(one)
        else:
            given.append(found)
            _take(taken, found.booking)
    return Assigned(tuple(given), tuple(without))


def _take(taken: Mapping[str, list[Booking]], booking: Booking) -> None:
    for who in {booking.teacher, *booking.people}:
        taken[who].append(booking)


def _first_free(one: Wanted, taken: Mapping[str, list[Booking]]) -> Given | None:
    others = sorted(one.starts, key=lambda start: min(abs(start - c) for c in one.choices))
    for start in (*one.choices, *(others if one.elsewhere else ())):
        for teacher in one.teachers:
            booking = one.at(teacher, start)
            near = (b for who in (teacher, *booking.people) for b in taken[who])
            if not any(booking.clashes(other) for other in near):
                return Given(one, teacher, start)
    return None


def most_possible(wanted: Sequence[Wanted]) -> int:
    """How many could have one of their choices if no family had more than one talk: a bound.

    The largest matching of talks and times (Kuhn's algorithm).
    """
    holder: dict[tuple[str, object], int] = {}

    def finds(number: int, seen: set[tuple[str, object]]) -> bool:
        one = wanted[number]
        for option in ((teacher, start) for teacher in one.teachers for start in one.choices):
            if option not in seen:
                seen.add(option)
                if option not in holder or finds(holder[option], seen):
                    holder[option] = number
                    return True
        return False

    return sum(finds(number, set()) for number in range(len(wanted)))


def timed(
    way: Callable[[Iterable[Wanted], Iterable[Booking]], Assigned],
    wanted: Sequence[Wanted],
    fixed: Sequence[Booking] = (),
) -> Outcome:
    """What comes of one way, which must be without double bookings, and how long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = way(wanted, fixed)
    took = time.perf_counter() - wall, time.process_time() - cpu
    refuse_doubles([*fixed, *(one.booking for one in found.given)])
    if len(found.given) + len(found.without) != len(wanted):
        raise RuntimeError("somebody was dropped in silence")
    near, pairs = _neighbours(wanted, found)
    ranks = [one.rank for one in found.given]
    chosen = sum(rank > 0 for rank in ranks)
    return Outcome(
        chosen,
        ranks.count(1),
        ranks.count(0),
        len(found.without),
        near,
        pairs,
        *took,
    )


def refuse_doubles(bookings: Iterable[Booking]) -> None:
    """Raise RuntimeError when somebody is in two talks at once."""
    by_who: defaultdict[str, list[Booking]] = defaultdict(list)
    for booking in bookings:
        _take(by_who, booking)
    for own in by_who.values():
        if any(one.overlaps(other) for one, other in combinations(own, 2)):
            raise RuntimeError("somebody is in two talks at once")


def _neighbours(wanted: Iterable[Wanted], found: Assigned) -> tuple[int, int]:
    asked: defaultdict[tuple[str, ...], int] = defaultdict(int)
    for one in wanted:
        asked[one.guardians] += 1
    own: defaultdict[tuple[str, ...], list[Booking]] = defaultdict(list)
    for given in found.given:
        own[given.wanted.guardians].append(given.booking)
    near = sum(
        max(one.start, other.start) - min(one.end, other.end) <= NEAR
        for bookings in own.values()
        for one, other in combinations(bookings, 2)
    )
    return near, sum(count * (count - 1) // 2 for count in asked.values())


def main(options: Options, size: Evenings, schools: int) -> int:
    """Measure, print and write."""
    if find_spec("highspy") is None:
        say("Talks get no times without HiGHS: pip install 'lichtbrief[talks]'.")
        return 2
    figures: Figures = {"quick": options.quick, **machine(), "schools": schools}
    done = [_school(size, seed) for seed in range(1, schools + 1)]
    ours, theirs, late = ([getattr(one, way) for one in done] for way in WAYS)
    figures |= {"families": size.families, "teachers": size.teachers}
    figures["talks"] = median(one.talks for one in done)
    figures |= _figures(ours, "") | _figures(theirs, "first_come_")
    figures["of_possible"] = round(min(one.share(one.ours) for one in done), 4)
    figures["first_come_of_possible"] = round(min(one.share(one.theirs) for one in done), 4)
    figures["late_s"] = round(max(one.wall_s for one in late), 2)
    _show(figures, done)
    write_figures(options, figures)
    return 0


@dataclass(frozen=True, slots=True)
class School:
    """One school's talks, assigned both ways, and what the last answers add to ours."""

    talks: int
    possible: int
    ours: Outcome
    theirs: Outcome
    late: Outcome

    def share(self, outcome: Outcome) -> float:
        """How many got a chosen time, of those who possibly could."""
        return outcome.chosen / self.possible


WAYS = ("ours", "theirs", "late")


def _school(size: Evenings, seed: int) -> School:
    wanted = answers(size, Random(seed))
    say(f"School {seed}: {len(wanted)} talks ...")
    early, rest = _late(wanted)
    fixed = [one.booking for one in assign(early).given]
    return School(
        talks=len(wanted),
        possible=most_possible(wanted),
        ours=timed(assign, wanted),
        theirs=timed(first_come, wanted),
        late=timed(assign, rest, fixed),
    )


def _late(wanted: Sequence[Wanted]) -> tuple[Sequence[Wanted], Sequence[Wanted]]:
    """The answers that came in time, and those that came when the others had theirs."""
    count = round(len(wanted) * (1 - LATE))
    return wanted[:count], wanted[count:]


def _figures(done: Sequence[Outcome], beginning: str) -> Figures:
    return {
        f"{beginning}chosen": median(one.chosen for one in done),
        f"{beginning}first": median(one.first for one in done),
        f"{beginning}other": median(one.other for one in done),
        f"{beginning}without": median(one.without for one in done),
        f"{beginning}near": round(median(one.near / max(one.pairs, 1) for one in done), 3),
        f"{beginning}solve_s": round(max(one.wall_s for one in done), 3),
        f"{beginning}cpu_s": round(max(one.cpu_s for one in done), 3),
    }


def _show(figures: Figures, done: Sequence[School]) -> None:
    ours, theirs, late = ([getattr(one, way) for one in done] for way in WAYS)

    def row(what: str, value: Callable[[Outcome], float]) -> tuple[str, str, str]:
        return what, spread([value(one) for one in ours]), spread([value(one) for one in theirs])

    of_possible = [spread([100 * one.share(getattr(one, way)) for one in done]) for way in WAYS[:2]]
    rows = [
        ("in a chosen time, % of what is possible", *of_possible),
        row("in a chosen time", lambda one: one.chosen),
        row("in the first choice", lambda one: one.first),
        row("at another time", lambda one: one.other),
        row("without a time", lambda one: one.without),
        row("a family's talks near each other, %", lambda one: 100 * one.near / max(one.pairs, 1)),
        row("seconds", lambda one: one.wall_s),
        row("seconds of processor", lambda one: one.cpu_s),
        ("seconds to fit in late answers", spread([one.wall_s for one in late]), ""),
    ]
    title = (
        f"{figures['talks']:g} talks of {figures['families']} families with "
        f"{figures['teachers']} teachers on three evenings; {figures['schools']} school(s)"
    )
    show(table(title, "", "ours", "first come, first served", rows=rows))


if __name__ == "__main__":
    asked = read_options("Times for all talks of a school.")
    sys.exit(main(asked, Evenings(), QUICK if asked.quick else FULL))
