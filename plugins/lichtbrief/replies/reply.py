"""A reply as it is stored, opened: FORMAT.md. Hostile bytes in, a `Reply` or a reason out."""

import hashlib
import hmac
import json
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NoReturn

from lichtbrief.replies.hpke import ENC_BYTES, TAG_BYTES, UnopenedError, open_sealed
from lichtbrief.replies.kinds import Body, read_body
from lichtbrief.replies.letterbox import Letterbox
from lichtbrief.replies.refusals import AsideError, Why

MAGIC = b"lichtbrief reply 1\n"
BUCKETS = (512, 2048, 8192)
AROUND = len(MAGIC) + ENC_BYTES + TAG_BYTES
SIZES = tuple(bucket + AROUND for bucket in BUCKETS)
MAC_BYTES = 32
_ID = re.compile(r"[0-9a-f]{32}")
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a guardian sent: `id` is 32 hex digits, `at` the moment (UTC) by the sender's clock.

    `text` is the JSON of all of it, as it was sent.
    """

    id: str
    at: datetime
    body: Body = field(repr=False)
    text: str = field(repr=False)


def open_reply(data: bytes, box: Letterbox) -> Reply:
    """Open what was found in a letterbox; raises `AsideError` and gives nothing of it."""
    if len(data) not in SIZES:
        raise AsideError(Why.size)
    if not data.startswith(MAGIC):
        raise AsideError(Why.unsealed)
    try:
        plain = open_sealed(data[len(MAGIC) :], box.school, box.info)
    except UnopenedError:
        raise AsideError(Why.unsealed) from None
    mac, padded = plain[:MAC_BYTES], plain[MAC_BYTES:]
    if not hmac.compare_digest(mac, authenticator(box, padded)):
        raise AsideError(Why.forged)
    try:
        return read_reply(_text(padded))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise AsideError(Why.malformed) from None


def authenticator(box: Letterbox, padded: bytes) -> bytes:
    """The 32 bytes that only a holder of this letter can make for this plaintext."""
    return hmac.digest(box.own.reveal(), box.info + padded, hashlib.sha256)


def read_reply(text: str) -> Reply:
    """A reply's JSON text; raises ValueError, TypeError, KeyError or RecursionError."""
    value = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    if not isinstance(value, dict) or value.keys() != {"id", "kind", "at", "body"}:
        raise ValueError("not a reply")
    if not _ID.fullmatch(value["id"]):
        raise ValueError("not an id")
    at = datetime.strptime(value["at"], _MOMENT).replace(tzinfo=UTC)
    if at.strftime(_MOMENT) != value["at"]:
        raise ValueError("not a moment")
    return Reply(value["id"], at, read_body(value["kind"], value["body"]), text)


def _text(padded: bytes) -> str:
    (length,) = struct.unpack_from(">H", padded)
    text, rest = padded[2 : 2 + length], padded[2 + length :]
    if len(text) != length or rest.strip(b"\0"):
        raise ValueError("not padded as written")
    return text.decode("utf-8")


def _once(pairs: list[tuple[str, object]]) -> Mapping[str, object]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise ValueError("a name stands twice")
    return values


def _refuse(_: str) -> NoReturn:
    raise ValueError("not a number of JSON")
