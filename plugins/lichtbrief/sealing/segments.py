"""Segments: AES-256-GCM in chunks of 64 KiB whose nonces hold their place (FORMAT.md, "Segments").

As in age's STREAM, the last chunk is marked, so a cut at a chunk's end is seen; the segment's
number in the nonce keeps segments from changing places.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lichtbrief.sealing.refusals import Refusal, Refused

CHUNK = 65_536
TAG = 16
NEAR = 8  # how far to look for a chunk's own place: at most 578 tries, some 20 ms


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chunk belongs: segment number, counter within it from 0, whether it is the last."""

    segment: int
    counter: int
    last: bool

    @property
    def nonce(self) -> bytes:
        """The 12 bytes u32 segment, u56 counter, u8 last flag."""
        return struct.pack(">I", self.segment) + self.counter.to_bytes(7) + bytes([self.last])


def chunk_count(length: int) -> int:
    """How many chunks a segment of `length` plaintext bytes has: an empty one has one."""
    if length < 0:
        raise ValueError("a segment's length is not negative")
    return max(1, -(-length // CHUNK))


def cipher_length(length: int) -> int:
    """How many bytes a segment of `length` plaintext bytes takes in a sealed object."""
    return length + TAG * chunk_count(length)


def places(segment: int, length: int) -> list[Place]:
    """The places of all chunks of one segment, in order."""
    count = chunk_count(length)
    return [Place(segment, counter, counter == count - 1) for counter in range(count)]


def seal_segment(key: AESGCM, number: int, plain: bytes) -> bytes:
    """One segment's chunks, each with its tag, in order."""
    return b"".join(
        key.encrypt(place.nonce, plain[place.counter * CHUNK : (place.counter + 1) * CHUNK], None)
        for place in places(number, len(plain))
    )


def unseal_segment(key: AESGCM, number: int, length: int, sealed: bytes) -> bytes:
    """The whole plaintext of one segment, `length` bytes, or Refused and none of it.

    `sealed` is exactly the segment's bytes; one that is shorter or longer is `truncated`.
    """
    if len(sealed) != cipher_length(length):
        raise Refused(Refusal.TRUNCATED)
    step = CHUNK + TAG
    parts = []
    for place in places(number, length):
        chunk = sealed[place.counter * step : (place.counter + 1) * step]
        part = _open(key, place, chunk)
        if part is None:
            raise Refused(_diagnose(key, place, chunk))
        parts.append(part)
    return b"".join(parts)


def _open(key: AESGCM, place: Place, chunk: bytes) -> bytes | None:
    try:
        return key.decrypt(place.nonce, chunk, None)
    except InvalidTag:
        return None


def _diagnose(key: AESGCM, place: Place, chunk: bytes) -> Refusal:
    """Why a chunk does not fit its place; what a try decrypts is thrown away."""
    if _open(key, Place(place.segment, place.counter, not place.last), chunk) is not None:
        return Refusal.TRUNCATED
    fits = any(_open(key, other, chunk) is not None for other in _nearby(place))
    return Refusal.REORDERED if fits else Refusal.DAMAGED


def _nearby(place: Place) -> Iterator[Place]:
    for segment in range(max(0, place.segment - NEAR), place.segment + NEAR + 1):
        for counter in range(max(0, place.counter - NEAR), place.counter + NEAR + 1):
            yield Place(segment, counter, last=False)
            yield Place(segment, counter, last=True)
