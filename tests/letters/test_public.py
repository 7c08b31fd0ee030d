"""The public pages, and the colours of all: plain words for everybody."""

import re
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined, UndefinedError

from tests.letters.site import ROOT, THEME

PLUGIN = SimpleNamespace(school="De Lichtbron", words=THEME.words)
PAGE = SimpleNamespace(
    title="Zo leest u de brief", content="<p>Open de link.</p>", lang="nl", url="lezen.html"
)
COMMON = {"SITEURL": ".", "DEFAULT_LANG": "nl"}


def render(name: str, **context: object) -> str:
    """As Pelican renders it with the settings that Lichtbrief asks for."""
    jinja = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return jinja.get_template(name).render(COMMON | context)


def test_the_start_page_lists_the_public_pages_and_says_where_the_news_is() -> None:
    html = render("index.html", lichtbrief=PLUGIN, pages=[PAGE])
    assert '<a href="./lezen.html">Zo leest u de brief</a>' in html
    assert "Alleen die link opent de brief." in html
    assert '<html lang="nl" dir="ltr">' in html


def test_the_start_page_lists_its_own_language_first_and_each_by_itself() -> None:
    english = SimpleNamespace(title="How to read", content="", lang="en", url="read.html")
    html = render("index.html", lichtbrief=PLUGIN, pages=[english, PAGE])
    sections = re.findall(
        r'<section lang="(.*?)" dir=".*?">\s*<h2>(.*?)</h2>.*?href="(.*?)"', html, re.DOTALL
    )
    assert [
        ("nl", "Over de weekbrief", "./lezen.html"),
        ("en-GB", "About the newsletter", "./read.html"),
    ] == sections


def test_a_page_has_its_title_and_its_words() -> None:
    html = render("page.html", lichtbrief=PLUGIN, page=PAGE)
    assert "<title>Zo leest u de brief – De Lichtbron</title>" in html
    assert "<h1>Zo leest u de brief</h1>\n<p>Open de link.</p>" in html


@pytest.mark.parametrize("name", ["index.html", "page.html"])
def test_without_the_plugin_nothing_is_rendered(name: str) -> None:
    with pytest.raises(UndefinedError, match="lichtbrief"):
        render(name, page=PAGE, pages=[PAGE])


@pytest.mark.parametrize("name", ["index.html", "page.html"])
def test_public_pages_ask_for_nothing_from_elsewhere(name: str) -> None:
    html = render(name, lichtbrief=PLUGIN, page=PAGE, pages=[PAGE])
    assert re.findall(r"https?://|<script|@import", html) == []
    assert "default-src 'none'; style-src 'self'; img-src 'self'" in html


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("style", ["reader/reader.css", "public/public.css"])
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_all_text_can_be_read_in_both_schemes(style: str, scheme: int) -> None:
    css = (ROOT / "static" / style).read_text(encoding="utf-8")
    blocks = [dict(re.findall(r"--(\w+): (#\w{6});", block)) for block in css.split(":root")[1:]]
    colours = blocks[0] | blocks[scheme]
    on = {"ink": ("paper", "glow", "blank"), "soft": ("paper",), "link": ("paper", "glow")}
    for ink, papers in on.items():
        for paper in papers:
            if ink in colours and paper in colours:
                assert contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)
