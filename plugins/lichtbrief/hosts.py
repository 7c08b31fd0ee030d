"""Where stores and relays are: addresses that can be right at all, seen before anybody is asked."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from lichtbrief.roster import FieldError

BUCKET = re.compile(r"(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
TAKEN = re.compile(r"(xn--|sthree-|amzn-s3-demo-).*|.*(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)")
LABEL = r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)"
HOST = re.compile(rf"{LABEL}(\.{LABEL})*\.?")
REGION = re.compile(rf"(?![0-9]+$){LABEL}")
NUMBERS = re.compile(r"[0-9]+(\.[0-9]+)+")


@dataclass(frozen=True, slots=True)
class StorePlace:
    """A bucket, and a prefix that is empty or ends in a slash."""

    bucket: str
    prefix: str


def read_store(text: str) -> StorePlace:
    """Read `s3://bucket[/prefix]`; raises `FieldError` for what no S3 host can have.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    """
    parts = _split(text)
    if parts.scheme != "s3" or not parts.netloc:
        raise FieldError("is no address of a store", "write s3://bucket/prefix, or local")
    bucket, prefix = parts.netloc, parts.path.strip("/")
    if not BUCKET.fullmatch(bucket) or TAKEN.fullmatch(bucket) or NUMBERS.fullmatch(bucket):
        todo = "write a name of 3 to 63 of a-z, 0-9 and - that neither begins nor ends with -"
        raise FieldError("names a bucket that S3 does not allow", todo)
    if prefix and {"", ".", ".."} & {*prefix.split("/")}:
        todo = "write s3://bucket/prefix: a browser would ask for another address"
        raise FieldError("has a prefix with dots or nothing between its slashes", todo)
    return StorePlace(bucket, f"{prefix}/" if prefix else "")


def read_endpoint(text: str) -> str:
    """Read `https://host`, or `http://` of this computer; raises `FieldError` for others."""
    parts = _split(text)
    host = parts.hostname or ""
    named = ":" in host or HOST.fullmatch(host)
    if parts.scheme not in ("http", "https") or not named or parts.port == 0:
        raise FieldError("is no address of a host", "write it as https://host")
    if parts.scheme == "http" and not is_loopback(host):
        todo = "write https://host: over plain http links could be read on the way"
        raise FieldError("is not encrypted", todo)
    return text


def read_region(text: str) -> str:
    """Read `eu-central-1`; raises `FieldError` for what is no region's name."""
    if not REGION.fullmatch(text):
        todo = "write the region's code, such as eu-central-1"
        raise FieldError("is no name of a region", todo)
    return text


def check_certificate(place: StorePlace, endpoint: str | None) -> None:
    """Raises `FieldError` for a bucket whose own host at Amazon has no valid certificate."""
    if endpoint is None and "." in place.bucket:
        todo = "write the name of a bucket without dots: a parent's browser would refuse its links"
        raise FieldError("names a bucket with a dot, and no certificate of Amazon has one", todo)


def is_loopback(host: str) -> bool:
    """Whether a host is this computer itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _split(text: str) -> SplitResult:
    """The parts of an address that has neither user, query nor blanks; raises ValueError."""
    parts = urlsplit(text)
    if re.search(r"[\s\\?#@]", text):
        raise ValueError(text)
    return parts
