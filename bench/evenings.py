"""Three evenings of talks at a school made from a seed: what its families answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from lichtbrief.talks import Wanted

EVENINGS = (datetime(2026, 12, 1, 15, 30), datetime(2026, 12, 3, 18, 0), datetime(2026, 12, 8, 15))
LIKED = (3, 5, 2)  # the middle of the week, after work
MINUTES = 10
AGAIN = 0.8  # of further choices on the same evening
FLEXIBLE = 0.9  # to whom another time is fine too
NEAR = (-2, -1, -1, 0, 0, 1, 1, 2, 3)  # how many talks later than the time that suits best


@dataclass(frozen=True, slots=True)
class Evenings:
    """How many families and teachers, and talks a teacher has in an evening."""

    families: int = 300
    teachers: int = 10
    talks: int = 18
    separated: float = 0.1
    several: float = 0.4

    @property
    def starts(self) -> tuple[datetime, ...]:
        """When a talk can begin: each teacher is there on all evenings."""
        step = timedelta(minutes=MINUTES)
        return tuple(first + number * step for first in EVENINGS for number in range(self.talks))


def answers(size: Evenings, random: Random) -> list[Wanted]:
    """Every talk that is wanted, in the order in which families answered.

    Two children of a family are in different groups, which are filled evenly; most families like
    the same hours, and ask for neighbouring times for their children. Separated parents want a talk
    each.
    """
    load = [0] * size.teachers
    families = [list(_family(size, random, number, load)) for number in range(size.families)]
    random.shuffle(families)
    return [one for family in families for one in family]


def _family(size: Evenings, random: Random, number: int, load: list[int]) -> Iterator[Wanted]:
    several, parted = (random.random() < share for share in (size.several, size.separated))
    children = random.choice((2, 2, 2, 2, 3)) if several else 1
    order = sorted(range(size.teachers), key=lambda one: (load[one], random.random()))
    for guardian in range(1 + parted):
        evening = random.choices(EVENINGS, LIKED)[0]
        best = random.gauss(size.talks * 0.45, size.talks * 0.25)
        for child, teacher in enumerate(order[:children]):
            load[teacher] += 1
            yield Wanted(
                post=f"groep-{teacher}/2026-11-20-gesprekken",
                pupil=f"child-{number}-{child}",
                guardians=(f"g{number}-{guardian}",),
                teachers=(f"teacher-{teacher}",),
                minutes=MINUTES,
                starts=size.starts,
                choices=_choices(size, random, evening, best + 2 * child),
                elsewhere=random.random() < FLEXIBLE,
            )


def _choices(
    size: Evenings, random: Random, evening: datetime, best: float
) -> tuple[datetime, ...]:
    """Three different times near the one that suits best, most of them on the same evening."""
    found: list[datetime] = []
    while len(found) < 3:
        first = evening if random.random() < AGAIN else random.choice(EVENINGS)
        number = min(max(round(best) + random.choice(NEAR), 0), size.talks - 1)
        start = first + number * timedelta(minutes=MINUTES)
        if start not in found:
            found.append(start)
    return tuple(found)
