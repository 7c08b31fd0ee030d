"""The bucket as a store, on a real S3 server."""

import gzip
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar

import boto3
import pytest
from botocore.exceptions import ClientError

from lichtbrief.errors import LichtbriefError
from lichtbrief.storage import DryRun, Intent, S3Store, Stored
from lichtbrief.storage.refusals import explain
from lichtbrief.storage.s3 import make_client
from tests.stores import Shelf

HTML = "text/html; charset=utf-8"
SEALED = "application/octet-stream"


def test_what_is_put_is_listed_and_read_back(shelf: Shelf) -> None:
    etag = shelf.store.put("letters/a", b"dear parents", content_type=HTML)
    assert b"dear parents" == shelf.store.get("letters/a")
    assert {"letters/a": Stored("letters/a", 12, etag)} == shelf.store.list()


def test_a_list_can_be_narrowed_and_is_not_cut_off_at_a_thousand(shelf: Shelf) -> None:
    names = {f"letters/{number:04}" for number in range(1001)}
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: shelf.store.put(name, b"", content_type=HTML), sorted(names)))
    shelf.store.put("editions/x", b"", content_type=SEALED)
    assert names == set(shelf.store.list("letters/"))
    first = shelf.store.page("letters/", "letters/")
    rest = shelf.store.page("letters/", first[-1].name)
    assert sorted(names) == [one.name for one in (*first, *rest)]
    assert [] == shelf.store.page("letters/", "letters/1000")


@pytest.mark.parametrize("sign", ["\x01", "\ufffe", "\n", " ", "%2e", "é", "🎈"])
def test_a_name_that_a_stranger_gave_is_deleted_as_any_other(shelf: Shelf, sign: str) -> None:
    shelf.store.put(f"replies/x/{sign}", b"noise", content_type=SEALED)
    shelf.store.put("replies/x/y", b"", content_type=SEALED)
    assert {f"replies/x/{sign}", "replies/x/y"} == set(shelf.store.list("replies/"))
    shelf.store.delete(f"replies/x/{sign}")
    assert ["replies/x/y"] == list(shelf.store.list("replies/"))
    assert ["replies/x/y"] == [one.name for one in shelf.store.page("replies/", "replies/")]


def test_a_letter_is_replaced_and_its_etag_changes(shelf: Shelf) -> None:
    first = shelf.store.put("letters/a", b"monday", content_type=HTML)
    second = shelf.store.put("letters/a", b"friday", content_type=HTML)
    assert b"friday" == shelf.store.get("letters/a")
    assert first != second


def test_an_edition_that_is_there_already_stays_as_it_is(shelf: Shelf) -> None:
    first = shelf.store.put("editions/x", b"first", content_type=SEALED, absent=True)
    second = shelf.store.put("editions/x", b"second", content_type=SEALED, absent=True)
    assert (first, b"first") == (second, shelf.store.get("editions/x"))


def test_of_twenty_writers_at_once_one_wins(shelf: Shelf) -> None:
    def take(number: int) -> str:
        mine = f"run {number}".encode()
        return shelf.store.put("lease/1", mine, content_type="text/plain", absent=True)

    with ThreadPoolExecutor(20) as pool:
        etags = set(pool.map(take, range(20)))
    assert {shelf.store.list()["lease/1"].etag} == etags


def test_compressed_bytes_stay_compressed_and_say_so(shelf: Shelf) -> None:
    data = gzip.compress(b"<p>hello</p>", mtime=0)
    shelf.store.put("letters/a", data, content_type=HTML, encoding="gzip")
    head = shelf.store.client.head_object(
        Bucket=shelf.store.bucket, Key=shelf.store.prefix + "letters/a"
    )
    assert data == shelf.store.get("letters/a")
    assert ("gzip", HTML, "private, no-store") == (
        head["ContentEncoding"],
        head["ContentType"],
        head["CacheControl"],
    )


def test_deleting_what_is_not_there_is_fine(shelf: Shelf) -> None:
    shelf.store.delete("letters/never")
    assert {} == shelf.store.list()


def test_deleting_leaves_the_neighbour_with_a_longer_name(shelf: Shelf) -> None:
    shelf.store.put("letters/a", b"1", content_type=HTML)
    shelf.store.put("letters/ab", b"2", content_type=HTML)
    shelf.store.delete("letters/a")
    assert {"letters/ab"} == set(shelf.store.list())


@pytest.fixture
def versioned(shelf: Shelf) -> Iterator[S3Store]:
    """A bucket of its own whose owner switched versioning on after the first object."""
    store = replace(shelf.store, prefix=f"versioned-{shelf.store.prefix}")
    store.put("letters/a", b"before", content_type=HTML)
    client = store.client
    client.put_bucket_versioning(Bucket=store.bucket, VersioningConfiguration={"Status": "Enabled"})
    yield store
    client.put_bucket_versioning(
        Bucket=store.bucket, VersioningConfiguration={"Status": "Suspended"}
    )


def test_every_version_and_delete_marker_goes(versioned: S3Store) -> None:
    for text in (b"first", b"second", b"third"):
        versioned.put("letters/a", text, content_type=HTML)
    versioned.client.delete_object(Bucket=versioned.bucket, Key=f"{versioned.prefix}letters/a")
    versioned.put("letters/ab", b"neighbour", content_type=HTML)
    versioned.delete("letters/a")
    left = versioned.client.list_object_versions(Bucket=versioned.bucket, Prefix=versioned.prefix)
    assert [f"{versioned.prefix}letters/ab"] == [each["Key"] for each in left.get("Versions", [])]
    assert [] == left.get("DeleteMarkers", [])


def test_what_was_replaced_is_gone_with_every_version(versioned: S3Store) -> None:
    for text in (b"first", b"second"):
        versioned.put("letters/a", text, content_type=HTML)
    left = versioned.client.list_object_versions(Bucket=versioned.bucket, Prefix=versioned.prefix)
    assert [f"{versioned.prefix}letters/a"] == [each["Key"] for each in left.get("Versions", [])]
    assert b"second" == versioned.get("letters/a")


class Garage(BaseHTTPRequestHandler):
    """A host that keeps no versions and says so, as Garage and Cloudflare R2 do."""

    deleted: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.send_response(501)
        self.end_headers()
        self.wfile.write(b"<Error><Code>NotImplemented</Code></Error>")

    def do_DELETE(self) -> None:
        self.deleted.append(self.path)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_a_host_that_keeps_no_versions_just_deletes() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Garage)
    Thread(target=server.serve_forever, daemon=True).start()
    session = boto3.Session(aws_access_key_id="a", aws_secret_access_key="b")
    client = make_client(session, f"http://127.0.0.1:{server.server_port}", None)
    S3Store(client, "school").delete("letters/a")
    server.shutdown()
    server.server_close()
    assert ["/school/letters/a"] == Garage.deleted


def test_a_dry_run_writes_nothing_and_says_what_it_would_have_done(shelf: Shelf) -> None:
    shelf.store.put("letters/a", b"kept", content_type=HTML)
    dry = DryRun(shelf.store)
    dry.put("letters/b", b"new letter", content_type=HTML)
    dry.delete("letters/a")
    assert [Intent("put", "letters/b", 10), Intent("delete", "letters/a")] == dry.intents
    assert (["letters/a"], b"kept") == (list(dry.list()), dry.get("letters/a"))
    assert ["letters/a"] == list(shelf.store.list())


def stranger(shelf: Shelf, *, access: str = "", secret: str = "", endpoint: str = "") -> S3Store:
    """The same bucket for somebody whose key or way there is wrong."""
    known = shelf.server.store().client._request_signer._credentials  # type: ignore[attr-defined]  # only a test borrows a key
    session = boto3.Session(access or known.access_key, secret or known.secret_key)
    client = make_client(session, endpoint or shelf.server.endpoint, None, attempts=1)
    return S3Store(client, shelf.store.bucket)


def told(store: S3Store) -> tuple[str, str]:
    """What a failing `get` says, and all that a traceback would print of it."""
    with pytest.raises(LichtbriefError) as caught:
        store.get("letters/a")
    assert caught.value.hint
    return caught.value.message, "".join(traceback.format_exception(caught.value))


def test_refusals_are_told_apart(shelf: Shelf) -> None:
    wrong = "the store does not know these credentials"
    assert "the store has no such object" == told(shelf.store)[0]
    assert wrong == told(stranger(shelf, access="nobody"))[0]
    assert wrong == told(stranger(shelf, secret="guessed"))[0]
    nowhere = stranger(shelf, endpoint="http://127.0.0.1:9")
    assert "the store cannot be reached" == told(nowhere)[0]
    assert "the store refused access (403)" == told(replace(shelf.store, bucket="other"))[0]


def test_no_refusal_shows_a_key_or_an_address(shelf: Shelf) -> None:
    secrets = ("AKIASECRETACCESS", "verysecretkey", "127.0.0.1", "X-Amz", "Signature=")
    known = {"access": secrets[0], "secret": secrets[1]}
    for store in (
        stranger(shelf, **known),
        stranger(shelf, **known, endpoint="http://127.0.0.1:9"),
    ):
        text = told(store)[1]
        assert [] == [each for each in secrets if each in text]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("NoSuchBucket", "the store has no such bucket"),
        ("RequestTimeTooSkewed", "the store refused the time of this computer"),
        ("ExpiredToken", "the credentials have expired"),
        ("PermanentRedirect", "the bucket is in another region"),
        ("QuotaExceeded", "the store refused with “QuotaExceeded”"),
        ("https://x.example/?X-Amz-Signature=1", "the store refused with “unknown”"),
    ],
)
def test_an_error_code_becomes_a_sentence(code: str, message: str) -> None:
    error = ClientError({"Error": {"Code": code}}, "GetObject")
    assert message == explain(error).message
