"""A parent opens a file that the letter offers, in a real browser."""

from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.letters.site import CODE, Site, edition, page_of

MENU = b"%PDF-1.7\n" + Random(5).randbytes(119_500)
TEXT = '<p>Eet mee! <span data-file="0">De menukaart</span> Lekker.</p>'
GROEP_3 = edition(
    "groep-3", "Groep 3", page_of({"title": "Eten", "html": TEXT}), files={"de-menukaart.pdf": MENU}
)


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    return phone.new_page()


def test_a_file_is_fetched_when_it_is_asked_for_and_saved_under_its_title(
    site: Site, page: Page, tmp_path: Path
) -> None:
    violations: list[str] = []
    page.on("console", lambda message: violations.append(message.text))
    page.goto(f"{site.put_letter(GROEP_3)}#{CODE}")
    button = page.get_by_role("button", name="De menukaart (PDF, 120\u00a0kB)")
    expect(button).to_be_visible()
    assert [] == site.asked_for("/groep-3.sealed")
    with page.expect_download() as waiting:
        button.click()
    assert "de-menukaart.pdf" == waiting.value.suggested_filename
    waiting.value.save_as(tmp_path / "saved.pdf")
    assert MENU == (tmp_path / "saved.pdf").read_bytes()
    assert 1 == len(site.asked_for("/groep-3.sealed"))
    expect(button).to_be_enabled()
    assert [] == [text for text in violations if "Content Security Policy" in text]


def test_the_words_around_a_file_stay_and_its_size_is_said_in_the_parents_language(
    site: Site, browser: Browser
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site.put_letter(GROEP_3, language='en')}#{CODE}")
        expect(page.locator("article p").nth(1)).to_have_text(
            "Eet mee! De menukaart (PDF, 120\u00a0kB) Lekker."
        )


def test_a_file_that_does_not_come_says_so_beside_it_and_can_be_asked_for_again(
    site: Site, page: Page
) -> None:
    page.goto(f"{site.put_letter(GROEP_3)}#{CODE}")
    button = page.get_by_role("button", name="De menukaart")
    page.route("**/groep-3.sealed", lambda route: route.abort())
    button.click()
    expect(page.locator("[data-file] small")).to_contain_text("Dit komt op dit moment niet door.")
    page.unroute("**/groep-3.sealed")
    with page.expect_download():
        button.click()
    expect(page.locator("[data-file] small")).to_be_empty()


def test_a_file_that_was_damaged_on_its_way_is_not_saved(site: Site, page: Page) -> None:
    sealed, granted = GROEP_3
    damaged = sealed[:-9] + b"x" + sealed[-8:]
    page.goto(f"{site.put_letter((damaged, granted))}#{CODE}")
    page.get_by_role("button", name="De menukaart").click()
    expect(page.locator("[data-file] small")).to_contain_text("Dit komt op dit moment niet door.")
