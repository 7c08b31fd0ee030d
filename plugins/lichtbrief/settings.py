"""Pelican's dictionary of settings becomes one frozen `Settings`; what is unsafe is refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from lichtbrief.consent import Rules
from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError, ProblemsError
from lichtbrief.letters.colours import PLAIN, read_colour
from lichtbrief.media import Bounds, FilmBounds, Recipe
from lichtbrief.roster import Audience, Kind
from lichtbrief.unsafe import nested, problem, trial_moment, unsafe

LONGEST_LINK_DAYS = 7  # AWS Signature Version 4 refuses more than 604,800 s
FEWEST_WEEKS = 2


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a build or a job is told; paths are absolute, secrets are not among them."""

    content: Path
    output: Path
    theme: Path
    overrides: tuple[Path, ...]
    school_name: str
    language: str
    zone: ZoneInfo
    preview: bool
    school: Path
    state: Path
    week: Week | None
    moment: datetime | None
    contact: str
    colour: str
    logo: Path | None
    translations: Path | None
    mark: bool
    save_photos: bool
    rule: str
    validity: str
    forms: Mapping[tuple[Audience, Kind], int]
    recipe: Recipe
    bounds: Bounds
    film_bounds: FilmBounds
    count_faces: bool
    store: str
    endpoint: str | None
    region: str | None
    signer_profile: str | None
    link_days: float
    retain: timedelta | None
    mail: str | None
    mail_from: str

    @property
    def groups_folder(self) -> Path:
        """Where the posts are."""
        return self.content / "groups"

    @property
    def key_ring(self) -> Path:
        """The file of keys: the preview has its own, so that looking needs no secret."""
        return self.state / ("preview-keys.json" if self.preview else "keys.json")

    @property
    def cache(self) -> Path:
        """Where sealed editions of earlier builds are kept."""
        return self.state / "cache" / ("preview" if self.preview else "published")

    @property
    def rules(self) -> Rules:
        """How this school counts answers."""
        return Rules(rule=self.rule, validity=self.validity, forms=self.forms)

    def now(self) -> datetime:
        """The moment of deciding: the school's local time, without a zone as in the roster."""
        return self.moment or datetime.now(self.zone).replace(tzinfo=None)


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
    if isinstance(value, bool) or not 0 < float(value) <= LONGEST_LINK_DAYS:
        raise ValueError
    return float(value)


def _retain(value: str | int) -> timedelta | None:
    """None for the school year; fewer than two weeks would end links that were mailed."""
    if value != "school-year" and (type(value) is not int or value < FEWEST_WEEKS):
        raise ValueError
    return timedelta(weeks=int(value)) if value != "school-year" else None


def _store(value: str) -> str:
    if value != "local" and not (value.startswith("s3://") and urlsplit(value).netloc):
        raise ValueError
    return value


def _text(value: str) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _recipe(value: str) -> Recipe:
    return Recipe[value]


def _bounds(value: Mapping[str, int]) -> Bounds:
    return Bounds(**value)


def _film_bounds(value: Mapping[str, int]) -> FilmBounds:
    return FilmBounds(**value)


def _optional(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value in (None, "") else read(value)


def _moment(value: str | datetime) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    if moment.tzinfo is not None:
        raise ValueError
    return moment


def _endpoint(value: str) -> str:
    if urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname:
        raise ValueError
    return value


# setting, field of Settings, default, how it is read, what to write instead
READ: tuple[tuple[str, str, object, Callable[[Any], Any], str], ...] = (
    ("SITENAME", "school_name", "", _text, "the school's name"),
    ("DEFAULT_LANG", "language", "nl", _text, "a language code such as nl"),
    ("TIMEZONE", "zone", "Europe/Amsterdam", ZoneInfo, "Europe/Amsterdam"),
    ("LICHTBRIEF_PREVIEW", "preview", True, _flag, "True or False"),
    ("LICHTBRIEF_WEEK", "week", None, _optional(Week.parse), "2026-W47"),
    ("LICHTBRIEF_MOMENT", "moment", None, _optional(_moment), "2026-11-20T15:00"),
    ("LICHTBRIEF_CONTACT", "contact", "", _text, "the school's e-mail address"),
    ("LICHTBRIEF_COLOUR", "colour", PLAIN, read_colour, "a colour such as #0b5a6b"),
    ("LICHTBRIEF_MARK", "mark", True, _flag, "True or False"),
    ("LICHTBRIEF_SAVE_PHOTOS", "save_photos", False, _flag, "True or False"),
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
    ("LICHTBRIEF_STORE", "store", "local", _store, "local or s3://bucket/prefix"),
    ("LICHTBRIEF_S3_ENDPOINT", "endpoint", None, _optional(_endpoint), "https://host"),
    ("LICHTBRIEF_S3_REGION", "region", None, _optional(_text), "eu-central-1"),
    ("LICHTBRIEF_SIGNER_PROFILE", "signer_profile", None, _optional(_text), "a profile's name"),
    (
        "LICHTBRIEF_LINK_DAYS",
        "link_days",
        LONGEST_LINK_DAYS,
        _days,
        f"a number of days up to {LONGEST_LINK_DAYS}",
    ),
    ("LICHTBRIEF_RETAIN", "retain", "school-year", _retain, "school-year, or weeks from 2"),
    ("LICHTBRIEF_MAIL", "mail", None, _optional(_text), "smtp://user@host:587"),
    ("LICHTBRIEF_MAIL_FROM", "mail_from", "", _text, "the sender's e-mail address"),
)
FOLDERS = (("LICHTBRIEF_SCHOOL", "school", "school"), ("LICHTBRIEF_STATE", "state", ".lichtbrief"))
OPTIONAL = (("LICHTBRIEF_LOGO", "logo"), ("LICHTBRIEF_TRANSLATIONS", "translations"))


def read_settings(given: Mapping[str, Any]) -> Settings:
    """Check Pelican's settings and take from them what Lichtbrief needs.

    Relative folders are relative to the folder that holds PATH. Raises `ProblemsError` that
    lists every setting that is unsafe, unknown or unreadable.
    """
    known = {str(name) for name, *_ in (*READ, *FOLDERS, *OPTIONAL)}
    problems = list(unsafe(given, known))
    values: dict[str, Any] = {}
    for name, field, default, read, todo in READ:
        try:
            values[field] = read(given.get(name, default))
        except (ValueError, TypeError, AttributeError, KeyError, LichtbriefError):
            problems.append(problem(given, name, "cannot be read", f"write {todo}"))
    content = Path(given["PATH"]).resolve()
    for name, field, default in FOLDERS:
        values[field] = (content.parent / str(given.get(name, default))).resolve()
    for name, field in OPTIONAL:
        path = given.get(name)
        values[field] = (content.parent / str(path)).resolve() if path else None
    values |= {"content": content, "output": Path(given["OUTPUT_PATH"]).resolve()}
    values["theme"] = Path(given["THEME"]).resolve()
    places = {"PATH": content, "THEME": values["theme"]}
    places |= {name: values[field] for name, field, _ in FOLDERS}
    problems += [*nested(given, places, values["output"]), *trial_moment(given, values)]
    if problems:
        hint = "mend the settings file"
        raise ProblemsError("the settings are refused; nothing was built", problems, hint)
    overrides = tuple(Path(path).resolve() for path in given.get("THEME_TEMPLATES_OVERRIDES", ()))
    return Settings(overrides=overrides, **values)
