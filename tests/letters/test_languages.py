"""Parents of six languages open the same edition, each in their own."""

from datetime import datetime

import pytest
from playwright.sync_api import Browser, expect

from tests.letters.site import CODE, Site, edition, page_of

EVENING = page_of(
    {
        "kind": "event",
        "title": "Lichtjesavond",
        "html": "<p>Neem een <strong>lampion</strong> mee (en 2 kaarsen).</p>",
        "event": {
            "start": datetime(2026, 11, 24, 18, 30),
            "end": datetime(2026, 11, 24, 20, 0),
            "is_one_day": True,
            "location": "Het schoolplein",
        },
    }
)
EDITIONS = [edition("groep-3", "Groep 3", EVENING), edition("school", "De hele school", EVENING)]
SAID = {
    "nl": ("ltr", "Week 47", "dinsdag 24 november"),
    "en": ("ltr", "Week 47", "Tuesday 24 November"),
    "tr": ("ltr", "47. hafta", "24 Kasım Salı"),
    "ar": ("rtl", "الأسبوع 47", "الثلاثاء، 24 نوفمبر"),
    "pl": ("ltr", "Tydzień 47", "wtorek, 24 listopada"),
    "uk": ("ltr", "Тиждень 47", "вівторок, 24 листопада"),
}


@pytest.mark.parametrize("language", SAID)
def test_a_letter_speaks_the_guardians_language(
    site: Site, browser: Browser, language: str
) -> None:
    direction, week, when = SAID[language]
    # The telephone itself may be set to another language.
    context = browser.new_context(viewport={"width": 320, "height": 640}, locale="de-DE")
    page = context.new_page()
    page.goto(f"{site.put_letter(*EDITIONS, language=language)}#{CODE}")
    expect(page.locator(".week")).to_contain_text(week)
    # Browsers differ in the word between day and time; none writes 6:30 PM or other digits.
    expect(page.locator(".post .facts time").first).to_contain_text(when)
    expect(page.locator(".post .facts time").first).to_contain_text("18:30")
    assert page.evaluate("document.documentElement.dir") == direction
    # The teacher's Dutch runs from left to right in a letter that does not.
    assert page.locator(".post p strong").first.evaluate("e => getComputedStyle(e).direction") == (
        "ltr"
    )
    facts = page.locator(".post .facts").first  # in the letter's words, and so in its direction
    assert facts.evaluate("e => getComputedStyle(e).direction") == direction
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    context.close()
