"""Opening one stored object with its key, for an audit: by the format alone, with no roster.

An auditor who has a parent's link can see with this all that the parent can see, and nothing else.
"""

import base64
import gzip
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lichtbrief.errors import LichtbriefError
from lichtbrief.sealing import SealedReader, Secret, parse_code

LETTER = re.compile(rb'<body data-letter="([a-z2-7]{26})"')
ENVELOPE = re.compile(rb'<script type="text/plain" id="envelope">([A-Za-z0-9+/=]*)</script>')
ENDINGS = {"image/jpeg": "jpg", "image/avif": "avif", "image/webp": "webp"}
NOT_OURS = LichtbriefError(
    "this is neither a letter nor a sealed edition", "give the file as it lies in the store"
)


@dataclass(frozen=True, slots=True)
class Opened:
    """What was in a sealed object: a description, and files by name."""

    kind: str
    about: Mapping[str, Any]
    files: Mapping[str, bytes] = field(repr=False)


def open_object(data: bytes, key: str) -> Opened:
    """Open a letter with the code of its link, or an edition with its object key (base64url).

    Raises `LichtbriefError` (also `Refused` and `CodeError`) when it is not ours or does not open.
    """
    page = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    if page.lstrip()[:9].lower() == b"<!doctype":
        return _open_letter(page, parse_code(key))
    return _open_edition(data, _object_key(key))


def _open_letter(page: bytes, key: Secret) -> Opened:
    letter, envelope = LETTER.search(page), ENVELOPE.search(page)
    if letter is None or envelope is None:
        raise NOT_OURS
    sealed = base64.b64decode(envelope[1])
    reader = SealedReader.unlock(sealed, key, ("letter", letter[1].decode()))
    content = json.loads(gzip.decompress(reader.first()))
    editions = enumerate(content["editions"], 1)
    pages = {f"edition-{n}.html": edition.pop("page").encode() for n, edition in editions}
    return Opened("letter", content, pages)


def _open_edition(data: bytes, key: Secret) -> Opened:
    reader = SealedReader(data, key)
    index = json.loads(reader.first())
    _, page, *segments = reader.every(index["sizes"])
    files = {"page.html": gzip.decompress(page)}
    for number, photo in enumerate(index["photos"]):
        ending = ENDINGS.get(photo["mime"], "bin")
        for size in ("small", "large"):
            files[f"photo-{number}-{size}.{ending}"] = segments[photo[size] - 2]
    return Opened("edition", index, files)


def _object_key(text: str) -> Secret:
    try:
        return Secret(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:
        hint = "an edition's key is the `key` of its entry in an opened letter"
        raise LichtbriefError("this is not the key of an edition", hint) from None
