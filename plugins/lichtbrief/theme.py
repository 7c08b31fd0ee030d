"""The theme: Jinja templates and gettext catalogues, rendered in one guardian's language."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

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
from lichtbrief.languages import Words, direction_of, read_words

FALLBACK = "nl"


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
    made.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False}
    made.filters["direction"] = direction_of
    made.filters["day"] = words.day
    made.filters["day_time"] = words.day_time
    made.filters["short_day"] = words.short_day
    made.filters["short_day_time"] = words.short_day_time
    made.filters["month"] = words.month
    made.filters["weekday"] = words.weekday
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
