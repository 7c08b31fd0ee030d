"""Weeks as ISO 8601 numbers them: Monday first, week 1 the one that holds 4 January."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from lichtbrief.roster import school_year

_WRITTEN = re.compile(r"([0-9]{4})-W([0-9]{2})")


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """One week, `2026-W47`; weeks sort in time. Raises ValueError for one that does not exist."""

    year: int
    number: int

    def __post_init__(self) -> None:
        date.fromisocalendar(self.year, self.number, 1)

    @classmethod
    def of(cls, day: date) -> Self:
        """The week that a day lies in."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read exactly what `str` writes; raises ValueError for anything else."""
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise ValueError("a week is written as 2026-W47")
        return cls(int(match[1]), int(match[2]))

    @property
    def monday(self) -> date:
        """The first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """The last day."""
        return date.fromisocalendar(self.year, self.number, 7)

    @property
    def school_year(self) -> int:
        """The school year of its Monday, so that a week has one key, 1 August in it or not."""
        return school_year(self.monday)

    def __str__(self) -> str:
        return f"{self.year:04}-W{self.number:02}"
