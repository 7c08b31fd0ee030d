"""Every sentence that a parent can read exists in every language of the theme."""

import gettext
import io
import re
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo

from lichtbrief.letters.reply_words import REPLIES, SURVEYS
from lichtbrief.letters.words import LOCKED, READER
from tests.letters.catalogues import (
    LANGUAGES,
    catalogue,
    forms,
    loose_words,
    messages,
    placeholders,
    templates,
)
from tests.letters.site import ROOT, THEME

PLURALS = {"nl": 2, "en": 2, "tr": 2, "ar": 6, "pl": 4, "uk": 4}


def test_the_theme_speaks_the_six_languages() -> None:
    assert frozenset(LANGUAGES) == THEME.languages


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_that_is_said_is_translated(language: str) -> None:
    known = catalogue(language)
    missing = []
    for where, message in messages():
        entry = known.get(forms(message)[0])
        texts = forms(entry.string) if entry and not entry.fuzzy else ()
        if not texts or not all(texts):
            missing.append((where, message))
    assert [] == missing


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.name))
def test_no_word_stands_in_a_template_outside_the_catalogues(path: Path) -> None:
    assert [] == loose_words(path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_as_many_plurals_as_it_has(language: str) -> None:
    known = catalogue(language)
    assert PLURALS[language] == known.num_plurals
    assert {PLURALS[language]} == {
        len(forms(m.string)) for m in known if isinstance(m.id, list | tuple)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_loses_or_invents_a_placeholder(language: str) -> None:
    """Where a plural form stands for one number alone, words may say it: `photo`, `two photos`."""
    wrong = []
    for message in catalogue(language):
        expected = set().union(*map(placeholders, forms(message.id)))
        for number, text in enumerate(forms(message.string) if message.id else ()):
            said = placeholders(text)
            if said != expected and (said | {"num"} != expected or not alone(language, number)):
                wrong.append((message.id, text))
    assert [] == wrong


def alone(language: str, form: int) -> bool:
    """Whether this plural form is used for one number only, as Arabic's dual is."""
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    # Not in typeshed: the rule of the catalogue itself, as gettext compiled it.
    rule = gettext.GNUTranslations(compiled).plural  # type: ignore[attr-defined]
    return [rule(n) for n in range(201)].count(form) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_left_that_nobody_says(language: str) -> None:
    said = {forms(message)[0] for _, message in messages()}
    listed = {forms(message.id)[0] for message in catalogue(language) if message.id}
    assert set() == listed - said


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_only_what_is_written_alike_everywhere_is_left_in_english(language: str) -> None:
    """A forgotten line mostly shows as English copied into it."""
    same = {
        m.id for m in catalogue(language) if m.id and isinstance(m.id, str) and m.id == m.string
    }
    allowed = {"%(day)s, %(time)s", "Week %(number)s"}
    assert set() == {text for text in same if text not in allowed and re.search("[a-z]{3}", text)}


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
    assert asked <= {*READER, *REPLIES, *SURVEYS, *LOCKED}


def test_a_language_without_a_catalogue_reads_dutch() -> None:
    assert THEME.words("so").gettext("Try again") == "Probeer opnieuw"


def test_a_language_of_a_region_is_read_as_the_language() -> None:
    assert THEME.words("pl-PL").language == "pl"
    assert THEME.words("ar-MA").direction == "rtl"
