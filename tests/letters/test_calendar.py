"""A parent looks at what is coming, and takes it along in a calendar of their own."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import BrowserContext, Page, expect

from lichtbrief.editions.calendar import write_calendar
from lichtbrief.editions.edition import canonical
from lichtbrief.letters import GrantedEdition
from lichtbrief.sealing import name_of
from tests.editions.school import HEADER, Desk, page, plan
from tests.letters.site import CODE, SECRET, Site, edition

EVENING = HEADER.replace("Naar het bos", "Lichtjesavond") + (
    "Kind: event\nStart: 2026-11-24 19:30\nEnd: 2026-11-24 21:00\nLocation: Het plein\n"
)
TALKS = HEADER.replace("Naar het bos", "Gesprekken").replace("14:30", "15:00") + (
    "Kind: talks\nDates: 2026-12-01 15:30-17:30, 2026-12-03 18:30-20:30\n"
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "content" / "groups")


@pytest.fixture
def phone_page(phone: BrowserContext) -> Page:
    return phone.new_page()


def sealed(desk: Desk) -> tuple[bytes, GrantedEdition]:
    """What is on the desk, as an edition."""
    made = plan(desk)
    calendar = write_calendar(made.invitations, partial(name_of, SECRET, "event"))
    return edition("groep-3", "Groep 3", page(made), calendar=json.loads(canonical(calendar)))


def opened(page: Page, site: Site, desk: Desk, language: str = "nl") -> None:
    page.goto(f"{site.put_letter(sealed(desk), language=language)}#{CODE}")
    expect(page.locator(".post").first).to_be_visible()


def saved(page: Page, name: str) -> Any:  # noqa: ANN401 -- a component's values are of 30 types
    """The calendar in the file that a button gives."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).first.click()
    assert "agenda.ics" == waiting.value.suggested_filename
    return Calendar.from_ical(Path(waiting.value.path()).read_bytes())


def test_an_invitation_goes_into_the_calendar(site: Site, phone_page: Page, desk: Desk) -> None:
    desk.write("Kom", EVENING)
    opened(phone_page, site, desk)
    (entry,) = saved(phone_page, "Zet in mijn agenda").walk("VEVENT")
    assert ("Lichtjesavond", "Het plein") == (str(entry["SUMMARY"]), str(entry["LOCATION"]))
    assert "2026-11-24T19:30:00+01:00" == entry["DTSTART"].dt.isoformat()


def test_the_months_show_every_date_and_lead_to_it(
    site: Site, phone_page: Page, desk: Desk
) -> None:
    desk.write("Kom", EVENING)
    desk.write("Kom", TALKS, "groep-3/2026-11-17-gesprekken")
    old = EVENING.replace("Date: 2026-11-17", "Date: 2026-11-10").replace("11-24", "12-17")
    desk.write("Kom", old.replace("Lichtjesavond", "Kerstdiner"), "groep-3/2026-11-10-kerst")
    opened(phone_page, site, desk)
    phone_page.get_by_text("Per maand").click()
    months = phone_page.locator(".months caption")
    expect(months).to_have_text(["november 2026", "december 2026"])
    rows = phone_page.locator(".month").first.locator("tr")
    assert 6 + 1 == rows.count(), "November 2026 begins on a Sunday"
    expect(rows.nth(1)).to_have_text("1")
    # Announced in an earlier letter, and still to come.
    expect(phone_page.locator(".month li").last).to_contain_text("Kerstdiner")
    phone_page.get_by_role("button", name="dinsdag 24 november: Lichtjesavond").click()
    expect(phone_page.locator(".month li").first).to_be_focused()
    phone_page.locator(".month li").first.get_by_role("button").click()
    expect(phone_page.locator("article h3").first).to_be_focused()
    everything = saved(phone_page, "Zet alle data in mijn agenda")
    assert 4 == len(everything.walk("VEVENT"))
    assert 1 == len(everything.walk("VTIMEZONE"))
    assert phone_page.evaluate("document.documentElement.scrollWidth") == 360


def test_what_is_off_says_so_and_leaves_the_calendar(
    site: Site, phone_page: Page, desk: Desk
) -> None:
    desk.write("Helaas", f"{EVENING}Status: cancelled\n")
    opened(phone_page, site, desk)
    expect(phone_page.locator(".post .off")).to_have_text("Dit gaat niet door.")
    (entry,) = saved(phone_page, "Zet in mijn agenda").walk("VEVENT")
    assert "CANCELLED" == str(entry["STATUS"])


def test_what_was_changed_says_when(site: Site, phone_page: Page, desk: Desk) -> None:
    desk.write("Later", f"{EVENING}Changed: 2026-11-18 09:00\n")
    opened(phone_page, site, desk)
    expect(phone_page.locator(".post .off")).to_have_text(
        "gewijzigd op woensdag 18 november om 09:00"
    )


@pytest.mark.parametrize(
    ("language", "title", "lang"),
    [
        ("nl", "Lichtjesavond", "nl"),
        ("en", "Evening of lights", "en"),
        ("tr", "Lichtjesavond", "nl"),
    ],
)
def test_a_reader_gets_the_text_in_their_language_or_the_posts_own(
    site: Site, phone_page: Page, desk: Desk, language: str, title: str, lang: str
) -> None:
    folder = desk.write("Kom allemaal.", EVENING)
    english = "Title: Evening of lights\nLocation: The playground\n\nCome, all of you.\n"
    (folder / "post.en.md").write_text(english)
    opened(phone_page, site, desk, language)
    expect(phone_page.locator(".post")).to_have_count(1)
    expect(phone_page.locator(".post h3")).to_have_text(title)
    expect(phone_page.locator(".post")).to_have_attribute("lang", lang)
    add = {"nl": "Zet in mijn agenda", "en": "Put in my calendar", "tr": "Takvimime ekle"}[language]
    (entry,) = saved(phone_page, add).walk("VEVENT")
    assert title == str(entry["SUMMARY"])
