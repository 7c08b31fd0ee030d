"""Creating a bucket and closing it: what is so already, what is to be done, what a host lacks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from lichtbrief.errors import LichtbriefError
from lichtbrief.storage.measures import MEASURES, Lacking, Measure
from lichtbrief.storage.refusals import code_of, in_words
from lichtbrief.storage.s3 import DEFAULT_REGION

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CreateBucketRequestTypeDef

ABSENT = ("404", "NoSuchBucket")
RIGHTS = (
    "these credentials may not see or change the bucket's own settings",
    "run it once with an administrator's (AWS_PROFILE=… lichtbrief storage setup): the weekly"
    " job's key needs no such right",
)
TAKEN = (
    "the bucket belongs to somebody else, or these credentials may not look at it",
    "choose another name in LICHTBRIEF_STORE, or use an administrator's credentials",
)


class State(StrEnum):
    """How far one part of the bucket's setup is."""

    SO = "is so"
    TODO = "to do"
    LACKING = "not there"
    """This host does not have it; the words say what holds instead."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One part of the setup: what it is, how far it is, and a word about it."""

    what: str
    state: State
    words: str


@dataclass(frozen=True, slots=True)
class BucketSetup:
    """The setup of one bucket, with credentials that may change its settings.

    Every method raises `LichtbriefError` when the store refuses or cannot be reached.
    """

    client: "S3Client"
    bucket: str

    @in_words
    def plan(self) -> tuple[Deed, ...]:
        """Every part as it is now; nothing is changed."""
        there = self._is_there()
        words = "" if there else "create it, with nothing in it"
        first = Deed(f"Bucket {self.bucket}", State.SO if there else State.TODO, words)
        return first, *(self._look(each) if there else _todo(each) for each in MEASURES)

    def carry_out(self) -> Iterator[Deed]:
        """Do what is to do, one part after the other, each as it came out."""
        first, *rest = self.plan()
        if first.state is State.TODO:
            self._create()
            first = replace(first, state=State.SO, words="created")
        yield first
        for measure, deed in zip(MEASURES, rest, strict=True):
            yield self._do(measure) if deed.state is State.TODO else deed

    def _is_there(self) -> bool:
        try:
            self.client.head_bucket(Bucket=self.bucket)
        except ClientError as error:
            if code_of(error) in ABSENT:
                return False
            raise LichtbriefError(*TAKEN) from None
        return True

    @in_words
    def _create(self) -> None:
        request: CreateBucketRequestTypeDef = {"Bucket": self.bucket}
        region = self.client.meta.region_name
        if region != DEFAULT_REGION:  # the one that Amazon takes only if it is not said
            request["CreateBucketConfiguration"] = {"LocationConstraint": region}  # type: ignore[typeddict-item]  # its stubs list regions
        try:
            self.client.create_bucket(**request)
        except ClientError as error:
            if code_of(error) == "BucketAlreadyExists":
                raise LichtbriefError(*TAKEN) from None
            raise

    def _look(self, measure: Measure) -> Deed:
        def look() -> Deed:
            if measure.is_so(self.client, self.bucket):
                return Deed(measure.what, State.SO, "")
            return _todo(measure)

        return self._asked(measure, look)

    @in_words
    def _do(self, measure: Measure) -> Deed:
        def do() -> Deed:
            measure.make_so(self.client, self.bucket)
            # Some hosts answer yes and forget it.
            so = measure.is_so(self.client, self.bucket)
            return Deed(measure.what, State.SO, "done") if so else _lacking(measure)

        return self._asked(measure, do)

    def _asked(self, measure: Measure, ask: Callable[[], Deed]) -> Deed:
        try:
            return ask()
        except Lacking:
            return _lacking(measure)
        except ClientError as error:
            code = code_of(error)
            if code in ("AccessDenied", "403"):
                raise LichtbriefError(*RIGHTS) from None
            if code not in ("NotImplemented", "MethodNotAllowed", "501", "405"):
                raise
            return _lacking(measure)


def _todo(measure: Measure) -> Deed:
    return Deed(measure.what, State.TODO, measure.does)


def _lacking(measure: Measure) -> Deed:
    return Deed(measure.what, State.LACKING, f"this host has no such thing: {measure.instead}")
