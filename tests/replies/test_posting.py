"""What the form in a letter lets a browser do, asked of the real server."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
import urllib3
from botocore.credentials import Credentials

from lichtbrief.errors import LichtbriefError
from lichtbrief.storage import PostForm, PostSigner, S3Store
from lichtbrief.storage.s3 import make_client
from lichtbrief.storage.signer import utc_now
from tests.stores import Shelf


def poster(shelf: Shelf, now: Callable[[], datetime] = utc_now) -> PostSigner:
    """The signer with the key for replies, for this corner of the server."""
    keys = shelf.server.post_signer().credentials
    return PostSigner(shelf.store, Credentials(str(keys.access_key), str(keys.secret_key)), now)


@pytest.fixture
def form(shelf: Shelf) -> PostForm:
    return poster(shelf).form("replies/box/", 100, 200, utc_now() + timedelta(days=7))


def send(form: PostForm, key: str, size: int = 150, **changed: str) -> int:
    fields = {"key": key, **form.fields, **changed}
    parts: dict[str, str | tuple[str, bytes]] = {**fields, "file": ("blob", bytes(size))}
    return urllib3.request("POST", form.url, fields=parts, retries=False).status


def test_a_reply_is_put_below_its_own_name(shelf: Shelf, form: PostForm) -> None:
    assert 204 == send(form, f"{form.begins}one")
    assert {"replies/box/one": 150} == {n: o.size for n, o in shelf.store.list().items()}


@pytest.mark.parametrize("size", [0, 99, 201, 10_000])
def test_another_size_is_refused(shelf: Shelf, form: PostForm, size: int) -> None:
    assert 400 == send(form, f"{form.begins}one", size)
    assert {} == shelf.store.list()


@pytest.mark.parametrize(
    "place", ["replies/other/x", "replies/box", "letters/x.html", "replies/box/../../letters/x"]
)
def test_no_other_name_can_be_written(shelf: Shelf, form: PostForm, place: str) -> None:
    assert send(form, shelf.store.prefix + place) in (400, 403)
    assert {} == shelf.store.list()


def test_a_changed_policy_is_refused(shelf: Shelf, form: PostForm) -> None:
    wide = poster(shelf).form("", 0, 10_000_000, utc_now() + timedelta(days=7))
    assert 403 == send(form, f"{form.begins}x", policy=wide.fields["policy"])
    assert {} == shelf.store.list()


def test_a_form_ends_with_its_letter(shelf: Shelf) -> None:
    signer = poster(shelf, lambda: utc_now() - timedelta(hours=2))
    form = signer.form("replies/box/", 1, 200, utc_now() - timedelta(hours=1))
    assert 403 == send(form, f"{form.begins}x")


def test_nobody_reads_a_reply(shelf: Shelf, form: PostForm) -> None:
    send(form, f"{form.begins}one")
    assert 403 == urllib3.request("GET", f"{form.url}{form.begins}one", retries=False).status


def test_a_form_that_would_last_longer_than_a_link_is_not_made(shelf: Shelf) -> None:
    with pytest.raises(LichtbriefError, match="seven days"):
        poster(shelf).form("replies/box/", 1, 2, utc_now() + timedelta(days=8))


def put(link: str, size: int = 150, **headers: str) -> int:
    more = {"If-None-Match": "*"} | headers
    return urllib3.request("PUT", link, body=bytes(size), headers=more, retries=False).status


def test_a_link_to_put_is_the_one_that_botocore_makes() -> None:
    client = make_client(boto3.Session("AKIDEXAMPLE", "a secret"), None, "eu-central-1")
    store = S3Store(client, "school", "brief/")
    asked = {"Bucket": "school", "Key": "brief/a b", "ContentLength": 150, "IfNoneMatch": "*"}
    theirs = client.generate_presigned_url("put_object", asked, ExpiresIn=3600)
    stamp = parse_qs(urlsplit(theirs).query)["X-Amz-Date"][0]
    now = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    ours = PostSigner(store, Credentials("AKIDEXAMPLE", "a secret"), lambda: now)
    assert theirs == ours.put_link("a b", 150, now + timedelta(hours=1))


def test_where_there_are_no_forms_a_reply_is_put_once(shelf: Shelf) -> None:
    link = poster(shelf).put_link("replies/box/150-0", 150, utc_now() + timedelta(days=7))
    assert 403 == put(link, 151)
    assert 403 == put(link.replace("150-0", "150-1"))
    assert {} == shelf.store.list()
    assert 200 == put(link)
    assert 412 == put(link)
    assert {"replies/box/150-0": 150} == {n: o.size for n, o in shelf.store.list().items()}
    assert 403 == urllib3.request("GET", link, retries=False).status
    assert 403 == urllib3.request("DELETE", link, retries=False).status
    assert {"replies/box/150-0": 150} == {n: o.size for n, o in shelf.store.list().items()}
