"""What is found out about a store: one that is good, and every way in which one is not."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from botocore.credentials import Credentials

from lichtbrief.errors import LichtbriefError
from lichtbrief.findings import Finding, Verdict
from lichtbrief.storage import S3Store, Signer, SigV4Signer, StoreProbe, refuse_open
from lichtbrief.storage.asking import open_pool
from lichtbrief.storage.signer import place_of, utc_now
from lichtbrief.storage.strangers import strangers
from tests.stores import GUARDED, Guarded

pytestmark = pytest.mark.xdist_group("guarded")

WEEK = timedelta(days=7)
PLAIN = "application/octet-stream"


def probe(
    guarded: Guarded,
    *,
    signer: str = "signer",
    store: S3Store | None = None,
    now: Callable[[], datetime] = utc_now,
) -> dict[str, Finding]:
    """Every finding by what was checked."""
    found = StoreProbe(
        store or guarded.store("publisher"), lambda at: guarded.signer(signer, at), now, WEEK
    )
    return {finding.what: finding for finding in found.findings()}


def not_good(found: dict[str, Finding]) -> dict[str, Verdict]:
    assert [] == [one for one in found.values() if one.verdict is not Verdict.OK and not one.todo]
    return {what: one.verdict for what, one in found.items() if one.verdict is not Verdict.OK}


def off_by(**difference: float) -> Callable[[], datetime]:
    """The clock of a computer that is wrong."""
    return lambda: utc_now() + timedelta(**difference)


def test_a_private_store_and_keys_with_the_least_rights_are_all_good(guarded: Guarded) -> None:
    found = probe(guarded)
    assert {} == not_good(found)
    assert [
        "Clock",
        "Writing",
        "Writing only if absent",
        "Reading without a link",
        "Listing without a key",
        "Writing without a key",
        "Signer",
        "Signed link",
        "Part of an object",
        "Changed link",
        "Ended link",
        "Removing, all versions",
    ] == list(found)


def test_nothing_is_left_behind_not_even_what_an_earlier_run_left(guarded: Guarded) -> None:
    store = guarded.store("publisher")
    store.put("doctor/left-by-a-run-that-was-killed", b"", content_type=PLAIN)
    probe(guarded)
    assert {} == store.list("doctor/")


@contextmanager
def opened(guarded: Guarded, *actions: str) -> Iterator[None]:
    """The bucket while somebody has opened it to everybody."""
    client, bucket = guarded.store("admin").client, guarded.server.bucket
    arn = f"arn:aws:s3:::{bucket}"
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": list(actions),
        "Resource": [arn, f"{arn}/*"],
    }
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    client.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))
    try:
        yield
    finally:
        client.delete_bucket_policy(Bucket=bucket)


@pytest.mark.parametrize(
    ("action", "what", "words"),
    [
        ("s3:GetObject", "Reading without a link", "your bucket is public: no key was asked for"),
        (
            "s3:ListBucket",
            "Listing without a key",
            "everybody can list your bucket: no key was asked for",
        ),
    ],
)
def test_a_bucket_that_was_made_public_on_purpose_is_found_and_explained(
    guarded: Guarded, action: str, what: str, words: str
) -> None:
    with opened(guarded, action):
        found = probe(guarded)
        with pytest.raises(LichtbriefError, match=words.partition(":")[0]):
            refuse_open(guarded.store("publisher"))
    assert (Verdict.FAILED, words) == (found[what].verdict, found[what].words)
    assert "lichtbrief storage setup" in found[what].todo


def test_a_clock_that_is_two_minutes_off_is_told(guarded: Guarded) -> None:
    found = probe(guarded, now=off_by(minutes=-2))
    assert {"Clock": Verdict.WARNING} == not_good(found)
    assert re.fullmatch("this computer is 1(19|20) s behind the store", found["Clock"].words)


def test_a_clock_that_is_twenty_minutes_off_is_a_failure_and_explains_the_others(
    guarded: Guarded,
) -> None:
    found = probe(guarded, now=off_by(minutes=20))
    first, *_ = found.items()
    assert ("Clock", Verdict.FAILED) == (first[0], first[1].verdict)
    assert re.fullmatch("this computer is 120[01] s ahead of the store", found["Clock"].words)
    assert "NTP" in found["Clock"].todo


def test_a_signer_that_may_write_is_told(guarded: Guarded) -> None:
    found = probe(guarded, signer="publisher")
    assert {"Signer": Verdict.WARNING} == not_good(found)
    assert "may list or write as well" in found["Signer"].words


def test_a_signer_that_ends_before_its_links_is_a_failure(guarded: Guarded) -> None:
    passing = Credentials("access", "secret", "a token of today")

    def signer_at(now: Callable[[], datetime]) -> Signer:
        return SigV4Signer(place_of(guarded.store("publisher")), "us-east-1", passing, now)

    store = StoreProbe(guarded.store("publisher"), signer_at, utc_now, WEEK)
    found = {finding.what: finding for finding in store.findings()}
    assert {"Signer": Verdict.FAILED} == not_good(found)
    assert "temporary" in found["Signer"].words
    assert "Signed link" not in found


def test_a_signer_whose_key_is_unknown_opens_nothing(guarded: Guarded) -> None:
    found = probe(guarded, signer="nobody")
    assert Verdict.FAILED is found["Signer"].verdict
    assert "the store does not know these credentials" == found["Signer"].words


def test_a_publisher_that_may_not_write_is_one_failure_and_no_more(guarded: Guarded) -> None:
    found = probe(guarded, store=guarded.store("office"))
    assert {"Writing": Verdict.FAILED} == not_good(found)
    assert ["Clock", "Writing"] == list(found)


def test_a_store_that_nobody_answers_for_is_named(guarded: Guarded) -> None:
    endpoint = guarded.server.endpoint
    guarded.server.endpoint = "http://127.0.0.1:9"
    try:
        found = probe(guarded)
    finally:
        guarded.server.endpoint = endpoint
    assert "the store cannot be reached" == found["Writing"].words


@dataclass(frozen=True, slots=True)
class Forgetful(S3Store):
    """A host that does not know If-None-Match, as some do not."""

    def put(
        self,
        name: str,
        data: bytes,
        *,
        content_type: str,
        encoding: str | None = None,
        absent: bool = False,
    ) -> str:
        return S3Store.put(self, name, data, content_type=content_type, encoding=encoding)


def test_a_host_that_replaces_what_is_there_is_found(guarded: Guarded) -> None:
    store = guarded.store("publisher")
    found = probe(guarded, store=Forgetful(store.client, store.bucket, GUARDED))
    assert Verdict.FAILED is found["Writing only if absent"].verdict
    assert "two jobs at once" in found["Writing only if absent"].todo


def test_versions_that_the_owner_switched_on_are_no_trouble(guarded: Guarded) -> None:
    admin, bucket = guarded.store("admin").client, guarded.server.bucket
    admin.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    try:
        assert {} == not_good(probe(guarded))
    finally:
        admin.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Suspended"})
    left = admin.list_object_versions(Bucket=bucket, Prefix=f"{GUARDED}doctor/")
    assert ([], []) == (left.get("Versions", []), left.get("DeleteMarkers", []))


class Open(BaseHTTPRequestHandler):
    """A host that says yes to everybody."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    do_PUT = do_GET  # noqa: N815 -- http.server looks for this name

    def log_message(self, *_: object) -> None:
        pass


def test_a_host_that_says_yes_to_everybody_fails_in_every_way(guarded: Guarded) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Open)
    Thread(target=server.serve_forever, daemon=True).start()
    place = f"http://127.0.0.1:{server.server_port}/school/brief/"
    with open_pool([place], 1) as pool:
        found = list(strangers(pool, guarded.store("publisher"), place, "doctor/x"))
    server.shutdown()
    server.server_close()
    assert [Verdict.FAILED] * 3 == [each.verdict for each in found]
    assert "not refused, but answered with 200" == found[-1].words
