"""A week over a bad line to the store: it ends in a clear state, and the next run does the rest."""

import io
import json
import os
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime, timedelta
from functools import partial

import pytest
from botocore.compat import get_current_datetime

from lichtbrief.cli.main import main
from tests.delivery.children import in_child
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


def week_with_clock_off(road: Road, minutes: int) -> bytes:
    """Run the week on a computer whose clock is wrong: status and words, as JSON."""

    def off(*, remove_tzinfo: bool = True) -> datetime:
        return get_current_datetime(remove_tzinfo=remove_tzinfo) + timedelta(minutes=minutes)

    os.chdir(road.school.folder)
    os.environ.update(road.school.environment)
    with (
        pytest.MonkeyPatch.context() as patch,
        redirect_stdout(io.StringIO()) as out,
        redirect_stderr(io.StringIO()) as err,
    ):
        patch.setattr("botocore.auth.get_current_datetime", off)
        status = main(["weekly"])
    return json.dumps([status, out.getvalue(), err.getvalue()]).encode()


def test_a_computer_whose_clock_is_20_minutes_off_does_nothing_until_it_is_set(road: Road) -> None:
    for minutes in (-20, 20):
        said_ = in_child(partial(week_with_clock_off, road, minutes))
        status, out, err = json.loads(said_)
        assert (1, "") == (status, out)
        assert "error: the store refused the time of this computer\nhint: set the clock" in err
        assert ({}, {}) == (road.objects(), road.mails())
    assert {"sent": 4} == road.done()["mails"]
    assert dict.fromkeys(READERS, 1) == mailed(road)
