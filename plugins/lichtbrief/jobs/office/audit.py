"""Opening one stored object with its key, for an audit: by the format alone, with no roster.

An auditor who has a parent's link can see with this all that the parent can see, and nothing else.
Whoever has the key may also have made the object: nothing in it is taken on trust.
"""

import base64
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lichtbrief.errors import LichtbriefError
from lichtbrief.sealing import (
    Header,
    Refusal,
    Refused,
    SealedReader,
    Secret,
    locked_secret,
    parse_code,
)

LARGEST = 64 * 1024 * 1024  # bytes of a letter or a page; a gzip of a few KiB may hold more
LETTER = re.compile(rb'<body data-letter="([a-z2-7]{26})"')
ENVELOPE = re.compile(rb'<script type="text/plain" id="envelope">([A-Za-z0-9+/=]*)</script>')
KEY = re.compile(r"[A-Za-z0-9_-]{43}=?")
OFFICE = "application/vnd.openxmlformats-officedocument."
ENDINGS = {
    "image/jpeg": "jpg",
    "image/avif": "avif",
    "image/webp": "webp",
    "application/pdf": "pdf",
    "text/calendar": "ics",
    f"{OFFICE}wordprocessingml.document": "docx",
    f"{OFFICE}spreadsheetml.sheet": "xlsx",
}
BROKEN = (ValueError, LookupError, TypeError, AttributeError, RecursionError, zlib.error)
GZIP = b"\x1f\x8b"
HOW = "give the file as it lies in the store"


@dataclass(frozen=True, slots=True)
class Opened:
    """What was in a sealed object: a description, and files by name."""

    kind: str
    about: Mapping[str, Any]
    files: Mapping[str, bytes] = field(repr=False)


def open_object(data: bytes, key: str, passphrase: str = "") -> Opened:
    """Open a letter with the code of its link, or an edition with its object key (base64url).

    A locked letter takes the guardian's `passphrase` too.

    Raises `LichtbriefError` when it is not ours or does not open.
    """
    try:
        page = _unzip(data) if data.startswith(GZIP) else data
        if page.lstrip()[:9].lower() == b"<!doctype":
            return _open_letter(page, key, passphrase)
        return _open_edition(page, key)
    except Refused as error:
        if error.why is not Refusal.WRONG_KEY:
            raise
        hint = "a letter opens with the code of its own link, an edition with its own `key`"
        raise LichtbriefError("this key does not open it", hint) from error
    except BROKEN as error:
        raise LichtbriefError("this is damaged, or not of this format", HOW) from error


def _open_letter(page: bytes, code: str, passphrase: str) -> Opened:
    letter, envelope = LETTER.search(page), ENVELOPE.search(page)
    if letter is None or envelope is None:
        raise LichtbriefError("this is a page, but not a letter", HOW)
    if KEY.fullmatch(code):
        raise LichtbriefError("this is a letter", "open it with the code behind the # of its link")
    key, sealed = parse_code(code), base64.b64decode(envelope[1], validate=True)
    letter_id = letter[1].decode()
    plain = SealedReader.unlock(sealed, key, ("letter", letter_id)).first()
    if not plain.startswith(GZIP):
        plain = _open_locked(plain, key, passphrase, letter_id)
    content = json.loads(_unzip(plain))
    editions = enumerate(content["editions"], 1)
    pages = {f"edition-{n}.html": edition.pop("page").encode() for n, edition in editions}
    return Opened("letter", content, pages)


def _open_locked(locked: bytes, key: Secret, passphrase: str, letter_id: str) -> bytes:
    if not passphrase:
        hint = "give the one on the guardian's card: --passphrase"
        raise LichtbriefError("this letter asks for a passphrase too", hint)
    secret = locked_secret(key, passphrase, letter_id)
    return SealedReader.unlock(locked, secret, ("locked", letter_id)).first()


def _open_edition(data: bytes, text: str) -> Opened:
    Header.parse(data)  # that it is not ours at all goes before what is wrong with the key
    reader = SealedReader(data, _object_key(text))
    index = json.loads(reader.first())
    _, page, *segments = reader.every(index["sizes"])
    files = {"page.html": _unzip(page)}
    for number, photo in enumerate(index["photos"]):
        for size, mime in (("small", "image/jpeg"), ("large", photo["mime"])):
            ending = ENDINGS.get(mime, "bin")
            files[f"photo-{number}-{size}.{ending}"] = segments[photo[size] - 2]
        if film := photo.get("film"):
            files[f"film-{number}.mp4"] = segments[film["segment"] - 2]
            if "captions" in film:
                files[f"film-{number}.vtt"] = segments[film["captions"] - 2]
    for number, file in enumerate(index.get("attachments", ())):
        ending = ENDINGS.get(file["mime"], "bin")
        files[f"file-{number}.{ending}"] = segments[file["segment"] - 2]
    return Opened("edition", index, files)


def _object_key(text: str) -> Secret:
    if KEY.fullmatch(text) is None:
        hint = "an edition's key is the `key` of its entry in an opened letter"
        raise LichtbriefError("this is not the key of an edition", hint)
    return Secret(base64.urlsafe_b64decode(text.rstrip("=") + "="))


def _unzip(data: bytes) -> bytes:
    """What a gzip holds, if it is whole and not absurdly large; ValueError or zlib.error if not."""
    stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    page = stream.decompress(data, LARGEST)
    if not stream.eof:
        raise ValueError("cut off, or too large")
    return page
