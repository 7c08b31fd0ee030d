"""Posts in one canonical form, in which nothing tells that a photo once stood somewhere.

White space that browsers ignore, a paragraph alone in a list item, a list cut in two: all of
these would differ between a post without a photo and one whose photo was taken out.
"""

import re
from typing import TypeGuard

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement
from bs4.exceptions import ParserRejectedMarkup

LISTS = frozenset({"dd", "dl", "dt", "li", "ol", "ul"})
CELLS = frozenset({"tbody", "td", "th", "thead", "tr"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = (
    LISTS | CELLS | HEADINGS | {"blockquote", "figcaption", "figure", "hr", "p", "pre", "table"}
)

_BREAK = frozenset({"br"})
_MERGED = frozenset({"ul", "ol", "blockquote"})
_SPACE = re.compile(r"[ \t\n\r\f]+")


def parse(html: str) -> BeautifulSoup:
    """HTML as a tree that can be changed; raises ValueError for what is no HTML at all."""
    try:
        return BeautifulSoup(html, "html.parser")
    except ParserRejectedMarkup as error:
        raise ValueError("not HTML") from error


def is_blank(tag: Tag) -> bool:
    """Whether nothing of an element would be seen."""
    return not tag.get_text().strip() and tag.find(["img", "figure", "hr"]) is None


def take_out(tag: Tag) -> None:
    """Remove an element, and then what that leaves blank around it.

    A cell of a table stays, or the columns would shift, until its whole row is blank.
    """
    above: Tag | None = tag
    while above is not None and above.parent is not None:
        current, above = above, above.parent
        if current is not tag and not is_blank(current):
            return
        if current is tag or current.name not in ("td", "th"):
            _close_breaks(current)
            _close_lists(current)
            current.extract()


def _close_breaks(tag: Tag) -> None:
    """Remove the line break that only this element asks for."""
    before, after = _beside(tag, forward=False), _beside(tag, forward=True)
    if _is(before, _BREAK) and (after is None or _is(after, BLOCKS | _BREAK)):
        before.extract()
    elif _is(after, _BREAK) and (before is None or _is(before, BLOCKS)):
        after.extract()


def _close_lists(tag: Tag) -> None:
    """Join the two halves of a list that only this element keeps apart."""
    before, after = _beside(tag, forward=False), _beside(tag, forward=True)
    if _is(before, _MERGED) and _is(after, _MERGED) and before.name == after.name:
        before.extend(list(after.contents))
        after.extract()


def _beside(tag: Tag, *, forward: bool) -> PageElement | None:
    """The next thing on one side in the same element that is more than white space."""
    found = tag.next_sibling if forward else tag.previous_sibling
    while isinstance(found, NavigableString) and not _SPACE.sub("", found):
        found = found.next_sibling if forward else found.previous_sibling
    return found


def _is(element: PageElement | None, names: frozenset[str]) -> TypeGuard[Tag]:
    return isinstance(element, Tag) and element.name in names


def tidy(soup: BeautifulSoup) -> None:
    """Bring a whole post into the canonical form."""
    for paragraph in soup("p"):
        if is_blank(paragraph):
            paragraph.extract()
    for item in soup(["li", "dd"]):
        inner = [child for child in item.children if str(child).strip()]
        if len(inner) == 1 and isinstance(inner[0], Tag) and inner[0].name == "p":
            inner[0].unwrap()
    for rule in soup("hr"):
        before = _beside(rule, forward=False)
        if before is None or _is(before, frozenset({"hr"})):
            rule.extract()
    for rule in soup("hr"):
        if _beside(rule, forward=True) is None:
            rule.extract()
    soup.smooth()
    _Spaces().walk(soup)


class _Spaces:
    """Leaves of each run of white space what a browser shows of it: one space, or none."""

    def __init__(self) -> None:
        self.last: NavigableString | None = None

    def walk(self, tag: Tag) -> None:
        for child in list(tag.children):
            if isinstance(child, NavigableString):
                self._text(child)
            elif isinstance(child, Tag) and child.name in BLOCKS | _BREAK:
                self._edge()
                if child.name != "pre":
                    self.walk(child)
                self._edge()
            elif isinstance(child, Tag):
                self.walk(child)
        if isinstance(tag, BeautifulSoup):
            self._edge()

    def _text(self, text: NavigableString) -> None:
        shown = _SPACE.sub(" ", text)
        if self.last is None or self.last.endswith(" "):
            shown = shown.lstrip(" ")
        if not shown:
            text.extract()
            return
        self.last = NavigableString(shown)
        text.replace_with(self.last)

    def _edge(self) -> None:
        """Nothing is seen of a space at the beginning or at the end of a block."""
        if self.last is not None:
            shown = self.last.rstrip(" ")
            self.last.replace_with(NavigableString(shown))
        self.last = None
