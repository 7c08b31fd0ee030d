"""What the weekly and the daily job say of the answers they took in and of what they took back."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from lichtbrief.cli.daily import daily_text
from lichtbrief.cli.weekly import as_text
from lichtbrief.jobs.answers.carrying_out import CarriedOut
from lichtbrief.jobs.answers.receiving import Received
from lichtbrief.jobs.answers.taking_in import Emptied
from lichtbrief.jobs.publish.publication import Publication
from lichtbrief.jobs.publish.recording import TakenBack
from lichtbrief.jobs.runs.published import Published
from lichtbrief.storage import Plan

QUIET = Published(Publication((), {}, Plan(()), {}), 0, 0, None, {})
NO = Emptied(Received(filed=1), CarriedOut(answers=1, hidden=0, renews=True), told=0, untold=0)
BACK = TakenBack("groep-3/2026-11-17-bos", photos=2, letters=3)
RUNS = [partial(as_text, dry=False), partial(daily_text, dry=False)]

eachrun = pytest.mark.parametrize("told", RUNS, ids=["weekly", "daily"])


@eachrun
def test_a_no_that_came_in_and_the_photos_it_took_back_are_told_at_the_end(
    told: Callable[[Published], str],
) -> None:
    *_, answers, back = told(replace(QUIET, emptied=NO, taken_back=(BACK,))).split("\n\n")
    assert "What parents answered" in answers
    assert "written into consents.csv" in answers
    assert "Not shown any more" in back
    assert "was in 3 mailed letters" in back


@eachrun
def test_where_nothing_came_in_and_nothing_went_no_word_is_lost_on_it(
    told: Callable[[Published], str],
) -> None:
    nothing = replace(NO, received=Received(), carried_out=CarriedOut.of(()))
    assert told(QUIET) == told(replace(QUIET, emptied=nothing))
    assert "answered" not in told(QUIET)
