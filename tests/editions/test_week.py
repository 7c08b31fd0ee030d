"""Weeks as the school's calendar prints them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.editions import Week

days = st.dates(date(1990, 1, 1), date(2200, 12, 31))


@given(days)
def test_a_day_lies_in_its_week(day: date) -> None:
    week = Week.of(day)
    assert week.monday <= day <= week.sunday
    assert timedelta(6) == week.sunday - week.monday
    assert (0, 6) == (week.monday.weekday(), week.sunday.weekday())


@given(days)
def test_what_is_written_is_read_back(day: date) -> None:
    assert Week.of(day) == Week.parse(str(Week.of(day)))


@given(days, days)
def test_weeks_sort_in_time(one: date, other: date) -> None:
    weeks = sorted([Week.of(one), Week.of(other)])
    assert sorted(weeks, key=lambda week: week.monday) == weeks
    assert sorted(str(week) for week in weeks) == [str(week) for week in weeks]


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 20), "2026-W47"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
    ],
)
def test_the_turn_of_the_year(day: date, week: str) -> None:
    assert week == str(Week.of(day))


@pytest.mark.parametrize(
    "text",
    ["2026-W54", "2025-W53", "2026-W00", "2026-W7", "2026W47", "2026-w47", " 2026-W47", "",
     "2026-W47\n", "２０２６-W47", "0000-W01"],
)  # fmt: skip
def test_a_week_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)week|year"):
        Week.parse(text)


@pytest.mark.parametrize(
    ("week", "year"),
    [("2026-W30", 2025), ("2026-W31", 2025), ("2026-W32", 2026), ("2027-W01", 2026)],
)
def test_a_week_has_the_school_year_of_its_monday(week: str, year: int) -> None:
    assert year == Week.parse(week).school_year
