"""Sealed objects, version 1: a header and segments; specified in FORMAT.md, "Sealed object".

Sealing is deterministic: the salt is a keyed hash of context and plaintext, so the same edition
is the same object, and no key ever meets two plaintexts under one nonce.
"""

import hashlib
import hmac
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lichtbrief.sealing.derive import context, derive
from lichtbrief.sealing.refusals import Refusal, Refused
from lichtbrief.sealing.secret import Secret
from lichtbrief.sealing.segments import cipher_length, seal_segment, unseal_segment

KIND = b"lichtbrief sealed "
MAGIC = KIND + b"1\n"
SALT_BYTES = 32
MARK_BYTES = 16
COMMITMENT_BYTES = 32
HEADER_BYTES = len(MAGIC) + SALT_BYTES + MARK_BYTES + COMMITMENT_BYTES + 4
LONGEST_FIRST = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class Header:
    """The first 104 bytes of a sealed object.

    salt: 32 bytes; mark: 16 bytes that tell which secret; commitment: 32 bytes that tell which
    object key; first_length: plaintext bytes of segment 0.
    """

    salt: bytes
    mark: bytes
    commitment: bytes
    first_length: int

    @classmethod
    def parse(cls, data: bytes) -> "Header":
        """Read the header that `data` begins with.

        Raises Refused: not-sealed, unknown-version, or truncated (also for a bare beginning).
        """
        if not data.startswith(MAGIC):
            raise Refused(_not_ours(data))
        if len(data) < HEADER_BYTES:
            raise Refused(Refusal.TRUNCATED)
        return cls(*struct.unpack_from(">32s16s32sI", data, len(MAGIC)))

    @property
    def start(self) -> int:
        """Where segment 1 begins, in bytes from the object's beginning."""
        return HEADER_BYTES + cipher_length(self.first_length)

    def __bytes__(self) -> bytes:
        return _bound(self.salt, self.mark) + self.commitment + struct.pack(">I", self.first_length)


def seal(secret: Secret, fields: Sequence[str], segments: Sequence[bytes]) -> bytes:
    """Seal `segments` for the context `fields`: the same object for the same input.

    Segment 0 tells the reader the lengths of the others. ValueError without a segment 0, or when
    that is 4 GiB or more.
    """
    if not segments or len(segments[0]) > LONGEST_FIRST:
        raise ValueError("a sealed object has a segment 0 of less than 4 GiB")
    salt = _salt(secret, fields, segments)
    key = object_key(secret, fields, salt)
    mark = _mark(secret, salt)
    header = Header(salt, mark, _commitment(key, salt, mark), len(segments[0]))
    cipher = _cipher(key)
    sealed = (seal_segment(cipher, number, plain) for number, plain in enumerate(segments))
    return b"".join((bytes(header), *sealed))


def object_key(secret: Secret, fields: Sequence[str], salt: bytes) -> Secret:
    """The 32 bytes that open one sealed object and no other; `salt` is its header's."""
    return derive(secret, "object", *fields, salt=salt)


def unlock(header: Header, secret: Secret, fields: Sequence[str]) -> Secret:
    """The object key, for who holds the secret; Refused tells wrong-key from wrong-context."""
    if not hmac.compare_digest(header.mark, _mark(secret, header.salt)):
        raise Refused(Refusal.WRONG_KEY)
    key = object_key(secret, fields, header.salt)
    if not _committed(header, key):
        raise Refused(Refusal.WRONG_CONTEXT)
    return key


def open_first(data: bytes, key: Secret) -> bytes:
    """Segment 0 of the object that `data` holds (or begins with), opened with its object key.

    Raises Refused; a key that is not this object's is wrong-key.
    """
    header = Header.parse(data)
    return open_segment(data, key, 0, HEADER_BYTES, header.first_length)


def open_segment(data: bytes, key: Secret, number: int, offset: int, length: int) -> bytes:
    """Segment `number`, which begins at byte `offset` of `data` and has `length` plaintext bytes.

    Whole or not at all: raises Refused and gives nothing when a single bit is wrong.
    """
    header = Header.parse(data)
    if not _committed(header, key):
        raise Refused(Refusal.WRONG_KEY)
    sealed = data[offset : offset + cipher_length(length)]
    return unseal_segment(_cipher(key), number, length, sealed)


def _not_ours(data: bytes) -> Refusal:
    if MAGIC.startswith(data):
        return Refusal.TRUNCATED
    return Refusal.UNKNOWN_VERSION if data.startswith(KIND) else Refusal.NOT_SEALED


def _salt(secret: Secret, fields: Sequence[str], segments: Sequence[bytes]) -> bytes:
    keyed = hmac.new(derive(secret, "salt").reveal(), digestmod=hashlib.sha256)
    keyed.update(context("object", *fields) + struct.pack(">I", len(segments)))
    for plain in segments:
        keyed.update(struct.pack(">Q", len(plain)))
        keyed.update(plain)
    return keyed.digest()


def _mark(secret: Secret, salt: bytes) -> bytes:
    return derive(secret, "mark", salt=salt, length=MARK_BYTES).reveal()


def _commitment(key: Secret, salt: bytes, mark: bytes) -> bytes:
    return derive(key, "commitment", salt=_bound(salt, mark)).reveal()


def _committed(header: Header, key: Secret) -> bool:
    expected = _commitment(key, header.salt, header.mark)
    return hmac.compare_digest(header.commitment, expected)


def _bound(salt: bytes, mark: bytes) -> bytes:
    """All of the header before the commitment, which therefore vouches for it."""
    return MAGIC + salt + mark


def _cipher(key: Secret) -> AESGCM:
    return AESGCM(derive(key, "payload").reveal())
