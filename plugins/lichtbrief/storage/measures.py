"""What closes a bucket, one measure each: how to see it, how to take it, what holds without it."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from botocore.exceptions import ClientError

from lichtbrief.storage.policies import Policy, closed_policy
from lichtbrief.storage.refusals import code_of

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import (
        LifecycleRuleOutputTypeDef,
        LifecycleRuleUnionTypeDef,
        ServerSideEncryptionRuleTypeDef,
    )

SWEEP: Final = "lichtbrief-abandoned-uploads"
DAYS: Final = 1


class Lacking(Exception):  # noqa: N818 -- an answer, not an error
    """The host does not have this, in a way of its own."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: `does` says what will be done, `instead` what holds on a host without it.

    `is_so` and `make_so` take the client and the bucket, and pass on what botocore raises.
    """

    what: str
    does: str
    instead: str
    is_so: "Callable[[S3Client, str], bool]"
    make_so: "Callable[[S3Client, str], None]"


def _is_blocked(client: "S3Client", bucket: str) -> bool:
    try:
        found = client.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    except ClientError as error:
        return _absent(error, "NoSuchPublicAccessBlockConfiguration")
    return all(
        (
            found.get("BlockPublicAcls"),
            found.get("IgnorePublicAcls"),
            found.get("BlockPublicPolicy"),
            found.get("RestrictPublicBuckets"),
        )
    )


def _block(client: "S3Client", bucket: str) -> None:
    client.put_public_access_block(
        Bucket=bucket,
        PublicAccessBlockConfiguration={
            "BlockPublicAcls": True,
            "IgnorePublicAcls": True,
            "BlockPublicPolicy": True,
            "RestrictPublicBuckets": True,
        },
    )


def _is_closed(client: "S3Client", bucket: str) -> bool:
    if not _over_tls(client):
        raise Lacking
    found = _policy_of(client, bucket)
    return found is not None and found.get("Statement") == closed_policy(found, bucket)["Statement"]


def _close(client: "S3Client", bucket: str) -> None:
    if not _over_tls(client):
        raise Lacking
    policy = closed_policy(_policy_of(client, bucket), bucket)
    client.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))


def _over_tls(client: "S3Client") -> bool:
    # Over plain http, on this computer, the policy would shut us out as well.
    return client.meta.endpoint_url.startswith("https://")


def _policy_of(client: "S3Client", bucket: str) -> Policy | None:
    try:
        text = client.get_bucket_policy(Bucket=bucket)["Policy"]
    except ClientError as error:
        _absent(error, "NoSuchBucketPolicy")
        return None
    found: Policy = json.loads(text)
    return found


def _is_encrypted(client: "S3Client", bucket: str) -> bool:
    try:
        found = client.get_bucket_encryption(Bucket=bucket)
    except ClientError as error:
        return _absent(error, "ServerSideEncryptionConfigurationNotFoundError")
    return bool(found["ServerSideEncryptionConfiguration"]["Rules"])


def _encrypt(client: "S3Client", bucket: str) -> None:
    rule: ServerSideEncryptionRuleTypeDef = {
        "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}
    }
    client.put_bucket_encryption(
        Bucket=bucket,
        ServerSideEncryptionConfiguration={"Rules": [rule]},
    )
    # SeaweedFS without a key of its own takes the setting and then refuses every write.
    trial = f"doctor/{secrets.token_hex(8)}"
    try:
        client.put_object(Bucket=bucket, Key=trial, Body=b"a trial")
        client.delete_object(Bucket=bucket, Key=trial)
    except ClientError:
        client.delete_bucket_encryption(Bucket=bucket)
        raise Lacking from None


def _rules(client: "S3Client", bucket: str) -> "list[LifecycleRuleOutputTypeDef]":
    try:
        return client.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    except ClientError as error:
        _absent(error, "NoSuchLifecycleConfiguration")
        return []


def _is_swept(client: "S3Client", bucket: str) -> bool:
    return any(rule.get("ID") == SWEEP for rule in _rules(client, bucket))


def _sweep(client: "S3Client", bucket: str) -> None:
    ours: LifecycleRuleUnionTypeDef = {
        "ID": SWEEP,
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": DAYS},
    }
    kept = [rule for rule in _rules(client, bucket) if rule.get("ID") != SWEEP]
    client.put_bucket_lifecycle_configuration(
        Bucket=bucket, LifecycleConfiguration={"Rules": [*kept, ours]}
    )


def _absent(error: ClientError, code: str) -> bool:
    """False when the error only says that there is none yet; otherwise it goes on."""
    if code_of(error) != code:
        raise error
    return False


MEASURES: Final = (
    Measure(
        "Public access",
        "block it, whatever anybody sets later",
        "every weekly run asks for an object without a signature, and stops when it gets one",
        _is_blocked,
        _block,
    ),
    Measure(
        "Policy of the bucket",
        "refuse everything without TLS; take out what lets everybody in; keep the rest",
        "Lichtbrief itself goes to no host but this computer without TLS",
        _is_closed,
        _close,
    ),
    Measure(
        "Encryption at rest",
        "switch it on (SSE-S3, AES-256)",
        "every object is sealed before it leaves you",
        _is_encrypted,
        _encrypt,
    ),
    Measure(
        "Abandoned uploads",
        "remove their parts after a day",
        "Lichtbrief uploads each object whole, and leaves no parts",
        _is_swept,
        _sweep,
    ),
)
