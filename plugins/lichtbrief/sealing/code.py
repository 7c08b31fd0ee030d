"""A letter's key as a code that can be read aloud and typed in: 28 characters of Crockford base32.

128 bits of key and a checksum of 12 bits; FORMAT.md, "Codes". `Sealed.parseCode` is its twin.
"""

import hashlib
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from lichtbrief.errors import LichtbriefError
from lichtbrief.sealing.secret import Secret

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 28
GROUP = 4
KEY_BYTES = 16
CHECK_BITS = 12
CHECK_LABEL = b"lichtbrief code 1\n"
# Mail programs and word processors turn spaces and dashes into all of these.
SEPARATORS = "\t\n\r -\u00a0\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
DIGITS: Mapping[str, int] = MappingProxyType(
    {sign: number for number, sign in enumerate(ALPHABET)}
    | {sign.lower(): number for number, sign in enumerate(ALPHABET)}
    | {"O": 0, "o": 0, "I": 1, "i": 1, "L": 1, "l": 1}
)


class Fault(StrEnum):
    """What is wrong with a code that somebody typed."""

    EMPTY = "empty"
    SHORT = "short"
    LONG = "long"
    TYPO = "typo"


WORDS: Mapping[Fault, str] = MappingProxyType(
    {
        Fault.EMPTY: "there is no code",
        Fault.SHORT: "this code is too short",
        Fault.LONG: "this code is too long",
        Fault.TYPO: "this code has a typing error",
    }
)


class CodeError(LichtbriefError):
    """A text that is no code; `why` tells what is wrong with it, the text itself is not kept."""

    def __init__(self, why: Fault) -> None:
        super().__init__(WORDS[why], f"a code has {LENGTH} letters and digits; copy it again")
        self.why = why


def code_of(key: Secret) -> str:
    """The code of a key of 16 bytes: 28 characters; ValueError for a key of another length."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"a code is made of {KEY_BYTES} bytes")
    number = (int.from_bytes(key.reveal()) << CHECK_BITS) | _checksum(key.reveal())
    shifts = range(5 * (LENGTH - 1), -1, -5)
    return "".join(ALPHABET[(number >> shift) & 31] for shift in shifts)


def format_code(code: str) -> str:
    """A code in groups of four with dashes between, as it stands in the mail."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def parse_code(text: str) -> Secret:
    """The key of a typed code; small letters, spaces, dashes, O for 0 and I or L for 1 are fine.

    Raises CodeError: `empty`, `short`, `long`, or `typo` (a sign that is in no code, or a checksum
    that does not fit).
    """
    signs = [sign for sign in text if sign not in SEPARATORS]
    if not signs:
        raise CodeError(Fault.EMPTY)
    if len(signs) != LENGTH:
        raise CodeError(Fault.SHORT if len(signs) < LENGTH else Fault.LONG)
    key = _decode([DIGITS.get(sign) for sign in signs])
    if key is None:
        raise CodeError(Fault.TYPO)
    return key


def _decode(digits: list[int | None]) -> Secret | None:
    number = 0
    for digit in digits:
        if digit is None:
            return None
        number = (number << 5) | digit
    value, checksum = divmod(number, 1 << CHECK_BITS)
    key = value.to_bytes(KEY_BYTES)
    return Secret(key) if checksum == _checksum(key) else None


def _checksum(key: bytes) -> int:
    digest = hashlib.sha256(CHECK_LABEL + key).digest()
    return int.from_bytes(digest[:2]) >> (16 - CHECK_BITS)
