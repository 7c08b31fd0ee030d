"""Signed links: an address that shows one object until a moment, to whoever has it."""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final, Protocol
from urllib.parse import quote, urlsplit

import boto3
from botocore.credentials import Credentials, ReadOnlyCredentials

from lichtbrief.errors import LichtbriefError
from lichtbrief.storage.refusals import NO_CREDENTIALS, in_words
from lichtbrief.storage.s3 import S3Store

LONGEST_SECONDS: Final = 604_800
"""Seven days: the longest life of a SigV4 link. botocore signs longer ones without a word."""

ALGORITHM: Final = "AWS4-HMAC-SHA256"


class Signer(Protocol):
    """Makes links that open one object without credentials."""

    @property
    def key_id(self) -> str:
        """Which key signs: what its links say too, and no secret."""
        ...

    def check(self, until: datetime) -> None:
        """Raise `LichtbriefError` if no link made now would last exactly until `until`."""
        ...

    def sign(self, name: str, until: datetime) -> str:
        """The address of the object `name`, good until `until` (with a time zone)."""
        ...


def utc_now() -> datetime:
    """The moment, as links count it."""
    return datetime.now(UTC)


class SigV4Signer:
    """Signs GetObject with AWS Signature Version 4 in the query.

    `place` is the address up to the object's name, in `region`; `now` gives the moment in UTC.

    botocore resolves the address and the credentials, but does not sign: its
    generate_presigned_url makes some 6,000 links a second here and takes no moment, and its
    signing classes read the clock themselves. What is left of the algorithm for one GET is a
    dozen lines, with the day's key derived once; a test holds them to botocore's own. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
    """

    def __init__(
        self,
        place: str,
        region: str,
        credentials: Credentials,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.place = place
        self.region = region
        self._credentials = credentials
        self._now = now
        self._key: tuple[tuple[str, str], bytes] | None = None
        parts = urlsplit(place)
        self._origin, self._host, self._path = f"{parts.scheme}://{parts.netloc}", *parts[1:3]

    def __repr__(self) -> str:
        return f"SigV4Signer({self.place!r}, {self.region!r})"

    def check(self, until: datetime) -> None:
        """Raise `LichtbriefError` if a link until `until` cannot be signed, or would die before."""
        self._lifetime(until, self._now(), self._frozen())

    def sign(self, name: str, until: datetime) -> str:
        """The address of `name`, good until `until`; refuses whatever `check` refuses."""
        now, credentials = self._now().astimezone(UTC), self._frozen()
        seconds = self._lifetime(until, now, credentials)
        stamp = f"{now:%Y%m%dT%H%M%SZ}"
        scope = f"{stamp[:8]}/{self.region}/s3/aws4_request"
        query = (
            f"X-Amz-Algorithm={ALGORITHM}"
            f"&X-Amz-Credential={quote(f'{credentials.access_key}/{scope}', safe='')}"
            f"&X-Amz-Date={stamp}&X-Amz-Expires={seconds}"
        )
        if credentials.token:
            query += f"&X-Amz-Security-Token={quote(credentials.token, safe='')}"
        query += "&X-Amz-SignedHeaders=host"
        path = self._path + quote(name, safe="/~")
        request = f"GET\n{path}\n{query}\nhost:{self._host}\n\nhost\nUNSIGNED-PAYLOAD"
        text = f"{ALGORITHM}\n{stamp}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
        signature = _hmac(self._day_key(str(credentials.secret_key), stamp[:8]), text).hex()
        return f"{self._origin}{path}?{query}&X-Amz-Signature={signature}"

    @property
    def key_id(self) -> str:
        """The id of the access key."""
        return str(self._frozen().access_key)

    @property
    def credentials(self) -> ReadOnlyCredentials:
        """The key that signs: to see what else it may do."""
        return self._frozen()

    @in_words
    def _frozen(self) -> ReadOnlyCredentials:
        return self._credentials.get_frozen_credentials()

    def _lifetime(self, until: datetime, now: datetime, credentials: ReadOnlyCredentials) -> int:
        """Whole seconds from now to `until`, if a link can live them all."""
        if until.tzinfo is None:
            raise ValueError("until needs a time zone")
        seconds = int(until.timestamp()) - int(now.timestamp())
        if seconds <= 0:
            raise LichtbriefError("a link would have expired already", "give a later moment")
        if seconds > LONGEST_SECONDS:
            raise LichtbriefError(
                "a signed link lasts at most seven days (604,800 seconds)",
                "give an earlier moment; links are made anew every week",
            )
        if credentials.token:
            self._check_session(until)
        return seconds

    def _check_session(self, until: datetime) -> None:
        # botocore keeps the end of a session in a private field and offers no other way to it
        end = getattr(self._credentials, "_expiry_time", None)
        if end is None or end < until:
            when = "at a moment nobody knows" if end is None else "before the link would"
            raise LichtbriefError(
                f"the signer's credentials are temporary and end {when}",
                "sign with a lasting access key that may only read objects of this bucket",
            )

    def _day_key(self, secret: str, day: str) -> bytes:
        if self._key is None or self._key[0] != (secret, day):
            key = f"AWS4{secret}".encode()
            for part in (day, self.region, "s3", "aws4_request"):
                key = _hmac(key, part)
            self._key = (secret, day), key
        return self._key[1]


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")


@in_words
def place_of(store: S3Store) -> str:
    """The address of the store's objects up to their name, as botocore resolves it."""
    probe = {"Bucket": store.bucket, "Key": f"{store.prefix}x"}
    return store.client.generate_presigned_url("get_object", Params=probe).split("?")[0][:-1]


def open_signer(
    store: S3Store,
    profile: str | None,
    environ: Mapping[str, str],
    now: Callable[[], datetime] = utc_now,
) -> SigV4Signer:
    """A signer for the store's objects with credentials of its own.

    They come from LICHTBRIEF_SIGNER_ACCESS_KEY_ID, _SECRET_ACCESS_KEY and _SESSION_TOKEN in
    `environ`, or from `profile`, or else they are those that the store is written with.
    """
    credentials = _from_environment(environ, "SIGNER")
    if credentials is not None and profile is not None:
        raise LichtbriefError(
            "the signer has both a profile and keys in the environment",
            "keep one: LICHTBRIEF_SIGNER_PROFILE or LICHTBRIEF_SIGNER_ACCESS_KEY_ID",
        )
    credentials = credentials or _from_chain(profile)
    if credentials is None:
        raise LichtbriefError(*NO_CREDENTIALS)
    return SigV4Signer(place_of(store), store.client.meta.region_name, credentials, now)


@in_words
def _from_chain(profile: str | None) -> Credentials | None:
    return boto3.Session(profile_name=profile).get_credentials()


def _from_environment(environ: Mapping[str, str], whose: str) -> Credentials | None:
    """The key whose variables begin with `LICHTBRIEF_` and `whose`, or None."""
    names = [f"LICHTBRIEF_{whose}_{n}" for n in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY")]
    access, secret, token = (
        environ.get(name) for name in (*names, f"LICHTBRIEF_{whose}_SESSION_TOKEN")
    )
    if not access and not secret:
        return None
    if not access or not secret:
        raise LichtbriefError(
            f"the {whose.lower()}'s access key is half there", f"set {' and '.join(names)}"
        )
    return Credentials(access, secret, token or None)
