"""A reader's HTML becomes safe HTML: an allow-list before, so that the tree is what it seems, and
again after, so that nothing depends on what was done in between.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

import nh3
from bs4 import BeautifulSoup

from lichtbrief.editions.figures import ALT, NUMBER, Reference, describe, take_images
from lichtbrief.editions.figures import renumber as renumber_figures
from lichtbrief.editions.linked import FILE, Linked, is_attested_file, odd_of_files, take_files
from lichtbrief.editions.linked import renumber as renumber_files
from lichtbrief.editions.links import WHERE, mend_links
from lichtbrief.editions.tidying import CELLS, HEADINGS, LISTS, parse, tidy

_INLINE = {"a", "abbr", "b", "br", "code", "del", "em", "i", "s", "small", "strong", "sub", "sup"}
TEXT = _INLINE | LISTS | CELLS | {"blockquote", "h3", "h4", "hr", "p", "pre", "table", "time", "u"}
# The star keeps out what nh3 would else allow on every element.
ATTRIBUTES = {
    "*": set[str](),
    "a": {"href"},
    "abbr": {"title"},
    "ol": {"start"},
    "time": {"datetime"},
}
SCHEMES = {"http", "https", "mailto", "tel"}

_WRITTEN = TEXT | HEADINGS | {"img"}
_DECLARED = ("people", "attested_by", "cover")
_OF_IMAGES = {"src", "alt", "title", *_DECLARED}
# Addresses that are refused in words further on have to get there.
_REFUSED_SCHEMES = {"data", "file", "ftp"}
_FINAL = TEXT | {"figure", "figcaption", "span"}
_SHIFTED = {"h1": "h3", "h2": "h3", "h3": "h4", "h5": "h4", "h6": "h4"}
_FILMS = ["audio", "embed", "iframe", "object", "video"]
_DEEPEST = 100
_LOOSE = re.compile(r"\{:?[^{}]*\b(?:people|attested_by|cover)\s*=")


@dataclass(frozen=True, slots=True)
class Markup:
    """A safe text, with a figure for each of its `references`, and what had to stay out.

    `files` are its links to files beside it, which stand in it as `<span data-file="i">`.
    `refused` are the targets of links that lead nowhere a parent could go; `film` is the name of an
    embedded element, if any; `odd` are the attributes of images and files that mean nothing, such
    as a second person without quotes; `has_loose_declaration` tells of people named apart from a
    photo.
    """

    html: str
    references: tuple[Reference, ...]
    files: tuple[Linked, ...]
    refused: tuple[str, ...]
    film: str | None
    odd: tuple[str, ...]
    has_loose_declaration: bool


def read_markup(html: str) -> Markup:
    """Make a text safe; see `Markup` for what comes with it.

    Raises ValueError for what is no HTML, or nested more deeply than any text needs.
    """
    written = _shallow(parse(html))
    film = written.find(_FILMS)
    soup = _shallow(parse(_admit(html)))
    for heading in soup(list(_SHIFTED)):
        heading.name = _SHIFTED[heading.name]
    references = take_images(soup)
    files = take_files(soup)
    odd = {name for image in written("img") for name in image.attrs} - _OF_IMAGES
    return Markup(
        refused=mend_links(soup),
        html=_finish(soup),
        references=references,
        files=files,
        film=film.name if film else None,
        odd=tuple(sorted(odd | odd_of_files(written))),
        has_loose_declaration=_is_loose(written),
    )


def renumber(
    html: str,
    photos: Mapping[int, int],
    files: Mapping[int, int],
    alts: Mapping[int, str] | None = None,
) -> str:
    """Safe HTML with other numbers on its figures and files.

    A figure that gets none leaves no trace at all, of a file its words remain. `alts` are a
    translation's own words for its photos, by the numbers before.
    """
    soup = parse(html)
    describe(soup, alts or {})
    renumber_figures(soup, photos)
    renumber_files(soup, files)
    return _finish(soup)


def _admit(html: str) -> str:
    return nh3.clean(
        html,
        tags=_WRITTEN,
        attributes={**ATTRIBUTES, "img": _OF_IMAGES, "a": {"href", "attested_by"}},
        url_schemes=SCHEMES | _REFUSED_SCHEMES,
        link_rel=None,
    )


def _shallow(soup: BeautifulSoup) -> BeautifulSoup:
    """The same tree, when it is safe to walk it."""
    for element in soup.descendants:
        if next(islice(element.parents, _DEEPEST, None), None) is not None:
            raise ValueError("nested too deeply")
    return soup


def _is_loose(written: BeautifulSoup) -> bool:
    """Whether a declaration hit something else than an image, or shows as text."""
    named = [tag for name in _DECLARED for tag in written.select(f"[{name}]")]
    other = [tag for tag in named if tag.name != "img" and not is_attested_file(tag)]
    return bool(other) or bool(_LOOSE.search(written.get_text()))


def _finish(soup: BeautifulSoup) -> str:
    tidy(soup)
    return nh3.clean(
        str(soup),
        tags=_FINAL,
        attributes={
            **ATTRIBUTES,
            "a": {"href", "target"},
            "figure": {NUMBER, ALT},
            "span": {FILE},
        },
        allowed_classes={"span": {WHERE}},
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    )
