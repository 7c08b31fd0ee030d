"""Days: when a dated row holds, and in which school year a day falls."""

from datetime import date
from typing import Protocol

FIRST_MONTH = 8


class Dated(Protocol):
    """A row of the roster that holds for some days."""

    @property
    def since(self) -> date:
        """The first day on which it holds."""

    @property
    def until(self) -> date | None:
        """The first day on which it no longer does; None while it is open."""


def holds(row: Dated, day: date) -> bool:
    """Whether a dated row holds on `day`: from `since`, up to but not on `until`."""
    return row.since <= day and (row.until is None or day < row.until)


def holds_between(row: Dated, first_day: date, last_day: date) -> bool:
    """Whether a dated row holds on any of the days from `first_day` up to and with `last_day`."""
    return row.since <= last_day and (row.until is None or first_day < row.until)


def school_year(day: date) -> int:
    """The school year of a day, named by the calendar year in which it began.

    >>> school_year(date(2026, 7, 31)), school_year(date(2026, 8, 1))
    (2025, 2026)
    """
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def first_day_of(year: int) -> date:
    """The first day of the school year that began in `year`: 1 August."""
    return date(year, FIRST_MONTH, 1)
