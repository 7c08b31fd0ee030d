"""When the mail of the day may go: on school days, in the daytime, by the school's own clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.editions import Week
from lichtbrief.errors import ProblemsError
from lichtbrief.jobs.publish.school_hours import (
    is_quiet,
    is_school_day,
    seconds_left,
    weeks_with_news,
    why_not_now,
)
from lichtbrief.settings import Settings, read_settings
from tests.jobs.given import site_of
from tests.school import SmallSchool

CHRISTMAS = (date(2026, 12, 19), date(2027, 1, 3))
A_DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    school = SmallSchool.build(tmp_path_factory.mktemp("hours"))
    return replace(read_settings(site_of(school)), holidays=(CHRISTMAS,))


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        ("2026-11-17T07:00", ""),
        ("2026-11-17T17:59", ""),
        ("2026-11-17T18:00", "quiet from 18:00 to 07:00"),
        ("2026-11-17T06:59", "quiet from 18:00 to 07:00"),
        ("2026-11-21T12:00", "no school today"),
        ("2026-12-18T12:00", ""),
        ("2026-12-21T12:00", "no school today"),
        ("2027-01-04T12:00", ""),
    ],
)
def test_mails_go_on_school_days_in_the_daytime(settings: Settings, moment: str, why: str) -> None:
    assert why == why_not_now(settings, datetime.fromisoformat(moment))


TIMES = st.times().map(lambda one: one.replace(second=0, microsecond=0))
INSTANTS = st.integers(0, 10 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
# Clocks go forward at 01:00 UTC on 29 March 2026, and back on 25 October
CHANGES = st.builds(
    lambda day, minutes: day + timedelta(minutes=minutes),
    st.sampled_from([datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)]),
    st.integers(-1440, 1440),
)


@given(instant=INSTANTS | CHANGES, start=TIMES, end=TIMES)
def test_the_quiet_hours_are_those_on_the_schools_clock(
    settings: Settings, instant: datetime, start: time, end: time
) -> None:
    quiet = replace(settings, quiet=(start, end))
    clock = instant.astimezone(settings.zone)
    minutes, first, last = (60 * one.hour + one.minute for one in (clock, start, end))
    silent = (minutes - first) % 1440 < (last - first) % 1440
    if start != end:
        assert silent == is_quiet(quiet, clock.replace(tzinfo=None))


@given(instant=INSTANTS | CHANGES)
def test_a_run_that_may_begin_ends_with_the_day_or_the_quiet_hours(
    settings: Settings, instant: datetime
) -> None:
    clock = instant.astimezone(settings.zone)
    local = clock.replace(tzinfo=None)
    if why_not_now(settings, local):
        return
    over = instant + timedelta(seconds=seconds_left(settings, local))
    # A minute before it, mails may go, and at that moment they may not
    for moment, may in ((over - timedelta(minutes=1), True), (over, False)):
        then = moment.astimezone(settings.zone).replace(tzinfo=None)
        assert may == (why_not_now(settings, then) == "")


@given(
    today=st.dates(date(2026, 8, 3), date(2027, 7, 30)),
    free=st.lists(st.tuples(st.dates(date(2026, 8, 1), date(2027, 7, 31)), st.integers(0, 20))),
)
def test_no_day_since_the_last_week_of_school_is_forgotten(
    settings: Settings, today: date, free: list[tuple[date, int]]
) -> None:
    holidays = tuple((first, first + days * A_DAY) for first, days in free)
    school = replace(settings, holidays=holidays)
    weeks = weeks_with_news(school, today)
    now = Week.of(today)
    assert (now, weeks) == (weeks[-1], tuple(sorted(set(weeks))))
    mondays = [week.monday for week in weeks]
    assert all(later - earlier == 7 * A_DAY for earlier, later in pairwise(mondays))
    # The last day of school before this week lies in the first of them, unless in another year
    days = (now.monday - n * A_DAY for n in range(1, 80))
    last = next((day for day in days if is_school_day(school, day)), None)
    if last is not None and Week.of(last).school_year == now.school_year:
        assert Week.of(last) == weeks[0]


def test_the_first_monday_after_christmas_looks_back_to_the_last_week_before_it(
    settings: Settings,
) -> None:
    weeks = weeks_with_news(settings, date(2027, 1, 4))
    assert ["2026-W51", "2026-W52", "2026-W53", "2027-W01"] == [str(week) for week in weeks]


@pytest.mark.parametrize(
    "quiet", ["18:00", ("18:00",), ("18:00", "18:00"), ("18:00", "25:00"), (18, 7), None]
)
def test_quiet_hours_that_cannot_be_read_are_refused(tmp_path: Path, quiet: object) -> None:
    school = SmallSchool.build(tmp_path)
    with pytest.raises(ProblemsError, match="settings are refused") as refused:
        read_settings(site_of(school, LICHTBRIEF_QUIET=quiet))
    assert ["LICHTBRIEF_QUIET"] == [one.column for one in refused.value.problems]
