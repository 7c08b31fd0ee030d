"""A guardian's passphrase, without which a locked letter stays closed; FORMAT.md, "Passphrases".

Twelve signs of the codes' alphabet, 60 bits, from the school year's secret: the school need not
keep them. Stretching makes each guess cost a tenth of a second of work.
"""

import hashlib
import re

from lichtbrief.sealing.code import ALPHABET, DIGITS, format_code
from lichtbrief.sealing.derive import context, derive, of_generation
from lichtbrief.sealing.secret import Secret

SIGNS = 12
ITERATIONS = 600_000
"""What OWASP asks of PBKDF2 with SHA-256 (Password Storage Cheat Sheet, 2023)."""
DROPPED = re.compile(r"[^0-9A-Za-z]")


def passphrase_of(secret: Secret, guardian: str, generation: int = 0) -> str:
    """The passphrase of one guardian in one school year, as it is written: `K7QM-2XWD-9PTA`.

    `generation` counts how often the guardian's access was ended: no old card opens a new letter.
    """
    fields = of_generation(generation, "passphrase", guardian)
    number = int.from_bytes(derive(secret, *fields).reveal()[:8])
    return format_code("".join(ALPHABET[(number >> 5 * place) & 31] for place in range(SIGNS)))


def locked_secret(letter_key: Secret, passphrase: str, letter_id: str) -> Secret:
    """The 32 bytes that open a locked letter, from its key and the passphrase as it was typed.

    Takes a tenth of a second; needs both, so that neither a stolen link nor a stolen card opens it.
    """
    typed = DROPPED.sub("", passphrase)
    signs = "".join(ALPHABET[DIGITS[sign]] if sign in DIGITS else sign.upper() for sign in typed)
    salt = context("passphrase", letter_id)
    stretched = hashlib.pbkdf2_hmac("sha256", signs.encode(), salt, ITERATIONS, 32)
    return derive(letter_key, "passphrase", salt=stretched)
