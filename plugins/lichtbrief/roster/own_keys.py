"""A member of staff's own public key, as it stands in column `key` of staff.csv.

`juf-sanne:B…`: whose it is, a colon, and a point of the curve P-256 (SEC 1, 2.3.3, uncompressed)
in base64url; or `none`, which ends a key that was there, as an empty cell does not. Only a key that
can be used is read: whoever writes to its owner would else write to the whole office.
"""

import base64
import re
from collections.abc import Mapping

from lichtbrief.roster.fields import FieldError, is_id

POINT_BYTES = 65
# The curve's prime and its b; a is -3 (FIPS 186-5 and SP 800-186, 3.2.1.3).
PRIME = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
NO_KEY: Mapping[str, str] = {"none": "none", "geen": "none"}
MAKE = "write what lichtbrief keys own printed, whole, or none"
_TEXT = re.compile(r"[A-Za-z0-9_-]{87}")


def an_own_key(text: str) -> str:
    """The cell as it is, when it holds a key or nothing; else `none`."""
    if text.lower() in NO_KEY:
        return NO_KEY[text.lower()]
    owner, _, key = text.partition(":")
    if text and not (is_id(owner) and _TEXT.fullmatch(key) and _is_point(_decoded(key), key)):
        raise FieldError("is not a key of somebody's own", MAKE)
    return text


def public_key_text(owner: str, point: bytes) -> str:
    """What `an_own_key` reads: the 65 bytes of a public key, and whose it is."""
    return f"{owner}:{_encoded(point)}"


def owner_of(text: str) -> str:
    """Whose key it is; nobody's, where there is none."""
    owner, key_follows, _ = text.partition(":")
    return owner if key_follows else ""


def point_of(text: str) -> bytes:
    """The 65 bytes of a key that `an_own_key` has read; none where there is no key."""
    return _decoded(text.partition(":")[2])


def _encoded(point: bytes) -> str:
    return base64.urlsafe_b64encode(point).decode("ascii").rstrip("=")


def _decoded(key: str) -> bytes:
    return base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))


def _is_point(point: bytes, key: str) -> bool:
    """Whether it is a point of the curve, written in the one way that there is.

    The curve's order is prime, so there is no point of a small one; (0, 0) is not on it.
    """
    x, y = int.from_bytes(point[1:33]), int.from_bytes(point[33:])
    is_on_it = (y * y - x * x * x + 3 * x - B) % PRIME == 0
    return point[0] == 4 and x < PRIME and y < PRIME and is_on_it and _encoded(point) == key
