"""The theme: Jinja templates and gettext catalogues, rendered in one guardian's language."""

import gettext
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    select_autoescape,
)

from lichtbrief.errors import LichtbriefError

FALLBACK = "nl"
# Plain English, at a school in Europe, writes the day before the month and counts 24 hours.
REGION = {"en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one language; what is not translated stays English."""

    language: str
    locale: Locale
    catalogue: gettext.NullTranslations

    @property
    def tag(self) -> str:
        """The locale as HTML and browsers write it: `en-GB`."""
        return str(self.locale).replace("_", "-")

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, for HTML's `dir`."""
        return self.locale.text_direction

    def gettext(self, message: str) -> str:
        """The sentence in this language."""
        return self.catalogue.gettext(message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The sentence in this language for `n` of something, by the language's plural rule."""
        return self.catalogue.ngettext(one, many, n)

    def day(self, day: date) -> str:
        """A day written out: `vrijdag 27 november 2026`."""
        return format_date(day, "full", locale=self.locale)

    def day_time(self, moment: datetime) -> str:
        """A day and an hour in the zone it is given in: `vrijdag 27 november 2026, 15:00`."""
        time = format_datetime(moment, "HH:mm", locale=self.locale)
        return self.gettext("%(day)s, %(time)s") % {"day": self.day(moment), "time": time}


class Theme:
    """Templates, the reader's files and the words of every language.

    `templates` are folders, the first that has a template wins (THEME_TEMPLATES_OVERRIDES before
    the theme's own); `static` holds `reader/` and `public/`; `translations` holds `<lang>.po`, and
    `own_words` those with the sentences that the school says otherwise.
    """

    def __init__(
        self,
        templates: Sequence[Path],
        static: Path,
        translations: Path,
        own_words: Path | None = None,
    ) -> None:
        self.templates = tuple(templates)
        self.static = static
        self.translations = translations
        self.own_words = own_words
        self._words: dict[str, Words] = {}
        self._environments: dict[str, Environment] = {}

    def words(self, language: str) -> Words:
        """The words of a language (BCP 47: `pl`, `ar-MA`), or Dutch where the theme lacks it.

        Dutch and not English, because the posts are in it: whoever helps this guardian to read
        them reads Dutch. Raises LichtbriefError when a catalogue cannot be read.
        """
        primary = language.partition("-")[0]
        known = primary if primary in self.languages else FALLBACK
        if known not in self._words:
            self._words[known] = read_words(
                self.translations / f"{known}.po", known, self._own(known)
            )
        return self._words[known]

    def render(self, template_name: str, language: str, **context: object) -> str:
        """A template with its context and `words`, in a language; only `.html` is escaped.

        Raises LichtbriefError for a template that is missing, broken or lacks a value.
        """
        words = self.words(language)
        if words.language not in self._environments:
            self._environments[words.language] = environment(self.templates, words)
        try:
            template = self._environments[words.language].get_template(template_name)
            return template.render(words=words, **context)
        except TemplateNotFound as error:
            raise LichtbriefError(
                f"the theme has no template {error.name}", "look at THEME and its overrides"
            ) from error
        except TemplateSyntaxError as error:
            where = f"{error.name}:{error.lineno}"
            raise LichtbriefError(f"the template {where} is broken: {error.message}") from error
        except TemplateError as error:
            raise LichtbriefError(
                f"the template {template_name} failed: {error.message}"
            ) from error

    def _own(self, language: str) -> Path | None:
        path = self.own_words / f"{language}.po" if self.own_words else None
        return path if path and path.is_file() else None

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages that the theme speaks: those with a catalogue."""
        return frozenset(path.stem for path in self.translations.glob("*.po"))

    @cached_property
    def _digest(self) -> str:
        own = (self.own_words,) if self.own_words else ()
        return digest_of((*self.templates, self.static / "reader", self.translations, *own))

    def digest(self) -> str:
        """SHA-256 (hex) of everything a letter or an edition is made with; part of fingerprints."""
        return self._digest


def read_words(path: Path, language: str, own: Path | None = None) -> Words:
    """One catalogue, compiled in memory, with the school's `own` sentences in place of its.

    LichtbriefError when one of them is missing or broken, or when `own` says otherwise what nobody
    says.
    """
    try:
        catalogue = _read_catalogue(path, language)
        if own is not None:
            path = own
            _say_otherwise(catalogue, _read_catalogue(own, language))
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        translations = gettext.GNUTranslations(compiled)
        locale = Locale.parse(REGION.get(language, language))
    except (OSError, PoFileError, UnicodeError, ValueError, UnknownLocaleError) as error:
        raise LichtbriefError(
            f"the words in {path.name} cannot be read: {error}", f"mend or remove {path}"
        ) from error
    return Words(language, locale, translations)


def _read_catalogue(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    for message, faults in catalogue.check():
        if faults:
            raise ValueError(f"line {message.lineno}: {faults[0]}")
    return catalogue


def _say_otherwise(catalogue: Catalog, own: Catalog) -> None:
    """Put the school's own sentences in place of the theme's."""
    for message in own:
        if not message.id or not message.string:
            continue
        known = catalogue.get(message.id)
        if known is None:
            raise ValueError(f"line {message.lineno}: the theme says no such sentence")
        known.string = message.string


def environment(templates: Sequence[Path], words: Words) -> Environment:
    """Jinja as every template of the theme expects it, speaking one language."""
    made = Environment(
        loader=FileSystemLoader(templates),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # `newstyle` fills %(name)s in after escaping it.
    made.install_gettext_callables(  # type: ignore[attr-defined] # added by the i18n extension
        words.gettext, words.ngettext, newstyle=True
    )
    made.filters["day"] = words.day
    made.filters["day_time"] = words.day_time
    return made


def digest_of(folders: Iterable[Path]) -> str:
    """SHA-256 (hex) over the files below the folders: names and bytes, in a fixed order."""
    total = hashlib.sha256()
    for number, folder in enumerate(folders):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = f"{number}/{path.relative_to(folder).as_posix()}".encode()
            data = path.read_bytes()
            total.update(f"{len(name)} {len(data)}\n".encode() + name + data)
    return total.hexdigest()
