"""A letter: the reader and, sealed, one guardian's pages, signed links and keys of one week."""

import base64
import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from lichtbrief.editions import Week
from lichtbrief.letters.reader import read_reader
from lichtbrief.letters.words import reader_words
from lichtbrief.theme import Theme

FORMAT = "lichtbrief letter 1"


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


def build_letter(
    theme: Theme,
    language: str,
    school_name: str,
    contact: str,
    letter_id: str,
    week: Week,
    until: datetime,
    editions: Sequence[GrantedEdition],
    seal: Callable[[Sequence[bytes]], bytes],
) -> bytes:
    """The letter's HTML (UTF-8): the same bytes for the same values.

    `letter_id` is the letter's opaque name and the context of the sealed envelope: `seal` is
    sealing's `seal` with the letter key and the fields ("letter", letter_id). `until`, with its
    zone, is when the signed links end. Raises LichtbriefError when the theme is broken.
    """
    sealed = seal([envelope(week, until, editions)])
    reader = read_reader(theme.static)
    html = theme.render(
        "letter.html",
        language,
        school_name=school_name,
        contact=contact,
        letter_id=letter_id,
        envelope=base64.b64encode(sealed).decode(),
        reader=reader,
        reader_words=reader_words(theme.words(language)),
    )
    return html.encode()


def envelope(week: Week, until: datetime, editions: Sequence[GrantedEdition]) -> bytes:
    """What a letter seals: gzip of canonical JSON. ValueError for an `until` without zone."""
    if until.tzinfo is None:
        raise ValueError("`until` must have a time zone")
    content = {
        "format": FORMAT,
        "week": str(week),
        "until": until.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "editions": [_entry(edition) for edition in editions],
    }
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
