"""A week over a bad line to the store: it ends in a clear state, and the next run does the rest."""

from collections.abc import Iterator

import pytest

from tests.road.roads import READERS, Road
from tests.road.test_trouble import said
from tests.storage.faults import Fault, Way, faulty

IN_WORDS = (
    "the store cannot be reached",
    "the store failed (500)",
    "somebody else is writing the same object",
)


@pytest.fixture
def way(road: Road) -> Iterator[Way]:
    """The way to the store of this school."""
    with faulty(road.server.endpoint) as way:
        road.school.environment["LICHTBRIEF_S3_ENDPOINT"] = way.endpoint
        yield way


def mailed(road: Road) -> dict[str, int]:
    """How many mails each guardian has had."""
    return {guardian: len(mails) for guardian, mails in road.mails().items()}


def test_a_week_over_a_line_that_fails_now_and_then_is_a_week_like_any_other(
    road: Road, way: Way
) -> None:
    way.often(0.08, seed=47)
    assert {"sent": 4} == road.done()["mails"]
    way.fate = lambda _, __: None
    assert [] == road.done("--dry-run")["plan"]
    assert dict.fromkeys(READERS, 1) == mailed(road)


@pytest.mark.parametrize(
    ("requests", "fault"),
    [(14, Fault.PRESENT), (40, Fault.HALF)],
)
def test_a_store_that_fails_for_good_ends_the_run_in_words_and_the_next_one_does_the_rest(
    requests: int, fault: Fault, road: Road, way: Way
) -> None:
    way.after(requests, fault)
    text = said(road.weekly())
    assert [words for words in IN_WORDS if words in text], text
    way.fate = lambda _, __: None
    assert {"sent": 4} == road.done()["mails"]
    assert dict.fromkeys(READERS, 1) == mailed(road)
    assert [] == road.done("--dry-run")["plan"]
