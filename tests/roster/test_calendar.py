from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.roster import Membership, first_day_of, holds, holds_between, school_year

FROM, UNTIL = date(2026, 9, 1), date(2026, 10, 1)
SEPTEMBER = Membership("sem-k", "groep-3", FROM, UNTIL)
OPEN = Membership("sem-k", "groep-3", FROM, None)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 8, 31), False),
        (FROM, True),
        (date(2026, 9, 30), True),
        (UNTIL, False),
    ],
)
def test_a_row_holds_from_its_first_day_and_no_longer_on_its_until(
    day: date, expected: bool
) -> None:
    assert expected == holds(SEPTEMBER, day)


def test_an_open_row_holds_for_ever() -> None:
    assert holds(OPEN, date.max)


@given(st.dates(), st.dates())
def test_a_row_holds_between_two_days_when_it_holds_on_one_of_them(one: date, other: date) -> None:
    first, last = sorted((one, other))
    near = [
        first + timedelta(days=n) for n in range(min((last - first).days, 3) + 1)
    ]  # a period that misses both of its ends must still be found by its own first day
    expected = any(holds(SEPTEMBER, day) for day in (*near, last)) or first <= FROM <= last
    assert expected == holds_between(SEPTEMBER, first, last)


def test_the_school_year_turns_on_the_first_of_august() -> None:
    assert 2025 == school_year(date(2026, 7, 31))
    assert 2026 == school_year(date(2026, 8, 1))


@given(st.dates(min_value=date(2, 1, 1), max_value=date(9998, 1, 1)))
def test_every_day_lies_in_the_school_year_it_is_counted_to(day: date) -> None:
    year = school_year(day)
    assert first_day_of(year) <= day < first_day_of(year + 1)
