"""The cases of sealed objects: those that open, and those that are refused and why."""

import base64
import hashlib
from collections.abc import Iterator, Sequence

from lichtbrief.sealing import Secret, cipher_length, seal
from tests.sealing.given import CHUNK, EDITION, HEADER, LAST_YEAR, THIS_YEAR, Vector


def filler(length: int, seed: str = "photo") -> bytes:
    """Bytes that look like a photo's and are the same every time."""
    return hashlib.shake_256(seed.encode()).digest(length)


SMALL = (b'{"format": "lichtbrief edition 1"}', b"<p>Naar het bos</p>", filler(40))
TWO_CHUNKS = (b"{}", filler(CHUNK + 1))


def told(plain: bytes) -> str:
    """A plaintext as the file has it: in full when short, else its digest."""
    return plain.hex() if len(plain) <= 64 else "sha256:" + hashlib.sha256(plain).hexdigest()


def in_base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def opens(name: str, segments: Sequence[bytes], fields: Sequence[str] = EDITION) -> Vector:
    return {
        "name": name,
        "kind": "object",
        "expect": "ok",
        "secret": THIS_YEAR.reveal().hex(),
        "fields": list(fields),
        "object": in_base64(seal(THIS_YEAR, fields, segments)),
        "lengths": [len(plain) for plain in segments[1:]],
        "plaintext": [told(plain) for plain in segments],
    }


def refused(
    expect: str,
    name: str,
    data: bytes,
    secret: Secret = THIS_YEAR,
    fields: Sequence[str] = EDITION,
    lengths: Sequence[int] = tuple(map(len, SMALL[1:])),
) -> Vector:
    by_object_key = {"expect_by_object_key": "wrong-key"} if expect == "wrong-context" else {}
    return {
        "name": name,
        "kind": "object",
        "expect": expect,
        **by_object_key,
        "secret": secret.reveal().hex(),
        "fields": list(fields),
        "object": in_base64(data),
        "lengths": list(lengths),
    }


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def swapped(data: bytes, one: int, other: int, length: int) -> bytes:
    """`data` with the pieces at `one` and `other` (the later) in each other's place."""
    first, second = data[one : one + length], data[other : other + length]
    return data[:one] + second + data[one + length : other] + first + data[other + length :]


def told_length(data: bytes, length: int) -> bytes:
    """`data` with another length of segment 0 in its header."""
    return data[: HEADER - 4] + length.to_bytes(4) + data[HEADER:]


def opening() -> Iterator[Vector]:
    yield opens("one empty segment", [b""])
    yield opens("one byte", [b"a"])
    yield opens("an edition with one photo", SMALL)
    yield opens("exactly 64 KiB", [filler(CHUNK)])
    yield opens("64 KiB and one byte", TWO_CHUNKS)
    yield opens("many segments, some of them empty", [filler(n % 5) for n in range(40)])
    yield opens("a letter", [filler(60, "letter")], ("letter", "k3v5m2q7wz4ay6xbtd2ehn3fgj"))
    yield opens("a context outside ASCII", [b"a"], ("edition", "groep-één-🦉", "2026-W47"))
    yield opens("a context without fields", [b"a"], ())


def not_ours() -> Iterator[Vector]:
    data = seal(THIS_YEAR, EDITION, SMALL)
    yield refused("not-sealed", "a web page", b"<!doctype html><title>403</title>")
    yield refused("not-sealed", "one bit of the first byte", flipped(data, 0))
    yield refused("unknown-version", "version 2", data.replace(b"sealed 1", b"sealed 2", 1))
    yield refused("unknown-version", "version 10", data.replace(b"sealed 1\n", b"sealed 10", 1))
    yield refused("wrong-key", "last year's secret", data, LAST_YEAR)
    yield refused("wrong-key", "one bit of the salt", flipped(data, 20))
    yield refused("wrong-key", "one bit of the ring mark", flipped(data, 67))
    yield refused("wrong-context", "one bit of the commitment", flipped(data, 68))
    groups = {
        "another group": ("edition", "groep-4", "2026-W47"),
        "another week": ("edition", "groep-3", "2026-W48"),
        "another kind": ("letter", "groep-3", "2026-W47"),
        "the same letters in other fields": ("edition", "groep-", "32026-W47"),
        "one field more": (*EDITION, ""),
    }
    for name, fields in groups.items():
        yield refused("wrong-context", name, data, fields=fields)


def cut() -> Iterator[Vector]:
    data = seal(THIS_YEAR, EDITION, SMALL)
    yield refused("truncated", "nothing at all", b"")
    yield refused("truncated", "half of the first line", data[:10])
    yield refused("truncated", "a header without its last byte", data[: HEADER - 1])
    yield refused("truncated", "a header alone", data[:HEADER])
    yield refused("truncated", "the last byte is missing", data[:-1])
    yield refused("truncated", "a byte too many", data + b"\0")
    yield refused("truncated", "the last segment is missing", data[: -cipher_length(40)])
    two = seal(THIS_YEAR, EDITION, TWO_CHUNKS)
    whole = two[: -(16 + 1)]
    yield refused("truncated", "cut after a chunk, length adapted", whole, lengths=[CHUNK])
    lengthened = told_length(data, 0xFFFF_FFFF)
    yield refused("truncated", "a first segment that says it is 4 GiB long", lengthened)


def changed() -> Iterator[Vector]:
    data = seal(THIS_YEAR, EDITION, SMALL)
    alike = seal(THIS_YEAR, EDITION, [b"{}", b"left", b"right", b"east"])
    start = HEADER + cipher_length(2)
    lengths = [4, 5, 4]
    other = start + cipher_length(4) + cipher_length(5)
    away = swapped(alike, start, other, cipher_length(4))
    yield refused("reordered", "two segments in each other's place", away, lengths=lengths)
    three = seal(THIS_YEAR, EDITION, [b"{}", filler(2 * CHUNK + 1)])
    step = CHUNK + 16
    away = swapped(three, start, start + step, step)
    yield refused("reordered", "two chunks of a photo", away, lengths=[2 * CHUNK + 1])
    again = alike[:other] + alike[start : start + cipher_length(4)]
    yield refused("reordered", "a segment twice", again, lengths=lengths)
    yield refused("damaged", "one bit of segment 0", flipped(data, HEADER))
    yield refused("damaged", "one bit of a tag", flipped(data, HEADER + cipher_length(34) - 1))
    yield refused("damaged", "one bit of the last byte", flipped(data, len(data) - 1))
    yield refused("damaged", "a first segment said to be shorter", told_length(data, 33))
    newer = seal(THIS_YEAR, EDITION, [*SMALL[:2], filler(40, "another photo")])
    mixed = data[: -cipher_length(40)] + newer[-cipher_length(40) :]
    yield refused("damaged", "a segment of another object", mixed)


def objects() -> Iterator[Vector]:
    """Every case of an object, in the file's order."""
    yield from opening()
    yield from not_ours()
    yield from cut()
    yield from changed()
