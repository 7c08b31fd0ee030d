"""Words that only those they are for can open, with a key of their own; FORMAT.md, "Sealed words".

The school, with all its keys, opens the reply around them: from whom, to whom, about whom, when.
"""

import base64
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lichtbrief.replies.hpke import (
    ENC_BYTES,
    TAG_BYTES,
    UnopenedError,
    open_sealed,
    public_key,
    seal_for,
)
from lichtbrief.replies.own_key import OwnKey
from lichtbrief.replies.words import read_some_words
from lichtbrief.roster import is_id
from lichtbrief.sealing import context

BUCKETS = (768, 4096)
KEY_BYTES = 32
WRAPPED_BYTES = ENC_BYTES + KEY_BYTES + TAG_BYTES
SIZES = tuple(bucket + TAG_BYTES for bucket in BUCKETS)
# The key seals these words and nothing else.
NONCE = bytes(12)


@dataclass(frozen=True, slots=True)
class SealedWords:
    """Words sealed with a key of their own, and that key sealed for each who may open them, by
    id."""

    text: bytes = field(repr=False)
    keys: Mapping[str, bytes] = field(repr=False)

    def as_json(self) -> Mapping[str, object]:
        """As they stand in a reply."""
        keys = {reader: _in_base64(key) for reader, key in self.keys.items()}
        return {"text": _in_base64(self.text), "keys": keys}


def read_sealed(value: object) -> SealedWords:
    """What `as_json` gives, and nothing else; raises ValueError, TypeError or KeyError."""
    if not isinstance(value, dict) or value.keys() != {"text", "keys"}:
        raise ValueError("not sealed words")
    text, keys = _bytes(value["text"]), value["keys"]
    if len(text) not in SIZES or not isinstance(keys, dict) or not keys:
        raise ValueError("not sealed words")
    found = {reader: _bytes(key) for reader, key in keys.items()}
    if not all(is_id(reader) and len(key) == WRAPPED_BYTES for reader, key in found.items()):
        raise ValueError("sealed for nobody")
    return SealedWords(text, MappingProxyType(found))


def open_words(sealed: SealedWords, own: OwnKey, about: Sequence[str]) -> str:
    """The words, for the owner of this key; `about` is what they are bound to.

    Raises UnopenedError for another key, and for everything that is not as it was sealed.
    """
    try:
        key = open_sealed(sealed.keys[own.owner], own.private, _info(about, own.owner))
        padded = AESGCM(key).decrypt(NONCE, sealed.text, None)
        (length,) = struct.unpack_from(">H", padded)
        text, rest = padded[2 : 2 + length], padded[2 + length :]
        if len(text) != length or rest.strip(b"\0"):
            raise ValueError("not padded as written")
        return read_some_words(text.decode("utf-8"))
    except (KeyError, InvalidTag, ValueError):
        raise UnopenedError from None


def seal_words(
    words: str, readers: Mapping[str, bytes], about: Sequence[str], key: bytes
) -> SealedWords:
    """The words for these readers, by id, with 65 bytes of a public key each; `key` is 32 fresh
    random bytes.

    ValueError for words that are too long, and for a key that is none.
    """
    text = words.encode("utf-8")
    size = next((bucket for bucket in BUCKETS if len(text) + 2 <= bucket), None)
    if size is None:
        raise ValueError("words that are too long")
    padded = (struct.pack(">H", len(text)) + text).ljust(size, b"\0")
    keys = {
        reader: seal_for(key, public_key(public), _info(about, reader))
        for reader, public in readers.items()
    }
    return SealedWords(AESGCM(key).encrypt(NONCE, padded, None), MappingProxyType(keys))


def _info(about: Sequence[str], reader: str) -> bytes:
    return context("word", *about, reader)


def _bytes(value: object) -> bytes:
    """Base64 as it is written in one way only; raises ValueError or TypeError."""
    if not isinstance(value, str):
        raise TypeError("not bytes")
    data = base64.b64decode(value, validate=True)
    if _in_base64(data) != value:
        raise ValueError("not bytes as they are written")
    return data


def _in_base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
