"""Links by CloudFront: an own domain, any lifetime, and one signature for all of a year's editions.

botocore's CloudFrontSigner hashes as its caller likes but never says so in `Hash-Algorithm`, and it
appends its query after a `#`. What a link says:
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-canned-policy.html
"""

import base64
import json
from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

from lichtbrief.errors import LichtbriefError
from lichtbrief.sealing import SigningKey
from lichtbrief.storage.signer import utc_now

UNSAFE = str.maketrans("+=/", "-_~")


class CloudFrontSigner:
    """Signs for a distribution whose key group holds the public key with the id `key_id`.

    `place` is the address up to the object's name. A letter is signed by itself (canned policy);
    the editions of a school year's folder share one signature (custom policy with a wildcard),
    which opens none whose name is not known: names are 130 bits that nobody guesses.
    """

    def __init__(
        self,
        place: str,
        key_id: str,
        key: SigningKey,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.place = f"{place.rstrip('/')}/"
        self.key_id = key_id
        self._key = key
        self._now = now
        self._queries: dict[tuple[str, datetime], str] = {}

    def __repr__(self) -> str:
        return f"CloudFrontSigner({self.place!r}, {self.key_id!r})"

    def check(self, until: datetime) -> None:
        """Raise `LichtbriefError` for a link that would have ended already."""
        if until.tzinfo is None:
            raise ValueError("until needs a time zone")
        if until <= self._now():
            raise LichtbriefError("a link would have expired already", "give a later moment")

    def sign(self, name: str, until: datetime) -> str:
        """The address of `name`, good until `until` (to the second)."""
        self.check(until)
        path = quote(name, safe="/~")
        folder = path.rpartition("/")[0]
        if "/" not in folder:
            return f"{self.place}{path}?{self._canned(f'{self.place}{path}', until)}"
        if (folder, until) not in self._queries:
            self._queries[folder, until] = self._custom(f"{self.place}{folder}/*", until)
        return f"{self.place}{path}?{self._queries[folder, until]}"

    def _canned(self, resource: str, until: datetime) -> str:
        signed = self._signed(policy(resource, until))
        return f"Expires={int(until.timestamp())}&{signed}"

    def _custom(self, resource: str, until: datetime) -> str:
        text = policy(resource, until)
        return f"Policy={_in_url(text)}&{self._signed(text)}"

    def _signed(self, text: bytes) -> str:
        signature = _in_url(self._key.sign(text))
        return f"Signature={signature}&Key-Pair-Id={self.key_id}&Hash-Algorithm=SHA256"


def policy(resource: str, until: datetime) -> bytes:
    """The policy that is signed: this resource (`*` for any end) until that second, no blanks."""
    condition = {"DateLessThan": {"AWS:EpochTime": int(until.timestamp())}}
    statement = {"Statement": [{"Resource": resource, "Condition": condition}]}
    return json.dumps(statement, separators=(",", ":")).encode()


def _in_url(data: bytes) -> str:
    """Base 64 with CloudFront's own signs in place of those that mean something in a query."""
    return base64.b64encode(data).decode().translate(UNSAFE)
