"""Permission to put: a form with which a browser may put objects below one name, until a moment."""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from botocore.credentials import Credentials

from lichtbrief.errors import LichtbriefError
from lichtbrief.storage.refusals import NO_CREDENTIALS
from lichtbrief.storage.s3 import S3Store
from lichtbrief.storage.signer import (
    ALGORITHM,
    SigV4Signer,
    _from_chain,
    _from_environment,
    _hmac,
    place_of,
    utc_now,
)

KEY: Final = "REPLIES"
"""The name of its credentials in the environment: `LICHTBRIEF_REPLIES_ACCESS_KEY_ID`."""


@dataclass(frozen=True, slots=True)
class PostForm:
    """A form: where it is sent, its fields, and how the field `key`, an object's name, begins."""

    url: str
    fields: Mapping[str, str] = field(repr=False)
    begins: str


class PostSigner(SigV4Signer):
    """Signs POST policies for a store with credentials that may put objects and nothing else.

    https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-post-example.html
    """

    def __init__(
        self, store: S3Store, credentials: Credentials, now: Callable[[], datetime] = utc_now
    ) -> None:
        super().__init__(place_of(store), store.client.meta.region_name, credentials, now)
        self._bucket, self._prefix = store.bucket, store.prefix

    def form(self, begins: str, smallest: int, largest: int, until: datetime) -> PostForm:
        """A form for objects whose names begin so, each of so many bytes, good until `until`.

        Refuses what `check` refuses.
        """
        now, credentials = self._now().astimezone(UTC), self._frozen()
        self._lifetime(until, now, credentials)
        stamp, key = f"{now:%Y%m%dT%H%M%SZ}", self._prefix + begins
        fields = {
            "x-amz-algorithm": ALGORITHM,
            "x-amz-credential": f"{credentials.access_key}/{self._scope(stamp)}",
            "x-amz-date": stamp,
        }
        policy = {
            "expiration": f"{until.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "conditions": [
                {"bucket": self._bucket},
                ["starts-with", "$key", key],
                ["content-length-range", smallest, largest],
                *({name: value} for name, value in fields.items()),
            ],
        }
        fields["policy"] = base64.b64encode(json.dumps(policy).encode()).decode()
        day_key = self._day_key(str(credentials.secret_key), stamp[:8])
        fields["x-amz-signature"] = _hmac(day_key, fields["policy"]).hex()
        return PostForm(self.place.removesuffix(quote(self._prefix)), fields, key)

    def put_link(self, name: str, size: int, until: datetime) -> str:
        """An address at which one object of exactly so many bytes may be put, once, until `until`.

        For stores that know no forms. The request has the header `If-None-Match: *`, and a store
        that honours it never replaces. Refuses what `check` refuses.
        """
        now, credentials = self._now().astimezone(UTC), self._frozen()
        seconds = self._lifetime(until, now, credentials)
        stamp = f"{now:%Y%m%dT%H%M%SZ}"
        headers = f"content-length:{size}\nhost:{self._host}\nif-none-match:*\n"
        signed = "content-length;host;if-none-match"
        query = (
            f"X-Amz-Algorithm={ALGORITHM}"
            f"&X-Amz-Credential={quote(f'{credentials.access_key}/{self._scope(stamp)}', safe='')}"
            f"&X-Amz-Date={stamp}&X-Amz-Expires={seconds}"
            f"&X-Amz-SignedHeaders={quote(signed, safe='')}"
        )
        path = self._path + quote(name, safe="/~")
        request = f"PUT\n{path}\n{query}\n{headers}\n{signed}\nUNSIGNED-PAYLOAD"
        digest = hashlib.sha256(request.encode()).hexdigest()
        text = f"{ALGORITHM}\n{stamp}\n{self._scope(stamp)}\n{digest}"
        signature = _hmac(self._day_key(str(credentials.secret_key), stamp[:8]), text).hex()
        return f"{self._origin}{path}?{query}&X-Amz-Signature={signature}"

    def _scope(self, stamp: str) -> str:
        return f"{stamp[:8]}/{self.region}/s3/aws4_request"


def open_post_signer(
    store: S3Store, environ: Mapping[str, str], now: Callable[[], datetime] = utc_now
) -> PostSigner:
    """A signer of forms with the key of its own in `environ`, or else the store's."""
    credentials = _from_environment(environ, KEY) or _from_chain(None)
    if credentials is None:
        raise LichtbriefError(*NO_CREDENTIALS)
    if credentials.token:
        raise LichtbriefError(
            "the key for replies is temporary",
            "give it a lasting access key that may only put objects below replies/",
        )
    return PostSigner(store, credentials, now)
