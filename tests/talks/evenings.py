"""What the stories about talks share: two evenings, families, and what nobody may do twice."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import combinations

from lichtbrief.roster import Appointment
from lichtbrief.talks import Assigned, Booking, Given, Wanted

TUESDAY, THURSDAY = datetime(2026, 12, 1, 15, 30), datetime(2026, 12, 3, 19, 0)
GROEP_3, GROEP_5 = "groep-3/2026-11-20-praten", "groep-5/2026-11-20-praten"


def times(*numbers: int, first: datetime = TUESDAY, minutes: int = 10) -> tuple[datetime, ...]:
    """The beginnings of the talks with these numbers on one evening."""
    return tuple(first + timedelta(minutes=minutes * number) for number in numbers)


def wanted(
    guardian: str,
    *choices: int,
    post: str = GROEP_3,
    pupil: str = "",
    teachers: Sequence[str] = (),
    starts: Sequence[datetime] = (),
    elsewhere: bool = False,
    held: Appointment | None = None,
) -> Wanted:
    """A talk that this guardian wants on Tuesday, best time first; there are six of them."""
    return Wanted(
        post=post,
        pupil=pupil or f"child-of-{guardian}",
        guardians=tuple(guardian.split()),
        teachers=tuple(teachers) or ({GROEP_3: "juf-sanne", GROEP_5: "meester-tom"}[post],),
        minutes=10,
        starts=tuple(starts) or times(*range(6)),
        choices=times(*choices),
        elsewhere=elsewhere,
        replaces=(held,) if held else (),
    )


def plan(assigned: Assigned) -> dict[str, tuple[str, str]]:
    """With whom and at what hour, by the guardians of the talk."""
    return {
        " ".join(one.wanted.guardians): (one.teacher, f"{one.start:%H:%M}")
        for one in assigned.given
    }


def hours(assigned: Assigned) -> dict[str, str]:
    """At what hour, by pupil."""
    return {one.wanted.pupil: f"{one.start:%H:%M}" for one in assigned.given}


def doubles(given: Iterable[Given], fixed: Iterable[Booking] = ()) -> list[tuple[Booking, Booking]]:
    """Every two talks in which somebody would have to be at once."""
    bookings = [*(one.booking for one in given), *fixed]
    return [
        (one, other)
        for one, other in combinations(bookings, 2)
        if (one.teacher == other.teacher or one.people & other.people)
        and one.start < other.end
        and other.start < one.end
    ]
