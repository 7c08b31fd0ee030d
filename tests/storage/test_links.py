"""Who can read what: the real server, asked as a browser would."""

from datetime import timedelta

import pytest
import urllib3

from lichtbrief.storage.signer import utc_now
from tests.stores import Shelf

DATA = bytes(range(256)) * 8


@pytest.fixture
def link(shelf: Shelf) -> str:
    """A signed link to an edition."""
    shelf.store.put("editions/x", DATA, content_type="application/octet-stream")
    return shelf.signer().sign("editions/x", utc_now() + timedelta(days=7))


def status(url: str, method: str = "GET") -> int:
    return urllib3.request(method, url, retries=False).status


def test_a_signed_link_opens_the_object(link: str) -> None:
    reply = urllib3.request("GET", link)
    assert (200, DATA) == (reply.status, reply.data)
    assert "private, no-store" == reply.headers["Cache-Control"]


def test_a_photo_can_be_asked_for_by_range(link: str) -> None:
    reply = urllib3.request("GET", link, headers={"Range": "bytes=100-199"})
    assert (206, DATA[100:200]) == (reply.status, reply.data)
    assert f"bytes 100-199/{len(DATA)}" == reply.headers["Content-Range"]


def test_without_a_signature_nothing_opens(link: str) -> None:
    assert 403 == status(link.partition("?")[0])


def test_one_changed_character_of_the_signature_closes_it(link: str) -> None:
    other = "0" if link[-1] != "0" else "1"
    assert 403 == status(link[:-1] + other)


def test_a_longer_life_cannot_be_written_into_it(link: str) -> None:
    assert 403 == status(link.replace("X-Amz-Expires=604800", "X-Amz-Expires=604799"))


def test_it_does_not_open_another_object(shelf: Shelf, link: str) -> None:
    shelf.store.put("editions/y", b"another group", content_type="application/octet-stream")
    assert 403 == status(link.replace("editions/x", "editions/y"))


def test_it_ends_when_it_said_it_would(shelf: Shelf, link: str) -> None:
    earlier = utc_now() - timedelta(minutes=2)
    signer = shelf.signer(lambda: earlier)
    assert 200 == status(signer.sign("editions/x", utc_now() + timedelta(minutes=2)))
    assert 403 == status(signer.sign("editions/x", utc_now() - timedelta(minutes=1)))


def test_it_neither_writes_nor_deletes(shelf: Shelf, link: str) -> None:
    assert [403, 403] == [status(link, "PUT"), status(link, "DELETE")]
    assert DATA == shelf.store.get("editions/x")


def test_the_signers_key_may_do_nothing_but_read_objects(shelf: Shelf) -> None:
    until = utc_now() + timedelta(hours=1)
    whole_bucket = shelf.server.signer().sign("", until)
    assert 403 == status(whole_bucket)
