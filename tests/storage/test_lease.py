"""One job at a time over all machines, on a real S3 server and its clock."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from lichtbrief.errors import LichtbriefError
from lichtbrief.storage import Lease, TakenOverError, work_at
from tests.stores import Shelf

LONG = 600.0
SHORT = 3.0


def test_the_store_is_ours_while_a_job_is_at_work_and_nobodys_after(shelf: Shelf) -> None:
    assert work_at(shelf.store) is None
    with Lease(shelf.store, "a") as lease:
        lease.hold()
        work = work_at(shelf.store)
        assert work is not None
        assert ("a", True) == (work.holder, 590 < work.left <= LONG)
    assert work_at(shelf.store) is None
    with Lease(shelf.store, "b") as lease:
        lease.hold()


def test_a_second_job_elsewhere_is_refused_in_one_line(shelf: Shelf) -> None:
    with Lease(shelf.store, "a") as lease:
        with pytest.raises(LichtbriefError) as refusal, Lease(shelf.store, "b"):
            pass
        lease.hold()
    assert refusal.value.message == (
        "a job on another machine has been at work for 1 minute, and holds the store for 10 minutes"
        " more"
    )
    assert "--take-over" in refusal.value.hint


def test_a_job_that_was_killed_here_does_not_keep_the_next_one_here_waiting(shelf: Shelf) -> None:
    Lease(shelf.store, "a").__enter__()
    with Lease(shelf.store, "a") as lease:
        lease.hold()
        assert work_at(shelf.store) is not None
    assert work_at(shelf.store) is None


def test_a_job_that_was_killed_elsewhere_is_waited_for_until_its_lease_ends(shelf: Shelf) -> None:
    Lease(shelf.store, "a")._write("lease/000000001", SHORT)
    with pytest.raises(LichtbriefError, match="at work"), Lease(shelf.store, "b"):
        pass
    while work_at(shelf.store) is not None:
        time.sleep(0.1)
    with Lease(shelf.store, "b") as lease:
        lease.hold()


def test_taken_over_on_purpose_the_first_job_notices(shelf: Shelf) -> None:
    with Lease(shelf.store, "a") as first:
        with Lease(shelf.store, "b", takes_over=True) as second:
            second.hold()
            for step in (first.hold, lambda: first._go_on(LONG)):
                with pytest.raises(TakenOverError):
                    step()
            second.hold()
        with pytest.raises(TakenOverError):
            first.hold()
    assert work_at(shelf.store) is None


def test_of_many_jobs_at_once_one_begins(shelf: Shelf) -> None:
    def begin(number: int) -> Lease | None:
        try:
            return Lease(shelf.store, f"machine {number}").__enter__()
        except LichtbriefError:
            return None

    with ThreadPoolExecutor(8) as pool:
        begun = [lease for lease in pool.map(begin, range(8)) if lease is not None]
    assert 1 == len(begun)
    begun[0].hold()


def test_a_lease_is_renewed_while_the_job_works_and_few_are_kept(shelf: Shelf) -> None:
    with Lease(shelf.store, "a", lasts=SHORT) as lease:
        before = set(shelf.store.list("lease/"))
        end = time.monotonic() + 30
        while before & set(shelf.store.list("lease/")) and time.monotonic() < end:
            time.sleep(0.1)
        lease.hold()
        with pytest.raises(LichtbriefError, match="at work"), Lease(shelf.store, "b"):
            pass
    assert len(shelf.store.list("lease/")) <= 2


def test_a_lease_says_who_holds_it_to_nobody(shelf: Shelf) -> None:
    with Lease(shelf.store, "opaque"):
        (name,) = shelf.store.list("lease/")
        value = json.loads(shelf.store.get(name))
    assert {"format", "holder", "run", "worked", "lasts"} == value.keys()
    assert ("lease/000000001", "opaque") == (name, value["holder"])


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b'{"format": "lichtbrief lease 9"}'])
def test_a_lease_that_nobody_understands_stops_all_but_who_insists(
    data: bytes, shelf: Shelf
) -> None:
    shelf.store.put("lease/000000007", data, content_type="application/json")
    with pytest.raises(LichtbriefError, match="cannot be understood"), Lease(shelf.store, "a"):
        pass
    with Lease(shelf.store, "a", takes_over=True) as lease:
        lease.hold()


def test_an_age_is_told_by_the_stores_own_clock(shelf: Shelf) -> None:
    shelf.store.put("lease/000000001", b"x", content_type="text/plain")
    assert timedelta(0) <= shelf.store.age("lease/000000001") < timedelta(minutes=1)


def test_a_lease_of_which_no_word_came_back_is_recognised(shelf: Shelf) -> None:
    with Lease(shelf.store, "a") as lease:
        lease._write("lease/000000002", LONG)
        lease._newest = "lease/000000001"
        lease.hold()
        lease._newest = "lease/000000001"
    assert work_at(shelf.store) is None
