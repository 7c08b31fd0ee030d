"""Languages: the sentences of one, from its gettext catalogue, and how it writes days."""

import gettext
import io
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from lichtbrief.errors import LichtbriefError

# A year, and the abbreviation that some languages write behind it.
YEAR = re.compile(r"\s*y+\s*(?:'[^']*'\.?)?\s*")
LONGEST_SHORT = 4  # seven of them stand side by side on a telephone
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

    def short_day(self, day: date) -> str:
        """A day of a year that is clear: `vrijdag 27 november`."""
        pattern = YEAR.sub(" ", self.locale.date_formats["full"].pattern).strip()
        return format_date(day, pattern, locale=self.locale)

    def month(self, day: date) -> str:
        """The month of a day: `november 2026`."""
        return format_date(day, "LLLL y", locale=self.locale)

    def weekday(self, day: date, width: str) -> str:
        """The name of a day, `wide` (`vrijdag`) or `short`: a few letters, or else one for all."""
        names = self.locale.days["stand-alone"]
        if width == "short":
            fit = max(map(len, names["abbreviated"].values())) <= LONGEST_SHORT
            width = "abbreviated" if fit else "narrow"
        return str(names[width][day.weekday()])

    def short_day_time(self, moment: datetime) -> str:
        """The same with the hour: `vrijdag 27 november, 15:00`."""
        return self._with_time(self.short_day(moment), moment)

    def day_time(self, moment: datetime) -> str:
        """A day and an hour in the zone it is given in: `vrijdag 27 november 2026, 15:00`."""
        return self._with_time(self.day(moment), moment)

    def _with_time(self, day: str, moment: datetime) -> str:
        time = format_datetime(moment, "HH:mm", locale=self.locale)
        return self.gettext("%(day)s, %(time)s") % {"day": day, "time": time}


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


def direction_of(language: str) -> str:
    """`ltr` or `rtl`, also for a language that the theme does not speak; `auto` for none."""
    try:
        return Locale.parse(language).text_direction
    except (UnknownLocaleError, ValueError):
        return "auto"
