"""HIDDEN: the key ring, what is derived from it, and sealed objects; specified in FORMAT.md.

Values in, values out: only `read_ring` and `write_ring` touch a disk.
"""

from lichtbrief.sealing.code import CodeError, Fault, code_of, format_code, parse_code
from lichtbrief.sealing.derive import context, letter_key, of_generation
from lichtbrief.sealing.names import fingerprint_of, name_of
from lichtbrief.sealing.passphrase import locked_secret, passphrase_of
from lichtbrief.sealing.refusals import Refusal, Refused
from lichtbrief.sealing.ring import KeyRing, add_year, drop_year, make_ring, read_ring, write_ring
from lichtbrief.sealing.sealed import Header, object_key, open_first, open_segment, seal, unlock
from lichtbrief.sealing.sealed_reader import SealedReader
from lichtbrief.sealing.secret import Secret
from lichtbrief.sealing.segments import cipher_length
from lichtbrief.sealing.signing import SigningKey

__all__ = [
    "CodeError",
    "Fault",
    "Header",
    "KeyRing",
    "Refusal",
    "Refused",
    "SealedReader",
    "Secret",
    "SigningKey",
    "add_year",
    "cipher_length",
    "code_of",
    "context",
    "drop_year",
    "fingerprint_of",
    "format_code",
    "letter_key",
    "locked_secret",
    "make_ring",
    "name_of",
    "object_key",
    "of_generation",
    "open_first",
    "open_segment",
    "parse_code",
    "passphrase_of",
    "read_ring",
    "seal",
    "unlock",
    "write_ring",
]
