"""Every form of the shipped school's letters, opened: in each language nobody is shut out."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Browser, expect

from tests.demo.keyboard import says
from tests.demo.running import Demo, MailFile
from tests.demo.screen import too_wide
from tests.letters.test_accessible import violations

pytestmark = pytest.mark.xdist_group("demo")

READERS = {"nl": "g12", "en": "g17", "ar": "g11", "tr": "g05", "pl": "g07", "uk": "g16"}
# Each form of the theme, by a field or a list in it that no other has.
FORMS: Mapping[str, str] = {
    "coming": "input[type=number]",
    "survey": "option[value=hardly]",
    "word": "option[value=director]",
    "choices": "fieldset",
    "wishes": "option[value=paper]",
}


@pytest.mark.parametrize("language", READERS)
def test_nothing_is_held_against_any_form(demo: Demo, browser: Browser, language: str) -> None:
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto(MailFile.read(demo.guardians()[READERS[language]]).link)
        expect(page.locator(".answers")).to_be_visible()
        page.evaluate("document.querySelectorAll('.reply').forEach((one) => { one.open = true; })")
        there = {name for name, field in FORMS.items() if page.locator(f".reply {field}").count()}
        assert FORMS.keys() == there
        assert [] == violations(page)
        assert 0 == too_wide(page)
        page.locator(".post.event .reply button").first.click()
        told = page.get_by_role("status").filter(has_text=says(page, "reply-empty"))
        expect(told).to_be_in_viewport()
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 1280, "height": 740})
        assert [] == violations(page)
        assert 0 == too_wide(page)
