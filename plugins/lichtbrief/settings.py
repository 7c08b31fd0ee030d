"""Pelican's dictionary of settings becomes one frozen `Settings`; what is unsafe is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lichtbrief.consent import Rules
from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError, ProblemsError
from lichtbrief.limits import Limits
from lichtbrief.media import Bounds, FilmBounds, Recipe
from lichtbrief.roster import Audience, FieldError, Kind
from lichtbrief.setting_table import FOLDERS, OPTIONAL, READ
from lichtbrief.unsafe import links, nested, problem, stores, trial_moment, unsafe


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
    passphrase: bool
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
    cloudfront: str | None
    cloudfront_key_pair: str | None
    link_days: float
    holidays: tuple[tuple[date, date], ...]
    quiet: tuple[time, time]
    retain: timedelta | None
    approval: str
    replies: str
    doubt_hides: bool
    mail: str | None
    mail_from: str
    mailbox: str | None
    office: str | None
    bounces: str | None
    unsubscribe: str | None
    mail_pace: Limits

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

    @property
    def answerable(self) -> bool:
        """Whether letters can be answered."""
        return self.replies != "none"

    def now(self) -> datetime:
        """The moment of deciding: the school's local time, without a zone as in the roster."""
        return self.moment or datetime.now(self.zone).replace(tzinfo=None)


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
        except FieldError as error:
            problems.append(problem(given, name, error.what, error.todo))
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
    problems += nested(given, places, values["output"])
    problems += [*trial_moment(given, values), *links(given, values), *stores(given, values)]
    if problems:
        hint = "mend the settings file"
        raise ProblemsError("the settings are refused; nothing was built", problems, hint)
    overrides = tuple(Path(path).resolve() for path in given.get("THEME_TEMPLATES_OVERRIDES", ()))
    return Settings(overrides=overrides, **values)
