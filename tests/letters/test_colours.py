"""The school's colour: whatever it is, what is written in it can be read, by day and by night."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lichtbrief.letters.colours import DARK, LIGHT, Scheme, contrast, read_colour, shades, style_of
from tests.letters.site import ROOT

AA = 4.5  # WCAG 2.2, 1.4.3
colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@given(colours)
@example("#ffff00")
@example("#000000")
@example("#ffffff")
@example("#777777")
@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_any_colour_can_be_read_on_the_paper_on_its_tint_and_under_paper(
    scheme: Scheme, colour: str
) -> None:
    found = shades(colour, scheme)
    assert contrast(found.link, scheme.paper) >= AA
    assert contrast(found.link, found.glow) >= AA


@given(colours)
@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_ink_and_soft_words_can_be_read_on_every_tint(scheme: Scheme, colour: str) -> None:
    light, dark = re.findall(r"--ink: (#\w+);\n\s*--soft: (#\w+);", STYLE)[:2]
    for words in light if scheme is LIGHT else dark:
        assert contrast(words, shades(colour, scheme).glow) >= AA
        assert contrast(words, scheme.paper) >= AA


STYLE = (ROOT / "static/reader/reader.css").read_text(encoding="utf-8")


def test_the_grounds_are_those_of_the_readers_style() -> None:
    assert [LIGHT.paper, DARK.paper] == re.findall(r"--paper: (#\w+);", STYLE)


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert "#0b5a6b" == shades("#0b5a6b", LIGHT).link


def test_contrast_is_that_of_the_guideline() -> None:
    assert 21 == pytest.approx(contrast("#000000", "#ffffff"))
    assert 4.54 == pytest.approx(contrast("#767676", "#ffffff"), abs=0.01)


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345g", "0b5a6b", "#0b5a6b}", "#0b5a6b\n;"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no colour"):
        read_colour(text)


@given(colours)
def test_the_style_holds_colours_and_nothing_else(colour: str) -> None:
    assert re.fullmatch(
        r"(:root \{( --(link|glow|mark): #[0-9a-f]{6};){3} \}\n|@media [^{]*\{\n|\}\n)+",
        style_of(colour),
    )
