"""Keyed hashes: names and fingerprints that say nothing to whoever lacks the key ring."""

import base64
import hashlib
import hmac

from lichtbrief.sealing.derive import derive
from lichtbrief.sealing.secret import Secret

NAME_LENGTH = 26  # 130 bits in base32: nobody guesses a name, and no two objects share one


def name_of(secret: Secret, label: str, *fields: str, data: bytes = b"") -> str:
    """A stored object's name: 26 characters `a-z2-7` that change when `data` changes.

    `label` says what is named (`edition`, `letter`), `fields` which one. FORMAT.md, "Names".
    """
    digest = _keyed(derive(secret, "name", label, *fields), data)
    return base64.b32encode(digest).decode("ascii")[:NAME_LENGTH].lower()


def fingerprint_of(secret: Secret, data: bytes) -> str:
    """64 hex digits that tell whether `data` changed, and nothing else about it."""
    return _keyed(derive(secret, "fingerprint"), data).hex()


def _keyed(key: Secret, data: bytes) -> bytes:
    return hmac.digest(key.reveal(), data, hashlib.sha256)
