"""The words of a post, piece by piece: where each stands, and whether beside a photo.

Beside a photo or film are its description and captions, the block of text (paragraph, list item,
heading, cell) directly before and directly after it, the last block before an album, and whatever
heads the whole of a post with a photo: its title, its place and what to bring.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser

from lichtbrief.editions.films import captions_name
from lichtbrief.editions.places import POST
from lichtbrief.editions.post import Post, Text
from lichtbrief.editions.tidying import BLOCKS
from lichtbrief.editions.translations import translation_file

PHOTO = None  # where a photo stands among the blocks of a text


@dataclass(frozen=True, slots=True)
class Words:
    """One piece of text.

    `field` is the header's key, or `alt` for a description, the name of a file of captions, or
    empty. `file` is the name of the file, in the post's folder, that it stands in: the post's own
    or a translation's.
    """

    text: str
    field: str
    beside_photo: bool
    file: str = POST


def words_in(post: Post) -> Iterator[Words]:
    """Every piece of text that parents get to read of a post, but for names of staff."""
    for photo in post.photos:
        if photo.captions:
            yield Words(photo.captions, captions_name(photo.file), beside_photo=True)
    for number, text in enumerate(post.texts):
        file = translation_file(text.lang) if number else POST
        for words in _words_of(text, has_photo=bool(post.photos)):
            yield replace(words, file=file)


def _words_of(text: Text, *, has_photo: bool) -> Iterator[Words]:
    yield Words(text.title, "title", has_photo)
    yield Words(text.bring, "bring", has_photo)
    yield Words(text.location, "location", has_photo)
    for alt in text.alts:
        yield Words(alt, "alt", beside_photo=True)
    pieces = _Pieces(text.html)
    for caption in pieces.captions:
        yield Words(caption, "", beside_photo=True)
    blocks = pieces.blocks + [PHOTO] * bool(text.album)
    for place, block in enumerate(blocks):
        if block is not PHOTO:
            near = blocks[max(0, place - 1) : place + 2]
            yield Words(block, "", beside_photo=PHOTO in near)


class _Pieces(HTMLParser):
    """Safe HTML as its `captions` and, in order, its `blocks` of text and `PHOTO`s."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.captions: list[str] = []
        self.blocks: list[str | None] = []
        self._text: list[str] = []
        self.feed(html)
        self.close()
        self._end(self.blocks)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self._end(self.blocks)
        if tag == "figure":
            self.blocks.append(PHOTO)
        elif tag == "br":
            self._text.append("\n")
        self._text += (f" {value} " for name, value in attrs if name == "title")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._end(self.captions if tag == "figcaption" else self.blocks)

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def _end(self, found: list[str | None] | list[str]) -> None:
        text = "".join(self._text)
        self._text.clear()
        if text.strip():
            found.append(text)
