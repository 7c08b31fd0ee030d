"""What is coming, by month, for one letter: over all its groups, in the guardian's language."""

from calendar import Calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from lichtbrief.theme import Theme

TEMPLATE = "months.html"
LONGEST = timedelta(days=60)  # a date that lasts longer is marked on its first days


@dataclass(frozen=True, slots=True)
class Line:
    """One date: `uid` is its name in a calendar, `post` the code of the post that tells of it."""

    uid: str
    post: str
    lang: str
    title: str
    start: datetime
    end: datetime
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month in which something is on: its weeks, Monday first, and what begins in it."""

    first: date
    weeks: Sequence[Sequence[date]]
    lines: tuple[Line, ...]


def render_months(theme: Theme, language: str, indexes: Sequence[Mapping[str, Any]]) -> str:
    """The months as HTML; empty when nothing is coming.

    `indexes` are those of the letter's editions. Raises LichtbriefError for a broken template.
    """
    lines = _lines(indexes, theme.words(language).language)
    if not lines:
        return ""
    days: dict[date, list[Line]] = {}
    for line in lines:
        for day in _days(line):
            days.setdefault(day, []).append(line)
    return theme.render(TEMPLATE, language, months=_months(days, lines), days=days)


def _lines(indexes: Iterable[Mapping[str, Any]], language: str) -> list[Line]:
    """Every date once: in this language where it is written in it, else in the post's own."""
    found: dict[str, Line] = {}
    for index in indexes:
        for told in index.get("calendar", {}).get("dates", ()):
            if told["uid"] not in found or told["lang"] == language:
                found[told["uid"]] = _line(told)
    return sorted(found.values(), key=lambda line: (line.start, line.uid))


def _line(told: Mapping[str, Any]) -> Line:
    start = datetime.fromisoformat(told["start"])
    end = datetime.fromisoformat(told["end"]) if told["end"] else start
    names = ("uid", "post", "lang", "title", "cancelled")
    return Line(start=start, end=end, **{name: told[name] for name in names})


def _days(line: Line) -> list[date]:
    lasts = min(line.end.date() - line.start.date(), LONGEST)
    return [line.start.date() + timedelta(days=day) for day in range(lasts.days + 1)]


def _months(days: Iterable[date], lines: Sequence[Line]) -> list[Month]:
    firsts = sorted({day.replace(day=1) for day in days})
    return [
        Month(
            first,
            Calendar().monthdatescalendar(first.year, first.month),
            tuple(line for line in lines if line.start.date().replace(day=1) == first),
        )
        for first in firsts
    ]
