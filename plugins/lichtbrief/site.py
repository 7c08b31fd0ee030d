"""The edge to Pelican: its settings file, its Markdown reader, one run of it in this process."""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pelican
from blinker import Signal
from pelican.readers import Readers
from pelican.settings import read_settings as read_pelican_settings

from lichtbrief.editions import RawPost
from lichtbrief.errors import LichtbriefError
from lichtbrief.settings import Settings
from lichtbrief.theme import Theme

built = Signal("what a run of the generator has built")
progressed = Signal("how far a stage of the build is")


def load_site(file: Path, overrides: Mapping[str, object]) -> dict[str, Any]:
    """Pelican's settings from `file`, with its defaults, and `overrides` over both.

    Raises `LichtbriefError` when the file is missing or does not run.
    """
    if not file.is_file():
        hint = "run the command in the folder with pelicanconf.py, or name the file with --settings"
        raise LichtbriefError(f"there is no settings file {file.name} here", hint)
    try:
        return dict(read_pelican_settings(str(file), override=dict(overrides)))
    except Exception as error:
        what = f"the settings file {file.name} cannot be used: {type(error).__name__}: {error}"
        raise LichtbriefError(what, "mend the settings file") from error


def post_reader(site: Mapping[str, Any]) -> Callable[[Path], RawPost]:
    """Reads one post as Pelican would, but into our own value, never into Pelican's Content.

    So a post is never known to Pelican: `{attach}` in it is inert and nothing of it is copied.
    """
    readers = Readers(dict(site))
    base = str(site["PATH"])

    def read(path: Path) -> RawPost:
        raw = readers.read_file(base_path=base, path=str(path), content_class=_raw_post, fmt="md")
        if not isinstance(raw, RawPost):
            raise TypeError("another plugin replaced the post")
        return raw

    return read


def _raw_post(content: str | None, metadata: dict[str, object], **_: object) -> RawPost:
    return RawPost(html=content or "", metadata=metadata)


class _Alarm(logging.Handler):
    """Counts what Pelican logs as an error, which it would otherwise survive."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def run_site(site: Mapping[str, Any]) -> tuple[str, ...]:
    """Run Pelican quietly; what it logged as an error is returned, for Pelican itself goes on.

    The generator's own errors pass unchanged.
    """
    alarm = _Alarm()
    logger = logging.getLogger("pelican")
    was_quiet, pelican.console.quiet = pelican.console.quiet, True
    logger.addHandler(alarm)
    try:
        pelican.Pelican(dict(site)).run()
    finally:
        logger.removeHandler(alarm)
        pelican.console.quiet = was_quiet
    return tuple(alarm.messages)


def theme_of(settings: Settings) -> Theme:
    """The theme with the school's own templates before its own."""
    own = settings.theme
    templates = (*settings.overrides, own / "templates")
    return Theme(templates, own / "static", own / "translations", settings.translations)
