"""Occasions of mail within a week, beside its own: further rounds of it, and its single days.

Each is a week to whatever sends, so that it is sent and counted in the same way, with rows of its
own in the ledger; how it is written differs, so that nothing of it is taken for the week's own.
"""

from dataclasses import dataclass
from datetime import date
from typing import Self

from lichtbrief.editions import Week


@dataclass(frozen=True, slots=True)
class Round(Week):
    """The `again`-th further round for a week (from 1): fresh links. It is written `2026-W47-1`."""

    again: int = 1

    def __str__(self) -> str:
        return f"{Week.__str__(self)}-{self.again}"


@dataclass(frozen=True, slots=True)
class Day(Week):
    """The mails of one day of a week (1 is its Monday), to those who read as soon as there is news.

    It is written `2026-W47-D2`: ISO 8601 would leave the D out, and so it would be a round.
    """

    day: int = 1

    @classmethod
    def on(cls, day: date) -> Self:
        """The mails of that day."""
        return cls(*day.isocalendar())

    def __str__(self) -> str:
        return f"{Week.__str__(self)}-D{self.day}"


WEEK_LENGTH = len("2026-W47")


def parse_occasion(text: str) -> Week:
    """What `str` of a week, a round or a day wrote; raises ValueError for anything else."""
    week = Week.parse(text[:WEEK_LENGTH])
    more = text[WEEK_LENGTH:].removeprefix("-")
    if more.startswith("D"):
        return Day(week.year, week.number, int(more[1:]))
    return Round(week.year, week.number, int(more)) if more else week
