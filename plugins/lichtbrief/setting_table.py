"""The table of settings: how each is called, read and mended."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from lichtbrief.editions import Week
from lichtbrief.hosts import read_endpoint, read_region, read_store
from lichtbrief.letters.colours import PLAIN, read_colour
from lichtbrief.limits import Limits
from lichtbrief.media import Bounds, FilmBounds, Recipe
from lichtbrief.roster import Audience, Kind, an_address

LONGEST_LINK_DAYS = 7  # AWS Signature Version 4 refuses more than 604,800 s
LONGEST_CLOUDFRONT_DAYS = 3660  # it has no bound; a school year ends, and its keys with it
FEWEST_WEEKS = 2


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _one_of(*words: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in words:
            raise ValueError
        return value

    return read


def _forms(value: Mapping[str, int]) -> dict[tuple[Audience, Kind], int]:
    if not all(type(form) is int and form > 0 for form in value.values()):
        raise ValueError
    pairs = ((name.split("/"), form) for name, form in value.items())
    return {(Audience(audience), Kind(kind)): form for (audience, kind), form in pairs}


def _days(value: float) -> float:
    if isinstance(value, bool) or not 0 < float(value) <= LONGEST_CLOUDFRONT_DAYS:
        raise ValueError
    return float(value)


def _holidays(value: Sequence[tuple[str, str]]) -> tuple[tuple[date, date], ...]:
    found = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in value]
    if any(last < first for first, last in found):
        raise ValueError
    return tuple(sorted(found))


def _quiet(value: tuple[str, str]) -> tuple[time, time]:
    start, end = (time.fromisoformat(each) for each in value)
    if start == end or start.tzinfo or end.tzinfo:
        raise ValueError
    return start, end


def _retain(value: str | int) -> timedelta | None:
    """None for the school year; fewer than two weeks would end links that were mailed."""
    if value != "school-year" and (type(value) is not int or value < FEWEST_WEEKS):
        raise ValueError
    return timedelta(weeks=int(value)) if value != "school-year" else None


def _store(value: str) -> str:
    if value != "local":
        read_store(value)
    return value


def _text(value: str) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _word(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9]+", value):
        raise ValueError
    return value


def _recipe(value: str) -> Recipe:
    return Recipe[value]


def _bounds(value: Mapping[str, int]) -> Bounds:
    return Bounds(**value)


def _film_bounds(value: Mapping[str, int]) -> FilmBounds:
    return FilmBounds(**value)


def _limits(value: Mapping[str, int]) -> Limits:
    return Limits(**value)


def _optional(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value in (None, "") else read(value)


def _moment(value: str | datetime) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    if moment.tzinfo is not None:
        raise ValueError
    return moment


# setting, field of Settings, default, how it is read, what to write instead
READ: tuple[tuple[str, str, object, Callable[[Any], Any], str], ...] = (
    ("SITENAME", "school_name", "", _text, "the school's name"),
    ("DEFAULT_LANG", "language", "nl", _text, "a language code such as nl"),
    ("TIMEZONE", "zone", "Europe/Amsterdam", ZoneInfo, "Europe/Amsterdam"),
    ("LICHTBRIEF_PREVIEW", "preview", True, _flag, "True or False"),
    ("LICHTBRIEF_WEEK", "week", None, _optional(Week.parse), "2026-W47"),
    ("LICHTBRIEF_MOMENT", "moment", None, _optional(_moment), "2026-11-20T15:00"),
    ("LICHTBRIEF_CONTACT", "contact", "", an_address, "the school's e-mail address"),
    ("LICHTBRIEF_COLOUR", "colour", PLAIN, read_colour, "a colour such as #0b5a6b"),
    ("LICHTBRIEF_MARK", "mark", True, _flag, "True or False"),
    ("LICHTBRIEF_SAVE_PHOTOS", "save_photos", False, _flag, "True or False"),
    ("LICHTBRIEF_PASSPHRASE", "passphrase", False, _flag, "True or False"),
    ("LICHTBRIEF_CONSENT_RULE", "rule", "one", _one_of("one", "all"), "one or all"),
    (
        "LICHTBRIEF_CONSENT_VALIDITY",
        "validity",
        "until-withdrawn",
        _one_of("until-withdrawn", "school-year"),
        "until-withdrawn or school-year",
    ),
    ("LICHTBRIEF_CONSENT_FORMS", "forms", {}, _forms, '{"school/photo": 2}'),
    ("LICHTBRIEF_PHOTO_FORMAT", "recipe", "avif", _recipe, "avif or jpeg"),
    (
        "LICHTBRIEF_FILM_BOUNDS",
        "film_bounds",
        {},
        _film_bounds,
        '{"seconds": 120, "megabytes": 500}',
    ),
    ("LICHTBRIEF_COUNT_FACES", "count_faces", False, _flag, "True or False"),
    ("LICHTBRIEF_PHOTO_BOUNDS", "bounds", {}, _bounds, '{"megabytes": 100, "megapixels": 220}'),
    (
        "LICHTBRIEF_APPROVAL",
        "approval",
        "none",
        _one_of("none", "school", "all"),
        "none, school or all",
    ),
    ("LICHTBRIEF_REPLIES", "replies", "none", _one_of("none", "post", "put"), "none, post or put"),
    ("LICHTBRIEF_DOUBT_HIDES", "doubt_hides", False, _flag, "True or False"),
    ("LICHTBRIEF_STORE", "store", "local", _store, "local or s3://bucket/prefix"),
    ("LICHTBRIEF_S3_ENDPOINT", "endpoint", None, _optional(read_endpoint), "https://host"),
    ("LICHTBRIEF_S3_REGION", "region", None, _optional(read_region), "eu-central-1"),
    ("LICHTBRIEF_CLOUDFRONT", "cloudfront", None, _optional(read_endpoint), "https://domain"),
    (
        "LICHTBRIEF_CLOUDFRONT_KEY_PAIR",
        "cloudfront_key_pair",
        None,
        _optional(_word),
        "the id of the public key, such as K2JCJMDEHXQW5F",
    ),
    ("LICHTBRIEF_SIGNER_PROFILE", "signer_profile", None, _optional(_text), "a profile's name"),
    (
        "LICHTBRIEF_LINK_DAYS",
        "link_days",
        LONGEST_LINK_DAYS,
        _days,
        f"a number of days up to {LONGEST_LINK_DAYS}",
    ),
    (
        "LICHTBRIEF_HOLIDAYS",
        "holidays",
        (),
        _holidays,
        'first and last days: [("2026-12-19", "2027-01-03")]',
    ),
    (
        "LICHTBRIEF_QUIET",
        "quiet",
        ("18:00", "07:00"),
        _quiet,
        'when mails of the day rest: ("18:00", "07:00")',
    ),
    ("LICHTBRIEF_RETAIN", "retain", "school-year", _retain, "school-year, or weeks from 2"),
    ("LICHTBRIEF_MAIL", "mail", None, _optional(_text), "smtp://user@host:587"),
    ("LICHTBRIEF_MAIL_FROM", "mail_from", "", an_address, "the sender's e-mail address"),
    ("LICHTBRIEF_MAILBOX", "mailbox", None, _optional(_text), "imaps://user@host/INBOX"),
    ("LICHTBRIEF_OFFICE", "office", None, _optional(an_address), "the office's e-mail address"),
    ("LICHTBRIEF_MAIL_BOUNCES", "bounces", None, _optional(an_address), "bounce@school.example"),
    (
        "LICHTBRIEF_MAIL_UNSUBSCRIBE",
        "unsubscribe",
        None,
        _optional(_text),
        "https://host/path?mail={token}",
    ),
    ("LICHTBRIEF_MAIL_PACE", "mail_pace", {}, _limits, '{"minute": 30, "connections": 2}'),
)
FOLDERS = (("LICHTBRIEF_SCHOOL", "school", "school"), ("LICHTBRIEF_STATE", "state", ".lichtbrief"))
OPTIONAL = (("LICHTBRIEF_LOGO", "logo"), ("LICHTBRIEF_TRANSLATIONS", "translations"))
