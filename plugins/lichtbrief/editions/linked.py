"""Links of a text to files beside it: each becomes a numbered place that names what it offers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from lichtbrief.media import is_attachment_name

FILE = "data-file"

_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|[#{|]")
_OF_FILES = frozenset({"href", "title", "attested_by"})


@dataclass(frozen=True, slots=True)
class Linked:
    """One link to a file, as written: where it points, its words, and who attests it."""

    src: str
    title: str
    attested_by: str | None


def is_file_link(link: Tag) -> bool:
    """Whether a link leads to a file of the post rather than to an address."""
    target = str(link.get("href") or "").strip()
    return link.name == "a" and not _ELSEWHERE.match(target) and is_attachment_name(target)


def is_attested_file(tag: Tag) -> bool:
    """Whether a tag is a link to a file, behind which nothing is said but who attests it."""
    return is_file_link(tag) and not {"people", "cover"} & tag.attrs.keys()


def odd_of_files(written: BeautifulSoup) -> set[str]:
    """What is said behind links to files, and means nothing there."""
    return {name for link in filter(is_file_link, written("a")) for name in link.attrs} - _OF_FILES


def take_files(soup: BeautifulSoup) -> tuple[Linked, ...]:
    """Replace each link to a file by its words, with a number."""
    links = [link for link in soup("a") if is_file_link(link)]
    linked = []
    for number, link in enumerate(links):
        title, by = " ".join(link.get_text().split()), link.get("attested_by")
        linked.append(Linked(str(link["href"]).strip(), title, None if by is None else str(by)))
        place = soup.new_tag("span", attrs={FILE: str(number)})
        place.string = title
        link.replace_with(place)
    return tuple(linked)


def renumber(soup: BeautifulSoup, numbers: Mapping[int, int]) -> None:
    """Give each place its new number; of one that has none the words remain."""
    for place in soup("span", attrs={FILE: True}):
        new = numbers.get(int(str(place[FILE])))
        if new is None:
            place.unwrap()
        else:
            place[FILE] = str(new)
