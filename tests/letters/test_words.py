"""Every sentence that a parent can read exists in every language of the theme."""

import re
from collections.abc import Iterator, Sequence

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from lichtbrief.letters.words import READER
from tests.letters.site import ROOT, THEME

LANGUAGES = ("nl", "en")
# The mail's subject, which delivery/mail.py asks for.
FROM_PYTHON = {"Newsletter week %(week)d – %(school)s"}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}


def messages() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """(where, message) for all that templates and reader say."""
    for path in sorted((ROOT / "templates").iterdir()):
        with path.open("rb") as file:
            for found in extract("jinja2.ext:babel_extract", file, KEYWORDS, options={}):
                yield path.name, found[1]
    for name, message in READER.items():
        yield f"reader: {name}", message


def catalogue(language: str) -> Catalog:
    with (ROOT / "translations" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """A message or its translation as its singular and plural forms."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)[sd]", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_templates_and_reader_is_translated(language: str) -> None:
    known = catalogue(language)
    missing = []
    for where, message in messages():
        entry = known.get(forms(message)[0])
        texts = forms(entry.string) if entry and not entry.fuzzy else ()
        if not texts or not all(texts):
            missing.append((where, message))
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_loses_or_invents_a_placeholder(language: str) -> None:
    for message in catalogue(language):
        if message.id:
            expected = set().union(*map(placeholders, forms(message.id)))
            assert [placeholders(text) for text in forms(message.string)] == [
                expected for _ in forms(message.string)
            ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_left_that_nobody_says(language: str) -> None:
    said = {forms(message)[0] for _, message in messages()} | FROM_PYTHON
    listed = {forms(message.id)[0] for message in catalogue(language) if message.id}
    assert listed - said == set()


def test_the_reader_knows_every_label_and_form_of_an_edition() -> None:
    template = (ROOT / "templates" / "edition.html").read_text(encoding="utf-8")
    labels = set(re.findall(r'data-word="(\w+)"|label\("(\w+)"\)', template))
    assert {one or other for one, other in labels} <= set(READER)
    script = (ROOT / "static" / "reader" / "words.js").read_text(encoding="utf-8")
    for form in re.findall(r'"(day|time|day-time)"', template):
        assert re.search(rf'["{{ ]{form}"?: ', script), form


def test_the_reader_asks_only_for_words_that_exist() -> None:
    folder = ROOT / "static" / "reader"
    script = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.js")))
    asked = set(re.findall(r'(?:say|tell|ask|Failure|list\("\w+",)\(?\s?"(\w+)"', script))
    assert asked >= {"opening", "framed", "wrong", "damaged", "week", "contents", "dates"}
    assert asked <= set(READER)


def test_a_language_without_a_catalogue_reads_dutch() -> None:
    assert THEME.words("tr").gettext("Try again") == "Probeer opnieuw"
