"""The store in an S3 bucket: Amazon's, or any host that speaks S3."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from hashlib import md5
from typing import TYPE_CHECKING, Literal

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from lichtbrief.errors import LichtbriefError
from lichtbrief.hosts import read_store
from lichtbrief.storage.refusals import code_of, in_words, patiently
from lichtbrief.storage.store import WORKERS, Stored

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ObjectTypeDef, PutObjectRequestTypeDef

CACHE_CONTROL = "private, no-store"
"""Sent with every object: neither a proxy nor a family's shared computer keeps one."""

DEFAULT_REGION = "us-east-1"


@dataclass(frozen=True, slots=True)
class S3Store:
    """A bucket as a `Store`; every name gets `prefix` (empty, or ending in a slash) before it."""

    client: "S3Client"
    bucket: str
    prefix: str = ""

    @in_words
    def list(self, prefix: str = "") -> dict[str, Stored]:
        """Every object whose name begins with `prefix`, by name."""
        # Not list_object_versions: SeaweedFS gives other etags there than put returns.
        pages = self.client.get_paginator("list_objects_v2")
        listed = pages.paginate(Bucket=self.bucket, Prefix=self.prefix + prefix)
        found = (self._stored(item) for page in listed for item in page.get("Contents", []))
        return {one.name: one for one in found}

    @in_words
    def page(self, prefix: str, after: str) -> Sequence[Stored]:
        """The first of these whose names come after `after`, by their bytes: at most 1,000."""
        page = self.client.list_objects_v2(
            Bucket=self.bucket, Prefix=self.prefix + prefix, StartAfter=self.prefix + after
        )
        return [self._stored(item) for item in page.get("Contents", [])]

    def _stored(self, item: "ObjectTypeDef") -> Stored:
        return Stored(item["Key"].removeprefix(self.prefix), item["Size"], _etag(item["ETag"]))

    @in_words
    def put(
        self,
        name: str,
        data: bytes,
        *,
        content_type: str,
        encoding: str | None = None,
        absent: bool = False,
    ) -> str:
        """Store `data` in place of what is there; see `Store.put`. Returns the etag."""
        request: PutObjectRequestTypeDef = {
            "Bucket": self.bucket,
            "Key": self.prefix + name,
            "Body": data,
            "ContentType": content_type,
            "CacheControl": CACHE_CONTROL,
            # The store itself refuses what has changed on the way, on every host that speaks S3.
            "ContentMD5": b64encode(md5(data, usedforsecurity=False).digest()).decode(),
        }
        if encoding is not None:
            request["ContentEncoding"] = encoding
        if absent:
            request["IfNoneMatch"] = "*"
        try:
            reply = patiently(lambda: self.client.put_object(**request))
        except ClientError as error:
            if not absent or code_of(error) not in ("PreconditionFailed", "412"):
                raise
            head = self.client.head_object(Bucket=self.bucket, Key=self.prefix + name)
            return _etag(head["ETag"])
        if "VersionId" in reply and not absent:
            # What was replaced may show what has been withdrawn since.
            self._remove_versions(self.prefix + name, but=reply["VersionId"])
        return _etag(reply["ETag"])

    @in_words
    def get(self, name: str) -> bytes:
        """The bytes as they were stored; an absent object is a `LichtbriefError`."""
        key = self.prefix + name
        return patiently(lambda: self.client.get_object(Bucket=self.bucket, Key=key)["Body"].read())

    @in_words
    def age(self, name: str) -> timedelta:
        """How long ago it was stored: the reply's `Date` (RFC 9110 6.6.1) less `Last-Modified`."""
        reply = self.client.head_object(Bucket=self.bucket, Key=self.prefix + name)
        now = parsedate_to_datetime(reply["ResponseMetadata"]["HTTPHeaders"]["date"])
        return now - reply["LastModified"]

    @in_words
    def delete(self, name: str) -> None:
        """Remove every version and delete marker of `name`, and look that they are gone."""
        key = self.prefix + name
        try:
            listed = self._remove_versions(key)
        except ClientError as error:
            if code_of(error) != "NotImplemented":
                raise
            # Garage and Cloudflare R2 keep no versions, and answer 501 when asked for them.
            self.client.delete_object(Bucket=self.bucket, Key=key)
            return
        if not listed and self._is_there(key):
            # A stranger's name may hold signs that XML has not: SeaweedFS lists no versions of it.
            self.client.delete_object(Bucket=self.bucket, Key=key)

    def _is_there(self, key: str) -> bool:
        try:
            self.client.head_object(Bucket=self.bucket, Key=key)
        except ClientError as error:
            if code_of(error) not in ("404", "NoSuchKey", "NotFound"):
                raise
            return False
        return True

    def _remove_versions(self, key: str, but: str | None = None) -> bool:
        """Remove the versions and delete markers of `key`, except one, and look that they went.

        False when there were none.
        """
        versions = self._versions(key) - {but}
        # Singly: DeleteObjects wants a checksum that some hosts do not know.
        for version in versions:
            self.client.delete_object(Bucket=self.bucket, Key=key, VersionId=version)
        if self._versions(key) - {but}:
            raise LichtbriefError(
                "the store kept versions of an object that was deleted or replaced",
                "look for a retention rule or an object lock on the bucket",
            )
        return bool(versions)

    def _versions(self, key: str) -> set[str]:
        """The ids of all versions and delete markers; an object never versioned has id `null`."""
        found: set[str] = set()
        pages = self.client.get_paginator("list_object_versions")
        for page in pages.paginate(Bucket=self.bucket, Prefix=key):
            found |= {item["VersionId"] for item in page.get("Versions", []) if item["Key"] == key}
            markers = page.get("DeleteMarkers", [])
            found |= {item["VersionId"] for item in markers if item["Key"] == key}
        return found


def _etag(value: str) -> str:
    return value.strip('"')


@in_words
def make_client(
    session: boto3.Session,
    endpoint: str | None,
    region: str | None,
    *,
    attempts: int = 5,
    seconds: int = 60,
) -> "S3Client":
    """A client for Amazon (`endpoint` None) or for another S3 host.

    It waits `seconds` for an answer, and tries `attempts` times in all. No request is sent.
    """
    on_aws = endpoint is None
    needed: Literal["when_supported", "when_required"] = (
        "when_supported" if on_aws else "when_required"
    )
    config = Config(  # type: ignore[call-arg]  # its stubs lack ignore_configured_endpoint_urls
        signature_version="s3v4",  # botocore would still sign with the older SigV2 in us-east-1
        # "auto" would sign for the global host, which redirects, and a signed link cannot follow
        s3={"addressing_style": "virtual" if on_aws else "path"},
        request_checksum_calculation=needed,  # other hosts refuse the checksums of 2025
        response_checksum_validation=needed,
        retries={"mode": "standard", "total_max_attempts": attempts},
        connect_timeout=10,
        read_timeout=seconds,
        max_pool_connections=WORKERS,
        ignore_configured_endpoint_urls=True,  # one setting says where; not AWS_ENDPOINT_URL too
    )
    chosen = region or session.region_name or DEFAULT_REGION
    return session.client("s3", region_name=chosen, endpoint_url=endpoint, config=config)


def open_store(address: str, endpoint: str | None, region: str | None) -> S3Store:
    """The store at `s3://bucket[/prefix]`, with credentials from boto3's usual chain.

    `endpoint` is `https://host` for a host that is not Amazon's. Nothing is sent yet. Addresses
    are those of settings, which were refused where they cannot be right.
    """
    place = read_store(address)
    client = make_client(boto3.Session(), endpoint, region)
    return S3Store(client, place.bucket, place.prefix)
