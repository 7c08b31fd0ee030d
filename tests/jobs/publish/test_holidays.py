"""The last Friday before Christmas: links of seven days end in the holidays."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from lichtbrief.jobs.publish.granting import LetterTask
from lichtbrief.jobs.publish.holidays import Gap, gap_after
from lichtbrief.settings import Settings, read_settings
from tests.jobs.given import W47, site_of
from tests.school import SmallSchool

FRIDAY = date(2026, 12, 18)
ENDS = datetime(2026, 12, 25, 14, tzinfo=UTC)
CHRISTMAS = (date(2026, 12, 19), date(2027, 1, 3))
AUTUMN = (date(2026, 10, 17), date(2026, 10, 25))


def letter(until: datetime) -> LetterTask:
    return LetterTask("letters/a.html", "a", W47, "g1", "nl", (), (), "", until, "", stored=None)


@pytest.fixture
def settings(school: SmallSchool) -> Settings:
    return replace(read_settings(site_of(school)), holidays=(AUTUMN, CHRISTMAS))


def test_links_end_at_christmas_and_the_next_edition_is_on_the_eighth(settings: Settings) -> None:
    gap = gap_after(settings, [letter(ENDS)], FRIDAY)
    assert Gap(ENDS.astimezone(settings.zone), date(2027, 1, 8)) == gap


def test_links_of_a_month_outlast_the_holidays(settings: Settings) -> None:
    assert None is gap_after(settings, [letter(ENDS.replace(year=2027, month=1, day=17))], FRIDAY)


@pytest.mark.parametrize("friday", [date(2026, 12, 11), date(2026, 11, 20), date(2027, 1, 8)])
def test_another_friday_is_nothing_to_tell(settings: Settings, friday: date) -> None:
    ends = datetime(friday.year, friday.month, friday.day, 14, tzinfo=UTC)
    assert None is gap_after(settings, [letter(ends)], friday)


def test_without_holidays_or_letters_there_is_no_gap(settings: Settings) -> None:
    assert None is gap_after(replace(settings, holidays=()), [letter(ENDS)], FRIDAY)
    assert None is gap_after(settings, [], FRIDAY)
