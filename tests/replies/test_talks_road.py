"""From a mother's choice of times to the table, the teacher's plan and her next letter."""

from datetime import UTC, datetime

import pytest
from icalendar import Calendar
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.road.roads import Road, open_letter
from tests.school import MOMENT

pytestmark = pytest.mark.xdist_group("replies-road")

AT = datetime.fromisoformat(MOMENT).replace(tzinfo=UTC)
DATES = "Kind: talks\nLength: 10\nDates: 2026-12-01 15:30-16:10, 2026-12-03 19:00-19:30\n"


def opened(road: Road, phone: BrowserContext) -> Page:
    """The newest letter of g1, in a browser of that day."""
    page = phone.new_page()
    page.clock.set_fixed_time(AT)
    page.goto(road.link("g1"))
    expect(page.locator(".answers")).to_be_visible()
    return page


def choose(form: Locator, *times: str) -> None:
    """Choose times by the keyboard's way: a list each, and a button."""
    form.locator("summary").click()
    for number, time in enumerate(times):
        form.locator("select").nth(number).select_option(time)
    form.locator("button").click()
    expect(form.locator(".told")).to_have_text("Dit is aangekomen. Dank u wel.")


def test_a_mother_of_two_gets_times_beside_each_other_and_in_her_next_letter(
    road: Road, phone: BrowserContext
) -> None:
    for place, teacher in (("groep-3", "juf-sanne"), ("groep-5", "meester-tom")):
        road.school.post(f"{place}/2026-11-20-praten", teacher, "Kom praten.\n", DATES)
    road.done()
    page = opened(road, phone)
    forms = page.locator(".post.talks details", has_text="Kies een tijd")
    assert 2 == forms.count()
    choose(forms.nth(0), "2026-12-03T19:00", "2026-12-01T15:30")
    choose(forms.nth(1), "2026-12-01T15:50", "2026-12-01T15:40")

    came = road.told("inbox")
    assert (2, {}) == (came["filed"], came["aside"])
    given = road.told("talks", "assign")
    assert (1, 1, []) == (given["first"], given["second"], given["without"])
    rows = (road.school.folder / "school/talks.csv").read_text().splitlines()
    assert "post,pupil,guardians,teacher,start,status,changed_at" == rows[0]
    expected = [
        "groep-3/2026-11-20-praten,anna-b,g1,juf-sanne,2026-12-01T15:30,",
        "groep-5/2026-11-20-praten,bram-b,g1,meester-tom,2026-12-01T15:50,",
    ]
    assert expected == [row.rpartition(",")[0] for row in rows[1:]]
    plan = (road.school.folder / ".lichtbrief/talks/juf-sanne.txt").read_text()
    assert "15:30-15:40  Anna Bakker (Groep 3)  Ouder Een" in plan

    link, other = road.link("g1"), road.link("g2")
    road.done()
    page.goto("about:blank")
    page.goto(link)
    told = page.locator(".notes").first
    expect(told).to_contain_text("dinsdag 1 december om 15:30 tot 15:40")
    with page.expect_download() as download:
        told.locator("button").first.click()
    calendar = Calendar.from_ical(download.value.path().read_bytes().decode())
    (event,) = calendar.walk("VEVENT")
    said = str(event["SUMMARY"]), event["DTSTART"].to_ical()
    assert ("Gesprek over Anna, met Juf Sanne", b"20261201T153000") == said
    assert [] == open_letter(other).about["replies"]["appointments"]
