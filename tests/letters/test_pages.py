"""The pages for everybody that are shipped: in six languages, and for every pair of eyes."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Literal

import markdown
import pytest
from playwright.sync_api import Browser

from tests.letters.catalogues import LANGUAGES
from tests.letters.site import ROOT, Site
from tests.letters.test_accessible import violations
from tests.letters.test_public import PLUGIN, render

PAGES = ROOT.parent / "content" / "pages"
SLUGS = ("huisregels", "privacy", "zo-werkt-het")


def path_of(slug: str, language: str) -> Path:
    return PAGES / (f"{slug}.md" if language == "nl" else f"{slug}-{language}.md")


def shape(path: Path) -> list[tuple[str, int]]:
    """The parts of a page, each with how many points it makes: the same in every language."""
    _, *parts = re.split(r"^## .*$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    marks = (r"^- ", r"^\d\. ", r"^\| ")
    return [(mark, len(re.findall(mark, part, re.MULTILINE))) for part in parts for mark in marks]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_page_says_the_same_in_every_language(slug: str, language: str) -> None:
    path = path_of(slug, language)
    assert shape(path_of(slug, "nl")) == shape(path)
    assert f"Slug: {path.stem}\nLang: {language}\n" in path.read_text(encoding="utf-8")


def test_no_page_is_left_that_one_language_lacks() -> None:
    expected = {path_of(slug, language).name for slug in SLUGS for language in LANGUAGES}
    assert expected == {path.name for path in PAGES.iterdir()}


def page_of(slug: str, language: str) -> SimpleNamespace:
    """A page as Pelican would hand it to its template."""
    reader = markdown.Markdown(extensions=["meta", "extra", "sane_lists"])
    content = reader.convert(path_of(slug, language).read_text(encoding="utf-8"))
    title = getattr(reader, "Meta")["title"][0]  # noqa: B009 -- added by the extension
    return SimpleNamespace(title=title, content=content, lang=language, url=f"{slug}.html")


SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_everybody_can_read_them(
    site: Site, browser: Browser, scheme: Literal["light", "dark"]
) -> None:
    style = (ROOT / "static" / "public" / "public.css").read_bytes()
    site.put("/theme/public.css", style, "text/css")
    pages = [page_of("privacy", "ar"), page_of("zo-werkt-het", "uk")]
    html = {page.url: render("page.html", lichtbrief=PLUGIN, page=page) for page in pages}
    html["index.html"] = render("index.html", lichtbrief=PLUGIN, pages=pages)
    with browser.new_context(
        viewport={"width": 320, "height": 640}, color_scheme=scheme, bypass_csp=True
    ) as context:
        screen = context.new_page()
        for name, text in html.items():
            kind = "text/html; charset=utf-8"
            screen.goto(site.put(f"/{name}", text.encode(), kind))
            assert [] == violations(screen)
            assert 320 == screen.evaluate("document.documentElement.scrollWidth")
