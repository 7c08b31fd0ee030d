"""How fast mails go out, and what is said about it before they do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.delivery import Pace, in_words
from lichtbrief.limits import Limits

NOON = 1_795_000_000.0
counts = st.one_of(st.none(), st.integers(1, 40))


@pytest.mark.parametrize(
    ("limits", "mails", "left", "expected"),
    [
        (Limits(minute=30), 2000, None, "30 a minute: 2,000 mails take 67 minutes"),
        (Limits(second=14), 2000, None, "14 a second: 2,000 mails take 2 minutes"),
        (Limits(minute=30), 1, None, "30 a minute: 1 mail takes 2 s"),
        (Limits(minute=5), 2000, None, "5 a minute: 2,000 mails take 7 hours"),
        (
            Limits(minute=30, day=500),
            2000,
            120,
            "30 a minute, 500 a day: 120 mails take 4 minutes; 1,880 must wait for another day",
        ),
        (
            Limits(day=500),
            700,
            0,
            "500 a day: 0 mails may go now; 700 must wait for another day",
        ),
        (Limits(), 2000, None, ""),
        (Limits(minute=30), 0, None, ""),
    ],
)
def test_what_a_limit_means_is_said_before_it_starts(
    limits: Limits, mails: int, left: int | None, expected: str
) -> None:
    assert expected == in_words(limits, mails, left)


@given(counts, counts, st.integers(1, 120), st.lists(st.floats(0, 30), max_size=30))
def test_no_window_ever_holds_more_mails_than_its_limit(
    second: int | None, minute: int | None, mails: int, earlier: list[float]
) -> None:
    limits = Limits(second=second, minute=minute)
    pace = Pace(limits, [NOON - ago for ago in earlier])
    now, started = NOON, []
    for _ in range(mails):
        now += pace.wait(now)
        assert pace.wait(now) < 1e-6
        pace.start(now)
        started.append(now)
    for count, length in limits.windows:
        pairs = zip(started, started[count:], strict=False)
        assert all(later - first > length - 1e-3 for first, later in pairs)


def test_what_a_killed_run_has_sent_today_counts() -> None:
    pace = Pace(Limits(day=3), [NOON - 90_000, NOON - 3600, NOON - 60])
    assert 1 == pace.left_today(NOON)
    pace.start(NOON)
    assert 0 == pace.left_today(NOON)
    assert 86_400 - 3600 == pace.day_opens(NOON)
    assert 1 == pace.left_today(NOON + pace.day_opens(NOON))


def test_a_clock_that_was_set_back_makes_nobody_wait_for_longer_than_a_window() -> None:
    tomorrow = NOON + 86_400
    assert 60 == Pace(Limits(minute=1), [tomorrow]).wait(NOON)


@pytest.mark.parametrize(
    "given",
    [{"minute": 0}, {"second": -1}, {"day": 2.5}, {"connections": 21}, {"minute": True}],
)
def test_a_limit_that_is_no_count_is_refused(given: dict[str, int]) -> None:
    with pytest.raises((TypeError, ValueError)):
        Limits(**given)
