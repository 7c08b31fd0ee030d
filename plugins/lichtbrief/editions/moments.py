"""Days and times as teachers write them, in the school's local time."""

import re
from datetime import datetime

from lichtbrief.editions.post import Talk

EXAMPLE = "2026-11-24 19:30"

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"[0-9]{1,2}:[0-9]{2}"
_MOMENT = re.compile(rf"({_DAY})(?:[ T]+({_TIME}))?")
_TALK = re.compile(rf"({_DAY}) +({_TIME}) *[-–] *({_TIME})")


def read_moment(value: object, *, needs_time: bool = False) -> datetime | None:
    """A moment from a datetime or from text; None for what is not surely one.

    A day alone is its midnight, unless a time is needed. A time with a zone is refused: whoever
    wrote it may mean another hour than the school's clock shows.
    """
    if isinstance(value, datetime):
        return None if value.tzinfo else datetime.combine(value.date(), value.time())
    match = _MOMENT.fullmatch(str(value).strip())
    if match is None or (needs_time and match[2] is None):
        return None
    return _at(match[1], match[2] or "00:00")


def read_talks(text: str) -> tuple[Talk, ...]:
    """Talks in order of time, from `2026-12-01 15:30-17:30, …`; ValueError says what is wrong."""
    written = [part.strip() for part in text.split(",") if part.strip()]
    return tuple(sorted((_talk(part) for part in written), key=lambda talk: talk.start))


def _talk(text: str) -> Talk:
    match = _TALK.fullmatch(text)
    start, end = (_at(match[1], match[2]), _at(match[1], match[3])) if match else (None, None)
    if start is None or end is None:
        raise ValueError(f"cannot be read at “{text}”")
    if end <= start:
        raise ValueError(f"end before they begin at “{text}”")
    return Talk(start, end)


def _at(day: str, time: str) -> datetime | None:
    try:
        return datetime.strptime(f"{day} {time}", "%Y-%m-%d %H:%M")
    except ValueError:
        return None
