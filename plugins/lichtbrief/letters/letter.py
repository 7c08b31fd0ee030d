"""A letter: the reader and, sealed, one guardian's pages, signed links and keys of one week."""

import base64
import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import deflate

from lichtbrief.editions import Week
from lichtbrief.letters.colours import style_of
from lichtbrief.letters.letterhead import Letterhead
from lichtbrief.letters.reader import read_reader
from lichtbrief.letters.words import reader_words
from lichtbrief.theme import Theme

FORMAT = "lichtbrief letter 1"
TIGHT = 10  # of libdeflate; 12 takes half as long again for some two bytes


@dataclass(frozen=True, slots=True)
class GrantedEdition:
    """An edition as one guardian gets it.

    `url` is the signed link (absolute, or relative to the letter), `key` the 32 bytes of the
    object key, `start` the offset in bytes of segment 1, `index` and `page` segments 0 and 1.
    """

    group: str
    url: str = field(repr=False)
    key: bytes = field(repr=False)
    start: int
    index: Mapping[str, object] = field(repr=False)
    page: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OlderEdition:
    """An edition of an earlier week, which the reader fetches when somebody asks for it."""

    group: str
    name: str
    week: Week
    url: str = field(repr=False)
    key: bytes = field(repr=False)
    start: int


@dataclass(frozen=True, slots=True)
class Letter:
    """What one guardian's letter of one week holds.

    `letter_id` is its opaque name, `until`, with its zone, when its signed links end. `reader` is
    the name of whom it is for, or empty; it stands in the sealed envelope alone. `calendar` is what
    `render_months` makes of its editions. `record` is what `render_record` makes, once a year, or
    empty. `replies` is what it takes to answer it (replies' FORMAT.md, "Letterbox"), or empty.
    """

    letter_id: str
    week: Week
    until: datetime
    editions: Sequence[GrantedEdition]
    older: Sequence[OlderEdition] = ()
    reader: str = field(default="", repr=False)
    calendar: str = field(default="", repr=False)
    record: str = field(default="", repr=False)
    replies: Mapping[str, object] = field(default_factory=dict, repr=False)


def build_letter(
    theme: Theme,
    language: str,
    letterhead: Letterhead,
    letter: Letter,
    seal: Callable[[Sequence[bytes]], bytes],
    lock: Callable[[bytes], bytes] | None = None,
) -> bytes:
    """The letter's HTML (UTF-8): the same bytes for the same values.

    `letter_id` is the context of the sealed envelope: `seal` is sealing's `seal` with the letter
    key and the fields ("letter", letter_id). `lock` seals its content before that, so that it
    takes a passphrase to read it. Raises LichtbriefError when the theme is broken.
    """
    content, replies, locked = envelope(letter), bool(letter.replies), lock is not None
    asked = {"replies": replies, "locked": locked, "surveys": "surveys" in letter.replies}
    sealed = seal([lock(content) if lock else content])
    html = theme.render(
        "letter.html",
        language,
        letterhead=letterhead,
        letter_id=letter.letter_id,
        envelope=base64.b64encode(sealed).decode(),
        locked=locked,
        reader=read_reader(theme.static, style_of(letterhead.colour), **asked),
        reader_words=reader_words(theme.words(language), **asked),
    )
    return html.encode()


def on_the_wire(html: bytes) -> bytes:
    """A letter, or what stands in one, as it is stored and fetched: gzip, as small as it can be.

    It is made once and fetched on slow lines; libdeflate takes 3.5 ms for some 3 % less than zlib.
    """
    return bytes(deflate.gzip_compress(html, TIGHT))


def envelope(letter: Letter) -> bytes:
    """What a letter seals: gzip of canonical JSON. ValueError for an `until` without zone."""
    if letter.until.tzinfo is None:
        raise ValueError("`until` must have a time zone")
    content: dict[str, object] = {
        "format": FORMAT,
        "week": str(letter.week),
        "until": letter.until.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "reader": letter.reader,
        # One element, which the reader puts above the news.
        "calendar": f"<div>{letter.record}{letter.calendar}</div>"
        if letter.record
        else letter.calendar,
        "editions": [_entry(edition) for edition in letter.editions],
        "older": [_older(edition) for edition in letter.older],
    }
    if letter.replies:
        content["replies"] = letter.replies
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


def _entry(edition: GrantedEdition) -> dict[str, object]:
    return {
        "group": edition.group,
        "url": edition.url,
        "key": base64.urlsafe_b64encode(edition.key).decode(),
        "start": edition.start,
        "index": edition.index,
        "page": edition.page,
    }


def _older(edition: OlderEdition) -> dict[str, object]:
    return {
        "group": edition.group,
        "name": edition.name,
        "week": str(edition.week),
        "url": edition.url,
        "key": base64.urlsafe_b64encode(edition.key).decode(),
        "start": edition.start,
    }
