"""A form of a letter in the hands of somebody who has a keyboard and no mouse."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from lichtbrief.letters.reply_words import REPLIES
from lichtbrief.theme import Theme
from tests.school import ROOT

THEME = Theme([ROOT / "theme/templates"], ROOT / "theme/static", ROOT / "theme/translations")
MOST = 300  # stops on a page
# No stop of Tab is a message to which one was led, nor the body, which comes after the last stop.
FOCUS = """(there) => {
    const here = document.activeElement, { outlineStyle, outlineWidth } = getComputedStyle(here);
    const seen = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    return [here === there, seen || here.tabIndex < 0];
}"""
STEPS = """(list, value) =>
    [...list.options].findIndex((one) => one.value === value) - list.selectedIndex"""


def says(page: Page, name: str) -> str:
    """A sentence around answers in the language of the letter on this page."""
    language = str(page.locator("html").get_attribute("lang")).partition("-")[0]
    return THEME.words(language).gettext(REPLIES[name])


def reach(page: Page, there: Locator) -> None:
    """Press Tab until this has the focus; on the way it is always seen where the focus is."""
    aim = there.element_handle()
    for _ in range(MOST):
        is_there, is_seen = aim.evaluate(FOCUS)
        if is_there:
            return
        page.keyboard.press("Tab")
        assert is_seen, "the focus is somewhere, and nobody sees where"
    raise AssertionError("Tab never comes there")


@dataclass(frozen=True, slots=True)
class Form:
    """One form: the `details` that holds it."""

    page: Page
    place: Locator

    @classmethod
    def open(cls, page: Page, place: Locator) -> "Form":
        """Go to the form's summary and open it."""
        reach(page, place.locator("summary"))
        page.keyboard.press("Enter")
        expect(place.locator("form")).to_be_visible()
        return cls(page, place)

    def choose(self, number: int, value: str) -> "Form":
        """Choose in its list of this number, from 0, with the arrows."""
        chosen = self.place.locator("select").nth(number)
        reach(self.page, chosen)
        steps = int(chosen.evaluate(STEPS, value))
        for _ in range(abs(steps)):
            self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        expect(chosen).to_have_value(value)
        return self

    def count(self, number: int) -> "Form":
        """Type a number over the one that stands there."""
        reach(self.page, self.place.locator("input[type=number]"))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(str(number))
        return self

    def write(self, words: str) -> "Form":
        """Type words of one's own."""
        reach(self.page, self.place.locator("textarea"))
        self.page.keyboard.type(words)
        return self

    def send(self, key: str = "Enter", answer: str = "reply-sent") -> None:
        """Press the button with this key; what came of it is said aloud, and has the focus."""
        reach(self.page, self.place.get_by_role("button"))
        self.page.keyboard.press(key)
        told = self.place.get_by_role("status")
        expect(told).to_have_text(says(self.page, answer))
        expect(told).to_be_focused()

    def send_incomplete(self, missing: Locator) -> None:
        """Press the button too early: one is led to what is missing, and told so there."""
        reach(self.page, self.place.get_by_role("button"))
        self.page.keyboard.press("Enter")
        expect(missing).to_be_focused()
        expect(missing).to_have_accessible_description(says(self.page, "reply-empty"))
        assert [True, True] == missing.evaluate(FOCUS)
