"""A parent looks up earlier weeks in the letter of this one, and searches in what is open."""

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.letters.site import CODE, Picture, Site, edition, older, page_of

BOS = page_of({"code": "bos", "title": "Naar het bos", "html": "<p>Wij zagen één egel.</p>"})
GROEP_3 = edition("groep-3", "Groep 3", BOS)
OLD = page_of(
    {"code": "brug", "title": "Bruggen bouwen", "html": "<p>Van karton.</p>"},
    {"code": "gym", "title": "Gym", "html": "<p>Met een egel van stof.</p>"},
)
SHARED = page_of({"code": "gym", "title": "Gym"}, {"code": "plein", "title": "Het plein"})
OLDER = (
    older("groep-3", "Groep 3", OLD, "2026-W46"),
    older("school", "De hele school", SHARED, "2026-W46"),
    older("groep-3", "Groep 3", page_of({"title": "De eerste dag"}), "2026-W34"),
)


@pytest.fixture
def page(phone: BrowserContext, site: Site) -> Page:
    """The letter, opened."""
    page = phone.new_page()
    page.goto(f"{site.put_letter(GROEP_3, older=OLDER)}#{CODE}")
    return page


def week(page: Page, number: int) -> Locator:
    return page.locator("details").filter(has_text=f"Week {number}")


def test_earlier_weeks_are_listed_and_fetched_only_when_they_are_opened(
    site: Site, page: Page
) -> None:
    archive = page.get_by_role("region", name="Eerdere weken")
    expect(archive.locator("summary h3")).to_have_text(
        ["Week 46 9–15 november 2026", "Week 34 17–23 augustus 2026"]
    )
    assert [] == site.asked_for("/groep-3-2026-W46.sealed")
    week(page, 46).locator("summary").click()
    expect(week(page, 46).get_by_role("heading", level=4)).to_have_text(
        ["Groep 3", "Groep 3 en De hele school", "De hele school"]
    )
    expect(week(page, 46).get_by_role("heading", level=5)).to_have_text(
        ["Bruggen bouwen", "Gym", "Het plein"]
    )
    asked = site.asked_for("/groep-3-2026-W46.sealed")
    assert 2 == len(asked)
    assert None not in asked
    assert [] == site.asked_for("/groep-3-2026-W34.sealed")


def test_photos_of_an_earlier_week_are_shown(site: Site, phone: BrowserContext) -> None:
    page = phone.new_page()
    old = page_of({"title": "Herfst", "html": '<figure data-photo="0"></figure>'})
    found = older("groep-3", "Groep 3", old, "2026-W46", [Picture(alt="Een paddenstoel")])
    page.goto(f"{site.put_letter(GROEP_3, older=[found])}#{CODE}")
    week(page, 46).locator("summary").click()
    expect(page.locator(".photo.shown img")).to_have_attribute("alt", "Een paddenstoel")


def test_one_group_can_be_chosen(page: Page) -> None:
    week(page, 46).locator("summary").click()
    expect(week(page, 46).locator(".group")).to_have_count(3)
    page.get_by_label("Groep", exact=True).select_option("De hele school")
    expect(week(page, 34)).to_be_hidden()
    expect(week(page, 46).locator(".group:visible h4")).to_have_text(
        ["Groep 3 en De hele school", "De hele school"]
    )
    page.get_by_label("Groep", exact=True).select_option("Alle groepen")
    expect(week(page, 34)).to_be_visible()


def test_what_is_open_can_be_searched_on_the_device(site: Site, page: Page) -> None:
    before = len(site.asked)
    field = page.get_by_label("Zoeken in wat open is")
    found = page.locator(".results button")
    field.fill("EEN egel")
    expect(found).to_have_text(["Naar het bos Groep 3"])
    expect(page.locator("#found")).to_have_text("Gevonden: 1")
    assert before == len(site.asked)
    week(page, 46).locator("summary").click()
    expect(found).to_have_text(["Naar het bos Groep 3", "Gym Groep 3 en De hele school · Week 46"])
    week(page, 46).locator("summary").click()
    found.last.click()
    expect(page.get_by_role("heading", name="Gym")).to_be_focused()
    field.fill("")
    expect(found).to_have_count(0)
    expect(page.locator("#found")).to_be_empty()


def test_nothing_found_is_said(page: Page) -> None:
    page.get_by_label("Zoeken in wat open is").fill("zeemeeuw")
    expect(page.locator("#found")).to_have_text("Gevonden: 0")


def test_a_week_that_does_not_come_can_be_tried_again(site: Site, page: Page) -> None:
    site.status = 503
    week(page, 46).locator("summary").click()
    expect(week(page, 46).get_by_role("status")).to_contain_text("kan nu niet worden opgehaald")
    site.status = 200
    week(page, 46).get_by_role("button", name="Probeer opnieuw").click()
    expect(page.get_by_role("heading", name="Bruggen bouwen")).to_be_visible()


@pytest.mark.parametrize("at", [3, 60, 300, -300])
def test_a_damaged_week_says_so_and_shows_nothing(site: Site, page: Page, at: int) -> None:
    kind, data = site.files["/groep-3-2026-W34.sealed"]
    at %= len(data)
    site.files["/groep-3-2026-W34.sealed"] = (
        kind,
        data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :],
    )
    week(page, 34).locator("summary").click()
    expect(week(page, 34).get_by_role("status")).to_have_text("Deze week is onderweg beschadigd.")
    expect(week(page, 34).locator(".post")).to_have_count(0)


def test_the_first_week_of_a_school_year_has_no_archive(site: Site, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(f"{site.put_letter(GROEP_3)}#{CODE}")
    expect(page.locator(".post")).to_be_visible()
    expect(page.locator(".archive")).to_have_count(0)
