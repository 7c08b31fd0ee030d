"""A link that is not whole, not this guardian's or not meant any more ends in words."""

import base64
import gzip
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from lichtbrief.letters.words import READER
from lichtbrief.theme import Theme
from tests.demo.running import Demo, MailFile
from tests.demo.said import letter_of
from tests.demo.screen import Watched, read_through
from tests.school import ROOT

pytestmark = pytest.mark.xdist_group("demo")

THEME = Theme([ROOT / "theme/templates"], ROOT / "theme/static", ROOT / "theme/translations")
LANGUAGES = {"nl": "g01", "en": "g17"}
OTHERS = "g40"  # the guardian of another child, with a letter of the same week
HTML = "text/html; charset=utf-8"
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reader:
    """A guardian with a mail, and the language of it."""

    who: str
    language: str
    mail: MailFile

    def says(self, name: str) -> str:
        """A sentence of the reader in this guardian's language."""
        return THEME.words(self.language).gettext(READER[name])


@pytest.fixture(params=LANGUAGES)
def reader(demo: Demo, request: pytest.FixtureRequest) -> Reader:
    """A Dutch one, then an English one."""
    who = LANGUAGES[request.param]
    return Reader(who, request.param, MailFile.read(demo.guardians()[who]))


def assert_closed(page: Page, who: str) -> None:
    """Not a title and not a description of a photo of this guardian's letter is on the page."""
    document = page.content()
    news = [news for posts in letter_of(who).values() for news in posts]
    texts = [text for one in news for text in (one.title, *(shot.alt for shot in one.photos))]
    assert len(texts) > 5, "the control needs something to look for"
    assert [] == [text for text in texts if text in document]
    assert 0 == page.locator(".group, #letter > *, .photo").count()


def another_sign(sign: str) -> str:
    return "7" if sign != "7" else "8"


def changed(key: str) -> str:
    return key[:9] + another_sign(key[9]) + key[10:]


@pytest.mark.parametrize(
    ("damage", "name"),
    [(changed, "typo"), (lambda key: key[:20], "short"), (lambda key: key + "0", "long")],
    ids=["one sign changed", "cut short", "with a sign too many"],
)
def test_a_damaged_key_is_explained_and_opens_nothing(
    page: Page, watched: Watched, reader: Reader, damage: Callable[[str], str], name: str
) -> None:
    page.goto(f"{reader.mail.link_without_key}#{damage(reader.mail.key)}")
    expect(page.locator("#state")).to_have_text(reader.says(name))
    expect(page.get_by_role("textbox")).to_be_visible()
    assert_closed(page, reader.who)
    assert 1 == len(watched.fetched)


def test_another_guardians_key_opens_nothing(
    demo: Demo, page: Page, watched: Watched, reader: Reader
) -> None:
    other = MailFile.read(demo.guardians()[OTHERS])
    page.goto(f"{reader.mail.link_without_key}#{other.key}")
    expect(page.locator("#state")).to_have_text(reader.says("wrong"))
    assert_closed(page, reader.who)
    assert_closed(page, OTHERS)
    assert 1 == len(watched.fetched)


def test_without_a_key_the_page_asks_for_the_code_and_takes_it_as_people_type(
    page: Page, watched: Watched, reader: Reader
) -> None:
    page.goto(reader.mail.link_without_key)
    expect(page.locator("#state")).to_have_text(reader.says("empty"))
    assert_closed(page, reader.who)
    page.get_by_role("textbox").fill(f" {reader.mail.code.lower()} ")
    page.get_by_role("textbox").press("Enter")
    assert letter_of(reader.who) == read_through(page)
    assert 0 == len([url for url in watched.asked if reader.mail.key in url])


def test_a_mistyped_code_can_be_typed_again(page: Page, watched: Watched, reader: Reader) -> None:
    page.goto(reader.mail.link_without_key)
    page.get_by_role("textbox").fill(changed(reader.mail.key))
    page.get_by_role("button").click()
    expect(page.locator("#state")).to_have_text(reader.says("typo"))
    expect(page.get_by_role("textbox")).to_be_focused()
    assert_closed(page, reader.who)
    page.get_by_role("textbox").fill(reader.mail.code)
    page.get_by_role("button").click()
    expect(page.locator(".group").first).to_be_visible()
    assert 0 == len([url for url in watched.asked if reader.mail.key in url])


def test_a_letter_damaged_in_the_store_says_so(
    demo: Demo, page: Page, watched: Watched, reader: Reader
) -> None:
    store, signer = demo.store(), demo.signer()
    name = urlsplit(reader.mail.link).path.removeprefix("/lichtbrief/")
    html = gzip.decompress(store.get(name))
    damaged = f"letters/damaged-{reader.language}.html"
    store.put(damaged, gzip.compress(flipped(html)), content_type=HTML, encoding="gzip")
    page.goto(f"{signer.sign(damaged, datetime.now(UTC) + A_DAY)}#{reader.mail.key}")
    expect(page.locator("#state")).to_have_text(reader.says("damaged"))
    assert_closed(page, reader.who)


def flipped(html: bytes) -> bytes:
    """The letter with one bit of its envelope turned over."""
    found = re.search(rb'id="envelope">([^<]+)', html)
    assert found is not None
    sealed = bytearray(base64.b64decode(found[1]))
    sealed[len(sealed) // 2] ^= 1
    return html.replace(found[1], base64.b64encode(sealed))


def status(address: str) -> int:
    """What the store answers to a plain request."""
    try:
        with urllib.request.urlopen(address) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def assert_refused(page: Page, address: str, who: str) -> None:
    """In the browser, too, the store says no and nothing of the letter comes."""
    answer = page.goto(address)
    assert answer is not None
    assert 403 == answer.status
    assert_closed(page, who)


def test_the_store_refuses_a_changed_signature(page: Page, reader: Reader) -> None:
    link = reader.mail.link_without_key
    assert 200 == status(link)
    assert_refused(page, f"{link[:-1]}{another_sign(link[-1])}#{reader.mail.key}", reader.who)


def test_the_store_refuses_an_address_without_signature(page: Page, reader: Reader) -> None:
    address = reader.mail.link_without_key.partition("?")[0]
    assert_refused(page, f"{address}#{reader.mail.key}", reader.who)


def test_the_store_refuses_a_link_whose_time_is_over(
    demo: Demo, page: Page, reader: Reader
) -> None:
    name = urlsplit(reader.mail.link).path.removeprefix("/lichtbrief/")
    then = datetime.now(UTC) - 2 * A_DAY
    signer = demo.signer(lambda: then)
    assert 200 == status(signer.sign(name, then + 3 * A_DAY)), "the control: signed then, good now"
    assert_refused(page, f"{signer.sign(name, then + A_DAY)}#{reader.mail.key}", reader.who)


def test_a_link_that_a_mail_gateway_spoilt_is_refused_and_the_code_way_is_left(
    page: Page, reader: Reader
) -> None:
    assert_refused(page, reader.mail.link.replace("#", "%23"), reader.who)
    page.goto(reader.mail.link_without_key)
    page.get_by_role("textbox").fill(reader.mail.code)
    page.get_by_role("button").click()
    assert letter_of(reader.who) == read_through(page)
