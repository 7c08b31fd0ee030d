"""What a store or the way to it can refuse, in words.

botocore's own messages hold addresses, and some of its exceptions a whole signed link. So none is
chained or quoted: an error code at most, and only if it looks like one.
"""

import re
import time
from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    CredentialRetrievalError,
    HTTPClientError,
    IncompleteReadError,
    NoCredentialsError,
    ParamValidationError,
    PartialCredentialsError,
    ProfileNotFound,
    ReadTimeoutError,
    ResponseStreamingError,
    SSOError,
)
from botocore.exceptions import (
    ConnectionError as NoConnection,
)

from lichtbrief.errors import LichtbriefError

P = ParamSpec("P")
T = TypeVar("T")

WRONG_KEY: Final = (
    "the store does not know these credentials",
    "check the access key and its secret; a key may have been deactivated or mistyped",
)
DENIED: Final = (
    "the store refused access (403)",
    "the key needs to list, read, write and delete objects and their versions in this bucket",
)
SKEWED: Final = (
    "the store refused the time of this computer",
    "set the clock: it may differ by 15 minutes at most",
)
EXPIRED: Final = ("the credentials have expired", "log in again, or renew the session token")
NO_BUCKET: Final = (
    "the store has no such bucket",
    "check the bucket in LICHTBRIEF_STORE and the endpoint, or create it (private, please)",
)
NO_OBJECT: Final = ("the store has no such object", "publish again: it may have been deleted")
ELSEWHERE: Final = (
    "the bucket is in another region",
    "set LICHTBRIEF_S3_REGION to the region of the bucket",
)
BUSY: Final = ("the store asked to slow down", "run it again in a few minutes")
FAILED: Final = (
    "the store failed (500)",
    "run it again in a few minutes; if it stays, ask the store's host",
)
CHANGED: Final = (
    "what was put into the store was changed on the way",
    "run it again; if it stays, look at what stands between here and the store",
)
CONTENDED: Final = (
    "somebody else is writing the same object",
    "let the other run finish, then run again",
)
NO_CREDENTIALS: Final = (
    "there are no credentials for the store",
    "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE",
)
UNREACHABLE: Final = (
    "the store cannot be reached",
    "check the network connection and LICHTBRIEF_S3_ENDPOINT",
)
UNUSABLE: Final = (
    "the store's settings are not usable",
    "check bucket, endpoint and region; a bucket's name has 3 to 63 of a-z, 0-9 and -",
)

# https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html; a HEAD has only the status
CODES: Final = {
    "InvalidAccessKeyId": WRONG_KEY,
    "SignatureDoesNotMatch": WRONG_KEY,
    "AccessDenied": DENIED,
    "403": DENIED,
    "RequestTimeTooSkewed": SKEWED,
    "ExpiredToken": EXPIRED,
    "NoSuchBucket": NO_BUCKET,
    "NoSuchKey": NO_OBJECT,
    "404": NO_OBJECT,
    "PermanentRedirect": ELSEWHERE,
    "AuthorizationHeaderMalformed": ELSEWHERE,
    "IllegalLocationConstraintException": ELSEWHERE,
    "301": ELSEWHERE,
    "SlowDown": BUSY,
    "ServiceUnavailable": BUSY,
    "503": BUSY,
    "InternalError": FAILED,
    "500": FAILED,
    "BadDigest": CHANGED,
    "ConditionalRequestConflict": CONTENDED,
    "PreconditionFailed": CONTENDED,
    "412": CONTENDED,
}


PAUSES: Final = (0.2, 1.0, 5.0)
"""Seconds between the tries that are ours; whatever else passes, botocore tries again itself."""


def code_of(error: ClientError) -> str:
    """The S3 error code, such as `NoSuchKey`; a reply without a body has its status instead."""
    return str(error.response.get("Error", {}).get("Code", ""))


def explain(error: BotoCoreError | ClientError) -> LichtbriefError:
    """The same refusal as an error for people, without anything secret."""
    if isinstance(error, ClientError):
        code = code_of(error)
        shown = code if re.fullmatch(r"[A-Za-z0-9]{1,60}", code) else "unknown"
        other = (f"the store refused with “{shown}”", "its documentation explains the code")
        return LichtbriefError(*CODES.get(code, other))
    if isinstance(error, NoCredentialsError | PartialCredentialsError | CredentialRetrievalError):
        return LichtbriefError(*NO_CREDENTIALS)
    if isinstance(error, SSOError):
        return LichtbriefError(*EXPIRED)
    if isinstance(error, ProfileNotFound):
        return LichtbriefError("there is no such profile", "see ~/.aws/config for their names")
    if isinstance(error, HTTPClientError | NoConnection | IncompleteReadError):
        return LichtbriefError(*UNREACHABLE)
    if isinstance(error, ParamValidationError):
        return LichtbriefError(*UNUSABLE)
    return LichtbriefError(f"the store's client failed ({type(error).__name__})", UNUSABLE[1])


def patiently(call: Callable[[], T]) -> T:
    """What `call` gives, tried again after what passes and botocore does not try again.

    That is an answer that breaks off after its head, and two writers of one object at once.
    """
    for pause in PAUSES:
        try:
            return call()
        except (ResponseStreamingError, IncompleteReadError, ReadTimeoutError):
            time.sleep(pause)
        except ClientError as error:
            if code_of(error) != "ConditionalRequestConflict":
                raise
            time.sleep(pause)
    return call()


def in_words(call: Callable[P, T]) -> Callable[P, T]:
    """Make a function raise a `LichtbriefError` for whatever botocore raises inside it."""

    @wraps(call)
    def told(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return call(*args, **kwargs)
        except (BotoCoreError, ClientError) as error:
            refusal = explain(error)
        except ValueError as error:
            # botocore says this of an endpoint that is no address, quoting it
            if not str(error).startswith("Invalid endpoint"):
                raise
            refusal = LichtbriefError(*UNUSABLE)
        # Outside of the handlers: inside, the error with the address would hang on as context.
        raise refusal

    return told
