"""Cells: what may stand in one, and the value that it then is.

Every function takes the text of a cell without outer spaces and raises `FieldError` when it
cannot be read surely.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar

from lichtbrief.roster.words import EVERY_GROUP, Answered

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

NO_IDS = ("all", "nobody")
"""Words with a meaning of their own in a declaration or in a staff member's groups."""

LONGEST_ID = 64
LONGEST_TEXT = 500
LONGEST_LOCAL = 64  # before the @; RFC 5321, 4.5.3.1.1
LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3: a path is 256 octets, its two brackets included

_ID = re.compile(r"[a-z0-9][a-z0-9.-]*")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DUTCH_DATE = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_FORM = re.compile(r"[0-9]{1,6}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@{_LABEL}(?:\.{_LABEL})+")

CANCELLED = ("cancelled", "afgezegd")
YES_OR_NO: Mapping[str, bool] = {"yes": True, "ja": True, "no": False, "nee": False}
DECISIONS: Mapping[str, Answered] = {
    "yes": Answered.yes,
    "ja": Answered.yes,
    "no": Answered.no,
    "nee": Answered.no,
    "withdrawn": Answered.withdrawn,
    "ingetrokken": Answered.withdrawn,
}


class FieldError(ValueError):
    """A cell that cannot be read: `what` is wrong with it, and `todo`, what to write instead."""

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(f"{what}; {todo}")
        self.what = what
        self.todo = todo


def is_id(text: str) -> bool:
    """Whether a text has the form of an id: lower-case letters, digits, dashes and dots."""
    return len(text) <= LONGEST_ID and bool(_ID.fullmatch(text)) and text not in NO_IDS


def an_id(text: str) -> str:
    """An id such as `anna-b`."""
    if not is_id(text):
        what = "is a word with another meaning" if text in NO_IDS else "is not an id"
        raise FieldError(what, "write lower-case letters, digits, dashes and dots, as in anna-b")
    return text


def group_ids(text: str) -> frozenset[str]:
    """The groups somebody may post to: ids with spaces between, `all`, or nothing."""
    words = frozenset(text.split())
    if words != {EVERY_GROUP} and not all(map(is_id, words)):
        raise FieldError(
            "is not a list of groups", "write ids with spaces between, or only the word all"
        )
    return words


def a_date(text: str) -> date:
    """A day: `2026-09-01` or `1-9-2026`."""
    try:
        if iso := _ISO_DATE.fullmatch(text):
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if dutch := _DUTCH_DATE.fullmatch(text):
            return date(int(dutch[3]), int(dutch[2]), int(dutch[1]))
    except ValueError:
        raise FieldError("is not a day of the calendar", "write it as 2026-09-01") from None
    raise FieldError("is not a date", "write it as 2026-09-01 or 1-9-2026")


def a_first_day(text: str) -> date:
    """The first day on which a row holds; an empty cell is open: it always did."""
    return a_date(text) if text else date.min


def a_date_or_open(text: str) -> date | None:
    """A day, or None for an empty cell: still open."""
    return a_date(text) if text else None


def a_moment(text: str) -> datetime:
    """A moment: a day, then a space or T and the time; a day alone is that day at 00:00."""
    day, _, hour = text.replace("T", " ", 1).partition(" ")
    try:
        clock = _TIME.fullmatch(hour) if hour else None
        if hour and clock is None:
            raise ValueError
        at = time(int(clock[1]), int(clock[2]), int(clock[3] or 0)) if clock else time()
        return datetime.combine(a_date(day), at)
    except ValueError:
        raise FieldError(
            "is not a moment", "write it as 2026-09-01T09:00 or 1-9-2026 09:00"
        ) from None


def a_start(text: str) -> datetime:
    """When something begins: a day and its time."""
    if not re.search(r"[ T]", text):
        raise FieldError("lacks the time of day", "write it as 2026-12-01T15:30")
    return a_moment(text)


def a_moment_or_none(text: str) -> datetime | None:
    """A moment, or None for an empty cell."""
    return a_moment(text) if text else None


def some_ids(text: str) -> tuple[str, ...]:
    """One id or more, with spaces between."""
    ids = tuple(dict.fromkeys(text.split()))
    if not ids or not all(map(is_id, ids)):
        raise FieldError("is not a list of ids", "write ids with spaces between, as in g1 g2")
    return ids


def a_post(text: str) -> str:
    """The id of a post: its group, and the name of its folder."""
    group, _, folder = text.partition("/")
    if not is_id(group) or not is_id(folder):
        raise FieldError("is not a post", "write it as groep-3/2026-11-16-gesprekken")
    return text


def is_off(text: str) -> bool:
    """Whether a talk is cancelled."""
    if text.lower() not in ("", *CANCELLED):
        raise FieldError("is unknown", f"write {CANCELLED[0]}, or leave it empty")
    return bool(text)


def one_of(words: Mapping[str, T]) -> Callable[[str], T]:
    """A reader for a cell that holds one of a few words, in capitals or not."""

    def read(text: str) -> T:
        value = words.get(text.lower())
        if value is None:
            raise FieldError("is not one of the words", f"write {', '.join(words)}")
        return value

    return read


def member_of(enum: type[E]) -> Callable[[str], E]:
    """A reader for a cell that holds a member of an enumeration."""
    return one_of({member.value: member for member in enum})


def a_form(text: str) -> int:
    """The number of a form, from 1."""
    if not _FORM.fullmatch(text) or int(text) < 1:
        raise FieldError("is not the number of a form", "write 1 or higher")
    return int(text)


def is_address(text: str) -> bool:
    """Whether SMTP carries this address without extensions, and a header without quotes.

    A dot-string before the @ (RFC 5321, 4.1.2); no `=?`, after which a header parser would decode.
    """
    found = _ADDRESS.fullmatch(text)
    fits = found is not None and len(found[1]) <= LONGEST_LOCAL
    return fits and len(text) <= LONGEST_ADDRESS and "=?" not in text


def an_address(text: str) -> str:
    """An e-mail address, or nothing."""
    if text and not is_address(text):
        todo = "write it as name@example.org in plain letters; a domain with accents as xn--..."
        raise FieldError("is not an e-mail address", todo)
    return text


def a_language(text: str) -> str:
    """A language code in the form of BCP 47: `nl`, `pt-BR`, `zh-Hans`."""
    if not _LANGUAGE.fullmatch(text):
        raise FieldError("is not a language code", "write it as nl, en or pt-BR")
    return text


def some_text(text: str) -> str:
    """Text for people, possibly none."""
    if text.startswith(("=", "+", "-", "@")):
        raise FieldError("begins as a formula does", "write it as plain words")
    if len(text) > LONGEST_TEXT:
        raise FieldError("is too long", f"write {LONGEST_TEXT} characters at most")
    return text


def a_name(text: str) -> str:
    """Text for people that may not be missing."""
    if not text:
        raise FieldError("is empty", "write a name")
    return some_text(text)
