"""Whatever goes wrong, the letter says so in the guardian's language, and what to do."""

import base64
import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from lichtbrief.letters.words import READER
from lichtbrief.sealing import code_of, letter_key
from tests.letters.site import CODE, SECRET, THEME, WEEK, Picture, Site, edition

PAGE = (
    "<article class='post'><header><h2>Naar het bos</h2></header><p>Het regende.</p>"
    "<figure data-photo='0'></figure><p class='far'></p><figure data-photo='1'></figure></article>"
)
GROEP_3 = edition("groep-3", "Groep 3", PAGE, [Picture(), Picture(alt="Een kastanje")])
FATHERS = code_of(letter_key(SECRET, "father", str(WEEK)))
LAST_SIGN = "0" if CODE[-1] != "0" else "1"
LANGUAGES = ("nl", "en")
PAST = datetime(2026, 1, 9, 15, 0, tzinfo=UTC)
FUTURE = datetime(2126, 1, 9, 15, 0, tzinfo=UTC)


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    return phone.new_page()


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def words(name: str, language: str) -> re.Pattern[str]:
    """A sentence of the reader, whatever date is filled in."""
    before, _, after = THEME.words(language).gettext(READER[name]).partition("%(until)s")
    return re.compile(rf"^{re.escape(before)}.*{re.escape(after)}$")


def state(page: Page) -> Locator:
    return page.locator("#state")


def damage(site: Site, path: str, change: Callable[[bytes], bytes]) -> None:
    """Change the sealed bytes of a stored file: of a letter, those within its envelope."""
    kind, data = site.files[path]
    if path.endswith(".html"):
        start, end = re.search(rb'id="envelope">([^<]*)', data).span(1)  # type: ignore[union-attr] # every letter has one
        sealed = base64.b64encode(change(base64.b64decode(data[start:end])))
        site.files[path] = (kind, data[:start] + sealed + data[end:])
    else:
        site.files[path] = (kind, change(data))


def flip(at: int) -> Callable[[bytes], bytes]:
    return lambda data: data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("", "empty"),
        ("#", "empty"),
        (f"#{CODE[:20]}", "short"),
        (f"#{CODE}?utm_source=mail", "long"),
        (f"#{CODE[:-1]}{LAST_SIGN}", "typo"),
        (f"#{FATHERS}", "wrong"),
    ],
)
def test_a_link_without_the_right_key_asks_for_the_code(
    site: Site, page: Page, language: str, key: str, name: str
) -> None:
    page.goto(f"{site.put_letter(GROEP_3, language=language)}{key}")
    expect(state(page)).to_have_text(words(name, language))
    expect(page.locator("#code")).to_be_visible()
    expect(page.locator(".group")).to_have_count(0)


def cut(data: bytes) -> bytes:
    return data[:-7]


def nothing(_: bytes) -> bytes:
    return b""


@pytest.mark.parametrize(
    ("language", "change"),
    [("nl", flip(300)), ("en", flip(0)), ("nl", flip(18)), ("en", cut), ("nl", nothing)],
)
def test_a_damaged_letter_says_so_and_shows_nothing(
    site: Site, page: Page, language: str, change: Callable[[bytes], bytes]
) -> None:
    address = site.put_letter(GROEP_3, language=language)
    damage(site, "/letter.html", change)
    page.goto(f"{address}#{CODE}")
    expect(state(page)).to_have_text(words("damaged", language))
    expect(page.locator("#code")).to_be_hidden()
    expect(page.locator(".group")).to_have_count(0)


def test_a_letter_in_a_frame_stays_closed(site: Site, page: Page, language: str) -> None:
    site.put_letter(GROEP_3, language=language)
    html = f'<iframe src="/letter.html#{CODE}"></iframe>'.encode()
    page.goto(site.put("/frame.html", html, "text/html"))
    frame = page.frame_locator("iframe")
    expect(frame.locator("#state")).to_have_text(words("framed", language))
    expect(frame.locator(".group")).to_have_count(0)


def test_an_address_without_https_says_so(site: Site, page: Page, language: str) -> None:
    site.put_letter(GROEP_3, language=language)
    html = site.files["/letter.html"][1]

    def answer(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.route("http://school.test/*", answer)
    page.goto(f"http://school.test/letter.html#{CODE}")
    expect(state(page)).to_have_text(words("insecure", language))


def too_old(language: str) -> str:
    return THEME.words(language).gettext(
        "This browser is too old to open the letter. Update it, or open the link in another "
        "browser or on another phone."
    )


def test_an_old_browser_says_so(site: Site, page: Page, language: str) -> None:
    page.add_init_script("delete window.DecompressionStream")
    page.goto(f"{site.put_letter(GROEP_3, language=language)}#{CODE}")
    expect(page.locator("#unread")).to_have_text(too_old(language))
    expect(page.locator("#unread")).to_be_visible()
    expect(state(page)).to_be_empty()
    expect(page.locator(".group")).to_have_count(0)


def test_a_browser_that_cannot_even_read_the_script_says_so(
    site: Site, page: Page, language: str
) -> None:
    address = site.put_letter(GROEP_3, language=language)
    kind, html = site.files["/letter.html"]
    # Changed by one sign, the script is refused by the page's own policy.
    site.files["/letter.html"] = (kind, html.replace(b'"use strict";', b'"use strict" ;', 1))
    page.goto(f"{address}#{CODE}")
    expect(page.locator("#unread")).to_have_text(too_old(language))
    expect(page.locator("#unread")).to_be_visible()


def test_without_javascript_the_letter_says_so_once(
    site: Site, browser: Browser, language: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.put_letter(GROEP_3, language=language)}#{CODE}")
        expect(page.locator("noscript p")).to_be_visible()
        expect(page.locator("noscript p")).to_contain_text("JavaScript")
        expect(page.locator("#unread")).to_be_hidden()


@pytest.mark.parametrize(("until", "name"), [(PAST, "expired"), (FUTURE, "replaced")])
def test_refused_photos_are_explained_in_their_place_and_asked_for_once(
    site: Site, page: Page, language: str, until: datetime, name: str
) -> None:
    site.status = 403
    page.goto(f"{site.put_letter(GROEP_3, language=language, until=until)}#{CODE}")
    expect(page.locator(".lost").first).to_have_text(words(name, language))
    expect(page.locator(".lost").last).to_have_text(words(name, language))
    expect(page.get_by_text("Het regende.")).to_be_visible()
    expect(page.locator("#notice p")).to_have_text(words(name, language))
    assert len(site.asked_for("/groep-3.sealed")) <= 2
    if name == "expired":
        year = "9 januari om" if language == "nl" else "9 January at"
        expect(page.locator(".lost").first).to_contain_text(year)


def test_offline_what_was_loaded_stays_and_the_rest_can_be_tried_again(
    site: Site, page: Page, language: str
) -> None:
    far = PAGE.replace("class='far'>", f"class='far'>{'Regel.<br>' * 400}")
    pages = edition("groep-3", "Groep 3", far, [Picture(), Picture()])
    address = site.put_letter(pages, language=language)
    page.goto(f"{address}#{CODE}")
    expect(page.locator(".shown")).to_have_count(1)
    page.context.set_offline(True)
    page.locator("figure").last.scroll_into_view_if_needed()
    expect(page.locator(".lost").last).to_have_text(words("offline", language))
    expect(page.locator(".shown")).to_have_count(1)
    page.context.set_offline(False)
    expect(page.locator(".shown")).to_have_count(2)
    expect(page.locator("#notice")).to_be_hidden()


def test_when_the_store_does_not_answer_the_photos_can_be_tried_again(
    site: Site, page: Page, language: str
) -> None:
    site.status = 503
    page.goto(f"{site.put_letter(GROEP_3, language=language)}#{CODE}")
    expect(page.locator(".lost").first).to_have_text(words("unreachable", language))
    site.status = 200
    page.get_by_role("button", name=words("retry", language)).click()
    expect(page.locator(".shown")).to_have_count(2)
    expect(page.locator(".lost").first).to_be_hidden()


def test_the_foot_of_the_page_can_be_read_beside_the_notice(
    site: Site, page: Page, language: str
) -> None:
    site.status = 503
    page.goto(f"{site.put_letter(GROEP_3, language=language)}#{CODE}")
    expect(page.locator("#notice button")).to_be_visible()
    page.evaluate("() => scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    foot, notice = (page.locator(one).bounding_box() for one in ("footer", "#notice div"))
    assert foot is not None
    assert notice is not None
    assert foot["y"] + foot["height"] <= notice["y"]


@pytest.mark.parametrize("knows_range", [True, False])
def test_one_damaged_photo_leaves_the_others(
    site: Site, page: Page, language: str, knows_range: bool
) -> None:
    site.knows_range = knows_range
    address = site.put_letter(GROEP_3, language=language)
    damage(site, "/groep-3.sealed", flip(GROEP_3[1].start + 400))
    page.goto(f"{address}#{CODE}")
    expect(page.locator(".lost").first).to_have_text(words("spoiled", language))
    expect(page.locator(".shown")).to_have_count(1)


def test_a_photo_that_is_no_photo_is_not_shown(site: Site, page: Page) -> None:
    class Broken(Picture):
        def jpeg(self, long_edge: int) -> bytes:
            return b"\xff\xd8\xff" + bytes(long_edge)

    address = site.put_letter(edition("groep-3", "Groep 3", PAGE, [Broken(), Picture()]))
    page.goto(f"{address}#{CODE}")
    expect(page.locator(".lost").first).to_have_text(words("spoiled", "nl"))
    expect(page.locator(".shown")).to_have_count(1)


def test_every_sentence_of_the_reader_differs_between_the_languages() -> None:
    texts = [THEME.words(language).gettext(READER[n]) for n, language in product(READER, LANGUAGES)]
    assert len(set(texts)) >= len(texts) - 1, "only `Week` is the same word"
