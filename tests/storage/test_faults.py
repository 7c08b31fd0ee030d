"""The way to the store fails: what passes is tried again, what does not is said in words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from botocore.compat import get_current_datetime

from lichtbrief.errors import LichtbriefError
from lichtbrief.storage import Lease, S3Store, work_at
from lichtbrief.storage.s3 import make_client
from tests.storage.faults import PASSING, PATIENCE, Fault, Way, faulty
from tests.storage.test_s3 import HTML
from tests.stores import Shelf


@pytest.fixture
def way(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Iterator[Way]:
    """A way to the store on which nobody waits between two tries."""
    monkeypatch.setattr("lichtbrief.storage.refusals.PAUSES", (0.0, 0.0, 0.0))
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", nothing)
    with faulty(shelf.server.endpoint) as way:
        yield way


def nothing(*_: object) -> float:
    """No time at all."""
    return 0.0


@pytest.fixture
def store(shelf: Shelf, way: Way) -> S3Store:
    """The test's corner, reached over that way."""
    client = make_client(shelf.server._session(), way.endpoint, None)
    return replace(shelf.store, client=client)


@pytest.mark.parametrize("fault", PASSING)
def test_what_passes_is_tried_again(fault: Fault, store: S3Store, way: Way, shelf: Shelf) -> None:
    way.once(fault, "PUT")
    etag = store.put("letters/a", b"dear parents", content_type=HTML)
    for read in (store.list, lambda: store.get("letters/a"), lambda: store.age("letters/a")):
        way.once(fault, "GET")
        read()
    way.once(fault, "GET")
    assert (b"dear parents", etag) == (store.get("letters/a"), store.list()["letters/a"].etag)
    way.once(fault, "DELETE")
    store.delete("letters/a")
    assert {} == shelf.store.list()


def test_an_object_whose_answer_was_lost_is_ours_when_it_is_put_once_more(
    store: S3Store, way: Way, shelf: Shelf
) -> None:
    way.once(Fault.UNHEARD, "PUT")
    etag = store.put("editions/x", b"sealed", content_type=HTML, absent=True)
    assert etag == shelf.store.list()["editions/x"].etag
    assert 2 == sum(method == "PUT" for method, _ in way.requests)


@pytest.mark.parametrize("method", ["PUT", "GET"])
def test_an_answer_that_takes_too_long_is_asked_for_again(
    method: str, shelf: Shelf, way: Way
) -> None:
    hasty = make_client(shelf.server._session(), way.endpoint, None, seconds=PATIENCE)
    store = replace(shelf.store, client=hasty)
    way.once(Fault.SLOW, method)
    store.put("editions/x", b"sealed", content_type=HTML, absent=True)
    assert b"sealed" == store.get("editions/x")


def test_two_writers_at_once_are_told_apart_after_a_second_try(
    store: S3Store, way: Way, shelf: Shelf
) -> None:
    way.once(Fault.CONTENDED, "PUT")
    store.put("editions/x", b"sealed", content_type=HTML, absent=True)
    assert b"sealed" == shelf.store.get("editions/x")


def test_what_changed_on_the_way_is_not_taken(store: S3Store, way: Way, shelf: Shelf) -> None:
    way.once(Fault.CHANGED, "PUT")
    with pytest.raises(LichtbriefError):
        store.put("letters/a", b"dear parents", content_type=HTML)
    assert {} == shelf.store.list()


def test_half_of_what_is_put_is_nothing(shelf: Shelf, way: Way) -> None:
    once = make_client(shelf.server._session(), way.endpoint, None, attempts=1)
    way.once(Fault.TORN, "PUT")
    with pytest.raises(LichtbriefError, match="cannot be reached"):
        replace(shelf.store, client=once).put("letters/a", b"dear parents", content_type=HTML)
    assert {} == shelf.store.list()


@pytest.mark.parametrize("fault", PASSING)
def test_what_does_not_pass_is_said_in_words(fault: Fault, store: S3Store, way: Way) -> None:
    store.put("letters/a", b"dear parents", content_type=HTML)
    way.after(0, fault)
    with pytest.raises(LichtbriefError) as refusal:
        store.get("letters/a")
    assert refusal.value.message in (
        "the store cannot be reached",
        "the store asked to slow down",
        "the store failed (500)",
    )


def test_a_lease_outlives_a_store_that_fails_now_and_then(
    store: S3Store, way: Way, shelf: Shelf
) -> None:
    way.often(0.3, seed=47)
    for _ in range(3):
        with Lease(store, "a") as lease:
            lease.hold()
    way.fate = lambda _, __: None
    assert work_at(shelf.store) is None


@pytest.mark.parametrize("minutes", [-20, 20])
def test_a_clock_that_is_20_minutes_off_is_said_to_be(
    minutes: int, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def off(*, remove_tzinfo: bool = True) -> datetime:
        return get_current_datetime(remove_tzinfo=remove_tzinfo) + timedelta(minutes=minutes)

    monkeypatch.setattr("botocore.auth.get_current_datetime", off)
    with pytest.raises(LichtbriefError, match="the store refused the time of this computer"):
        shelf.store.list()
