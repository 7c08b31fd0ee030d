"""Looks for words and bytes in whatever was written, in every dress that they may wear."""

import base64
import hashlib
import html
import json
import quopri
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from urllib.parse import quote, quote_plus

GZIP = re.compile(rb"\x1f\x8b\x08")
BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{64,}={0,2}")
DEEPEST = 4  # a page in gzip in base64 in a letter in gzip


@dataclass(frozen=True, slots=True)
class Canary:
    """Something that may not get out: what it is, and its bytes, or its text in UTF-8."""

    what: str
    data: bytes
    is_text: bool = True

    def exact(self) -> set[bytes]:
        """As bytes, and in base64 at each of its three alignments."""
        return {self.data, *_base64(self.data)}

    def folded(self) -> set[bytes]:
        """Where upper and lower case are one: hexadecimal, and every way to write a text."""
        found = {self.data.hex().encode()}
        if self.is_text:
            text = self.data.decode()
            escaped = (quote(text), quote_plus(text), json.dumps(text)[1:-1], html.escape(text))
            ascii_only = text.encode("ascii", "xmlcharrefreplace")
            found |= {self.data, ascii_only, *(each.encode() for each in escaped)}
            found |= {text.encode(code) for code in ("latin-1", "utf-16-le", "utf-16-be")}
            found.add(quopri.encodestring(self.data))
        return {each.lower() for each in found}


def _base64(data: bytes) -> Iterator[bytes]:
    for shift in range(3):
        encoded = base64.b64encode(bytes(shift) + data).rstrip(b"=")
        # What shares a character with a neighbour is not ours alone.
        inner = encoded[(0, 2, 3)[shift] : len(encoded) - bool((shift + len(data)) % 3)]
        yield inner
        yield inner.translate(bytes.maketrans(b"+/", b"-_"))


def text(what: str, word: str) -> Canary:
    """A word that nobody else writes."""
    return Canary(what, word.encode())


def of_photo(what: str, data: bytes) -> list[Canary]:
    """What gives away that somebody has this very file: its digests, and pieces of it."""
    digests = (hashlib.new(name, data).digest() for name in ("sha256", "sha1", "md5"))
    scan = data.rindex(b"\xff\xda")  # before it stand tables that many photos share
    cuts = (data[at : at + 24] for at in range(scan + 100, len(data) - 24, 200))
    pieces = [cut for cut in cuts if len(set(cut)) > 12]
    assert pieces
    return [
        *(Canary(f"a digest of {what}", digest, is_text=False) for digest in digests),
        *(Canary(f"a piece of {what}", piece, is_text=False) for piece in pieces),
    ]


def readings(data: bytes, deep: int = 0) -> Iterator[bytes]:
    """The bytes, and whatever lies in them in gzip or in base64."""
    yield data
    if deep == DEEPEST:
        return
    for found in GZIP.finditer(data):
        try:
            yield from readings(zlib.decompressobj(31).decompress(data[found.start() :]), deep + 1)
        except zlib.error:
            continue
    for run in BASE64.findall(data):
        standard = run.translate(bytes.maketrans(b"-_", b"+/")).rstrip(b"=")
        for start in range(4):  # what stands before it may look like a part of it
            whole = standard[start : start + (len(standard) - start) // 4 * 4]
            yield from readings(base64.b64decode(whole), deep + 1)


def find(canaries: Iterable[Canary], places: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Every canary that got into one of the places, as (what, place)."""
    dressed = [(canary.what, canary.exact(), canary.folded()) for canary in canaries]
    found: set[tuple[str, str]] = set()
    for place, data in places.items():
        for reading in readings(data):
            folded = reading.lower()
            for what, exact, loose in dressed:
                if any(each in reading for each in exact) or any(each in folded for each in loose):
                    found.add((what, place))
    return sorted(found)


def files_in(folder: Path, *but: str) -> dict[str, bytes]:
    """Every file below `folder` by its relative name, but for those in the folders `but`."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(path.is_relative_to(folder / each) for each in but)
    }


def mail_parts(path: Path) -> dict[str, bytes]:
    """One mail as it came and each part decoded, without the two lines that say whom it is for."""
    data = path.read_bytes()
    message = message_from_bytes(data)
    head, gap, body = data.partition(b"\r\n\r\n")
    lines = (
        line for line in head.split(b"\r\n") if not line.startswith((b"Delivered-To:", b"To:"))
    )
    parts = {f"{path.name} as it came": b"\r\n".join(lines) + gap + body}
    leaves: list[Message] = [part for part in message.walk() if not part.is_multipart()]
    for number, part in enumerate(leaves):
        decoded = part.get_payload(decode=True)
        assert isinstance(decoded, bytes)
        parts[f"{path.name} part {number}"] = decoded
    return parts
