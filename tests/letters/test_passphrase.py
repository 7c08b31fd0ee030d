"""A school that asks for a passphrase: a link alone opens nothing, nor does the card."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.office.audit import open_object
from lichtbrief.letters import Letter, build_letter
from lichtbrief.letters.words import LOCKED
from lichtbrief.sealing import locked_secret, passphrase_of, seal
from tests.letters.site import (
    CODE,
    KEY,
    LETTER_ID,
    LETTERHEAD,
    SECRET,
    THEME,
    UNTIL,
    WEEK,
    Picture,
    Site,
    edition,
)
from tests.letters.site import (
    READER as MOTHER,
)

PAGE = "<article class='post'><p>Het regende.</p><figure data-photo='0'></figure></article>"
SEALED, GRANTED = edition("groep-3", "Groep 3", PAGE, [Picture()])
MINE, FATHERS = passphrase_of(SECRET, "mother"), passphrase_of(SECRET, "father")


def locked_letter(language: str = "nl") -> bytes:
    secret = locked_secret(KEY, MINE, LETTER_ID)
    return build_letter(
        THEME,
        language,
        LETTERHEAD,
        Letter(LETTER_ID, WEEK, UNTIL, [GRANTED], (), MOTHER),
        lambda segments: seal(KEY, ("letter", LETTER_ID), segments),
        lambda content: seal(secret, ("locked", LETTER_ID), [content]),
    )


@pytest.fixture
def put(site: Site) -> Callable[[str], str]:
    """Store a locked letter in a language; its whole link."""

    def store(language: str) -> str:
        site.put(f"/{GRANTED.url}", SEALED)
        html = locked_letter(language)
        return f"{site.put('/letter.html', html, 'text/html; charset=utf-8')}#{CODE}"

    return store


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    return phone.new_page()


def asked(page: Page, word: str, language: str) -> None:
    expect(page.locator("#state")).to_have_text(THEME.words(language).gettext(LOCKED[word]))
    expect(page.locator("#passphrase")).to_be_visible()
    expect(page.locator("#code")).to_be_hidden()
    expect(page.locator(".group")).to_have_count(0)


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_a_letter_opens_with_link_and_passphrase_and_asks_again_after_a_wrong_one(
    put: Callable[[str], str], page: Page, language: str
) -> None:
    page.goto(put(language))
    asked(page, "passphrase", language)
    page.locator("#passphrase").fill(FATHERS)
    page.keyboard.press("Enter")
    asked(page, "mismatch", language)
    expect(page.locator("#passphrase")).to_be_focused()
    page.locator("#passphrase").fill(MINE.replace("-", " ").lower())
    page.locator("#card button").click()
    expect(page.locator(".group")).to_have_count(1)
    expect(page.locator(".photo")).to_have_class(re.compile("shown"))
    expect(page.locator("#card")).to_be_hidden()
    expect(page.locator("#state")).to_have_text("")
    # Nothing is kept: whoever reloads the open letter is asked again
    page.reload()
    asked(page, "passphrase", language)


def test_the_card_without_the_link_opens_nothing(put: Callable[[str], str], page: Page) -> None:
    page.goto(put("nl").partition("#")[0])
    expect(page.locator("#code")).to_be_visible()
    expect(page.locator("#passphrase")).to_be_hidden()
    page.locator("#code").fill(CODE)
    page.keyboard.press("Enter")
    asked(page, "passphrase", "nl")


def test_an_auditor_needs_both_as_well() -> None:
    html = locked_letter()
    for passphrase, words in (("", "asks for a passphrase too"), (FATHERS, "does not open it")):
        with pytest.raises(LichtbriefError, match=words):
            open_object(html, CODE, passphrase)
    assert {"edition-1.html": PAGE.encode()} == open_object(html, CODE, MINE).files


def test_a_letter_that_is_not_locked_carries_nothing_of_it(site: Site) -> None:
    site.put_letter((SEALED, GRANTED))
    plain = site.files["/letter.html"][1].decode()
    assert [] == [word for word in ("PBKDF2", "mismatch", 'id="card"') if word in plain]
    assert "PBKDF2" in locked_letter().decode()
