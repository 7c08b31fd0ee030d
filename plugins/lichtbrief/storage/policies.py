"""The least rights that each key needs, as AWS policies. Pure: names in, documents out.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/list_amazons3.html has the actions. Other
hosts that know bucket policies or IAM take the same documents.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

Policy = dict[str, Any]
Statement = dict[str, Any]

VERSION: Final = "2012-10-17"  # of the policy language, the newest there is
TLS_ONLY: Final = "LichtbriefOnlyByTls"
READ_BY_LINK: Final = ("editions/", "letters/", "doctor/", "revoking/")
READ_BY_OFFICE: Final = ("log/", "ledger/", "lease/")


def publisher_policy(bucket: str, prefix: str) -> Policy:
    """For the weekly job: list, read, write and delete, with all versions, below `prefix` only.

    `prefix` is empty or ends in a slash.
    """
    verbs = ("GetObject", "PutObject", "DeleteObject", "DeleteObjectVersion")
    return _policy(
        _listing(("ListBucket", "ListBucketVersions"), bucket, (prefix,)),
        _objects(verbs, bucket, (prefix,)),
    )


def signer_policy(bucket: str, prefix: str) -> Policy:
    """For signing links: read what a link may show; no list, so that nobody learns a name."""
    return _policy(_objects(("GetObject",), bucket, [prefix + name for name in READ_BY_LINK]))


def office_policy(bucket: str, prefix: str) -> Policy:
    """For `log verify --store` and `status` elsewhere than on the job's machine: records only."""
    records = [prefix + name for name in READ_BY_OFFICE]
    return _policy(
        _listing(("ListBucket",), bucket, records), _objects(("GetObject",), bucket, records)
    )


def inbox_policy(bucket: str, prefix: str) -> Policy:
    """For who reads what parents sent (`inbox --for`, `survey`): it, and to set one of it aside; to
    delete or replace nothing of it."""
    kept = [prefix + name for name in ("filed/", "marks/", "own-keys/", "surveys/")]
    return _policy(
        _listing(("ListBucket",), bucket, kept),
        _objects(("GetObject",), bucket, kept),
        _objects(("PutObject",), bucket, [f"{prefix}marks/"]),
    )


def notes_policy(bucket: str, prefix: str) -> Policy:
    """For who only writes to parents (`write`): put notes, and nothing else."""
    return _policy(_objects(("PutObject",), bucket, (f"{prefix}notes/",)))


def replies_policy(bucket: str, prefix: str) -> Policy:
    """For the forms in letters: put replies, and nothing else; what is there it can neither see."""
    return _policy(_objects(("PutObject",), bucket, (f"{prefix}replies/",)))


POLICIES: Final[Mapping[str, Callable[[str, str], Policy]]] = {
    "publisher": publisher_policy,
    "signer": signer_policy,
    "office": office_policy,
    "replies": replies_policy,
    "inbox": inbox_policy,
    "notes": notes_policy,
}


def closed_policy(found: Policy | None, bucket: str) -> Policy:
    """The bucket's own policy, `found` as it is: nothing for everybody, nothing without TLS.

    What else stands in it stays.
    """
    kept = [each for each in statements(found) if not _ours(each) and not lets_everybody(each)]
    return _policy(*kept, _tls_only(bucket))


def statements(policy: Policy | None) -> Sequence[Statement]:
    """The statements of a policy; a single one may stand without a list around it."""
    found = (policy or {}).get("Statement", [])
    return [found] if isinstance(found, dict) else list(found)


def lets_everybody(statement: Statement) -> bool:
    """Whether a statement gives a right to whoever asks, whatever its conditions."""
    principal = statement.get("Principal")
    named = principal.get("AWS") if isinstance(principal, dict) else principal
    everybody = "*" in named if isinstance(named, list) else named == "*"
    return statement.get("Effect") == "Allow" and everybody


def _ours(statement: Statement) -> bool:
    return statement.get("Sid") == TLS_ONLY


def _tls_only(bucket: str) -> Statement:
    return {
        "Sid": TLS_ONLY,
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [_arn(bucket), f"{_arn(bucket)}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def _policy(*parts: Statement) -> Policy:
    return {"Version": VERSION, "Statement": list(parts)}


def _listing(verbs: Sequence[str], bucket: str, prefixes: Sequence[str]) -> Statement:
    statement: Statement = {
        "Effect": "Allow",
        "Action": [f"s3:{verb}" for verb in verbs],
        "Resource": _arn(bucket),
    }
    if all(prefixes):
        within = {"s3:prefix": [f"{prefix}*" for prefix in prefixes]}
        statement["Condition"] = {"StringLike": within}
    return statement


def _objects(verbs: Sequence[str], bucket: str, prefixes: Sequence[str]) -> Statement:
    return {
        "Effect": "Allow",
        "Action": [f"s3:{verb}" for verb in verbs],
        "Resource": [f"{_arn(bucket)}/{prefix}*" for prefix in prefixes],
    }


def _arn(bucket: str) -> str:
    return f"arn:aws:s3:::{bucket}"
