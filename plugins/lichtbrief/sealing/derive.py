"""Every key is derived from a year's secret by HKDF-SHA256 with a context that no other use has."""

import struct

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from lichtbrief.sealing.secret import Secret

LETTER_KEY_BYTES = 16
LONGEST = 0xFFFF


def context(*fields: str) -> bytes:
    """Fields as bytes that no other list of fields gives (FORMAT.md, "Contexts").

    The number of fields as u16, then each field as u16 length and UTF-8, big-endian. Raises
    ValueError for a field over 65,535 bytes or one that is not Unicode text (a lone surrogate).
    """
    parts = [field.encode("utf-8") for field in fields]
    if max(len(parts), *map(len, parts), 0) > LONGEST:
        raise ValueError(f"a context holds at most {LONGEST} fields of {LONGEST} bytes")
    return struct.pack(">H", len(parts)) + b"".join(
        struct.pack(">H", len(part)) + part for part in parts
    )


def derive(secret: Secret, *fields: str, salt: bytes = b"", length: int = 32) -> Secret:
    """HKDF-SHA256 (RFC 5869) of a secret: `length` bytes that belong to these fields alone."""
    hkdf = HKDF(algorithm=SHA256(), length=length, salt=salt, info=context(*fields))
    return Secret(hkdf.derive(secret.reveal()))


def letter_key(secret: Secret, guardian: str, week: str, generation: int = 0) -> Secret:
    """The 16 bytes that open one guardian's letter of one week, from the school year's secret.

    `guardian` is the guardian's id, `week` is written as `2026-W47`. The same every time, so a
    letter that is made again still opens with the link that was mailed.
    """
    fields = of_generation(generation, guardian, week)
    return derive(secret, "letter key", *fields, length=LETTER_KEY_BYTES)


def of_generation(generation: int, *fields: str) -> tuple[str, ...]:
    """The fields of something, and after them its generation where that is not the first (0).

    >>> of_generation(0, "edition", "groep-3"), of_generation(2, "edition", "groep-3")
    (('edition', 'groep-3'), ('edition', 'groep-3', '2'))
    """
    return (*fields, str(generation)) if generation else fields
