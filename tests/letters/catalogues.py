"""What the theme says, found where it is said, and the catalogues that translate it."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from jinja2 import Environment

from lichtbrief.letters.record import SAID
from lichtbrief.letters.reply_words import REPLIES, SURVEYS
from lichtbrief.letters.words import LOCKED, READER
from tests.letters.site import ROOT

CODE = ROOT.parent / "plugins" / "lichtbrief"
LANGUAGES = ("nl", "en", "tr", "ar", "pl", "uk")
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}

Message = str | tuple[str, ...]


@cache
def messages() -> tuple[tuple[str, Message], ...]:
    """(where, message) for all that templates, program and reader say."""
    return (
        *_in_templates(),
        *_in_code(),
        *((f"reader: {n}", text) for n, text in {**READER, **REPLIES, **SURVEYS, **LOCKED}.items()),
        *((f"record: {n}", text) for n, text in SAID.items()),
    )


def _in_templates() -> Iterator[tuple[str, Message]]:
    for path in templates():
        found = extract("jinja2.ext:babel_extract", BytesIO(path.read_bytes()), KEYWORDS)
        yield from ((path.name, one[1]) for one in found)


def _in_code() -> Iterator[tuple[str, Message]]:
    for path in sorted(CODE.rglob("*.py")):
        found = extract("python", BytesIO(path.read_bytes()), KEYWORDS)
        yield from ((path.name, one[1]) for one in found)


def templates() -> Sequence[Path]:
    """Every template of the theme."""
    return sorted((ROOT / "templates").iterdir())


def loose_words(path: Path) -> list[str]:
    """The words of a template that stand in it as they are, for readers of every language."""
    tokens = Environment().lex(path.read_text(encoding="utf-8"))
    data = " ".join(text for _, kind, text in tokens if kind == "data")
    shown = re.sub(r"<style>.*?</style>|<[^>]*>", " ", data, flags=re.DOTALL)
    return re.findall(r"[^\W\d_]+", re.sub(r"&\w+;", " ", shown))


@cache
def catalogue(language: str) -> Catalog:
    """One language's catalogue, as translators keep it."""
    with (ROOT / "translations" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def forms(text: Message | list[str] | None) -> tuple[str, ...]:
    """A message or its translation as its singular and plural forms."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def placeholders(text: str) -> set[str]:
    """The names of the values that a text leaves room for."""
    return set(re.findall(r"%\((\w+)\)[sd]", text))
