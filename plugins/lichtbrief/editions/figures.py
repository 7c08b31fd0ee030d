"""Photos in a post's tree: each image becomes a numbered figure that stands between blocks."""

from collections.abc import Mapping
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from lichtbrief.editions.tidying import BLOCKS, take_out

NUMBER = "data-photo"
ALT = "data-alt"  # a translation's own description

# A figure can stand in these, after the text. Not in a table's cell, a definition or a note: taken
# out of one of those it would leave an empty cell, a term or a number that leads nowhere.
_CONTAINERS = frozenset({"blockquote", "li"})
_NOTES = "footnote"


@dataclass(frozen=True, slots=True)
class Reference:
    """One image of a text, as written: where it points, and what is said about it.

    `people`, `attested_by` and `cover` are None when the text does not say them.
    """

    src: str
    alt: str
    people: str | None
    attested_by: str | None
    cover: str | None = None


def take_images(soup: BeautifulSoup) -> tuple[Reference, ...]:
    """Replace each image by a figure with its number, after the block in which it stood.

    A block that held nothing else is gone; a title becomes the caption.
    """
    images = soup("img")
    references = tuple(_reference(image) for image in images)
    # From the last to the first, so that those of one paragraph keep their order behind it.
    for number, image in reversed(list(enumerate(images))):
        _replace(soup, image, number)
    return references


def _reference(image: Tag) -> Reference:
    def said(name: str) -> str | None:
        value = image.get(name)
        return None if value is None else str(value).strip()

    people, attested_by = said("people"), said("attested_by")
    return Reference(said("src") or "", said("alt") or "", people, attested_by, said("cover"))


def _replace(soup: BeautifulSoup, image: Tag, number: int) -> None:
    figure = soup.new_tag("figure", attrs={NUMBER: str(number)})
    caption = str(image.get("title") or "").strip()
    if caption:
        words = soup.new_tag("figcaption")
        words.string = caption
        figure.append(words)
    _last_of_block(image).insert_after(figure)
    take_out(image)


def _last_of_block(image: Tag) -> Tag:
    """What the figure is to follow: the block around the image, or the run of text it stands in."""
    current = image.find_parent("div", class_=_NOTES) or image
    while current.parent is not None and current.parent.name not in _CONTAINERS:
        if isinstance(current.parent, BeautifulSoup):
            break
        current = current.parent
    following = current
    while current.name not in BLOCKS and following.next_sibling is not None:
        beyond = following.next_sibling
        if isinstance(beyond, Tag) and beyond.name in BLOCKS:
            break
        following = beyond  # type: ignore[assignment] # text can be followed too
    return following


def describe(soup: BeautifulSoup, alts: Mapping[int, str]) -> None:
    """Give figures a description of their own, by number; the others keep the photo's."""
    for figure in soup("figure"):
        alt = alts.get(int(str(figure[NUMBER]))) if figure.has_attr(NUMBER) else None
        if alt:
            figure[ALT] = alt


def renumber(soup: BeautifulSoup, numbers: Mapping[int, int]) -> None:
    """Give each figure its new number; one that has none leaves no trace."""
    for figure in soup("figure"):
        new = numbers.get(int(str(figure[NUMBER])))
        if new is None:
            take_out(figure)
        else:
            figure[NUMBER] = str(new)
