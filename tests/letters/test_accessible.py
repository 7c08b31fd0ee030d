"""Everybody can read the letter: WCAG 2.2 AA in every state, and with the keyboard alone."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.letters.site import CODE, Picture, Site, edition, older, page_of

OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
PAST = datetime(2026, 1, 9, 15, 0, tzinfo=UTC)
EVENT = {
    "start": datetime(2026, 11, 24, 18, 30),
    "end": datetime(2026, 11, 24, 20, 0),
    "is_one_day": True,
    "location": "de aula",
}
TALK = {"start": datetime(2026, 12, 1, 15, 30), "end": datetime(2026, 12, 1, 17, 0)}
TEXT = (
    "<h4>Wat mee moet</h4><p>Laarzen, <em>dikke</em> sokken. "
    '<a href="https://example.org/" target="_blank">Meer</a> '
    '<span class="where">example.org</span></p><ul><li>Eten</li></ul><blockquote>Hoera</blockquote>'
    "<table><tr><th>Dag</th><td>maandag</td></tr></table>"
    '<figure data-photo="0"><figcaption>Onder de bomen</figcaption></figure>'
)
EVERYTHING = page_of(
    {"code": "bos", "title": "Naar het bos", "bring": "laarzen", "html": TEXT, "album": (1, 2)},
    {"code": "licht", "kind": "event", "title": "Lichtjesavond", "event": EVENT},
    {"code": "praat", "kind": "talks", "title": "Oudergesprekken", "talks": [TALK]},
    {"code": "new", "lang": "en", "title": "New here?", "html": "<p>Welcome.</p>"},
)
PICTURES = [Picture(alt="Bladeren"), Picture(960, 1280, alt="Een kastanje"), Picture(alt="Egel")]
GROEP_3 = edition("groep-3", "Groep 3", EVERYTHING, PICTURES)
GROEP_7 = edition("groep-7", "Groep 7", page_of({"code": "gym", "title": "Gym"}))
OLDER = [older("groep-3", "Groep 3", page_of({"title": "Bruggen bouwen"}), "2026-W46")]
LANGUAGES = ("nl", "ar")


@pytest.fixture(params=list(product(("light", "dark"), LANGUAGES)), ids="-".join)
def seen(
    browser: Browser, site: Site, request: pytest.FixtureRequest
) -> Iterator[tuple[Page, str]]:
    """A page in one scheme, and the address of a letter in one direction."""
    scheme, language = request.param
    address = site.put_letter(GROEP_3, GROEP_7, language=language, older=OLDER)
    with browser.new_context(
        viewport={"width": 360, "height": 740}, color_scheme=scheme, reduced_motion="reduce"
    ) as context:
        yield context.new_page(), address


def violations(page: Page) -> list[str]:
    """What axe holds against the page as it is now: rule and element."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{one['id']}: {node['html'][:90]}" for one in found for node in one["nodes"]]


def opened(page: Page, address: str) -> None:
    page.goto(f"{address}#{CODE}")
    expect(page.locator(".group")).to_have_count(2)


def with_photos(page: Page, address: str) -> None:
    opened(page, address)
    page.locator("figure").last.scroll_into_view_if_needed()
    expect(page.locator(".photo.shown")).to_have_count(3)


def searched(page: Page, address: str) -> None:
    opened(page, address)
    page.locator(".archive summary").click()
    page.locator("#seek").fill("b")
    expect(page.locator(".results button").last).to_be_visible()
    page.locator("footer summary").click()


def looked_at(page: Page, address: str) -> None:
    with_photos(page, address)
    page.locator(".look").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def without_key(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("#ask")).to_be_visible()


def mistyped(page: Page, address: str) -> None:
    without_key(page, address)
    page.locator("#code").fill("abc")
    page.locator("#ask button").click()
    expect(page.locator("#code")).to_have_attribute("aria-invalid", "true")


def offline(page: Page, address: str) -> None:
    opened(page, address)
    page.context.set_offline(True)
    page.locator("figure").last.scroll_into_view_if_needed()
    expect(page.locator("#notice button")).to_be_visible()


def too_old(page: Page, address: str) -> None:
    page.add_init_script("delete window.DecompressionStream")
    page.goto(f"{address}#{CODE}")
    expect(page.locator("#unread")).to_be_visible()


STATES: tuple[Callable[[Page, str], None], ...] = (
    opened,
    with_photos,
    searched,
    looked_at,
    without_key,
    mistyped,
    offline,
    too_old,
)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_nothing_stands_in_anybodys_way(
    seen: tuple[Page, str], state: Callable[[Page, str], None]
) -> None:
    page, address = seen
    state(page, address)
    assert [] == violations(page)


REACHED = """() => {
    const one = document.activeElement;
    const style = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    return [[...document.querySelectorAll('*')].indexOf(one), style.outlineStyle !== 'none',
            box.top < innerHeight && box.bottom > 0];
}"""
CAN_BE_USED = """() => [...document.querySelectorAll('a[href], button, input, select, summary')]
    .filter((one) => !one.disabled && one.checkVisibility())
    .map((one) => [...document.querySelectorAll('*')].indexOf(one))"""


def test_the_keyboard_alone_reaches_everything_in_the_order_in_which_it_stands(
    site: Site, browser: Browser
) -> None:
    with browser.new_context(
        viewport={"width": 360, "height": 5000}, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        with_photos(page, site.put_letter(GROEP_3, GROEP_7, older=OLDER))
        usable = page.evaluate(CAN_BE_USED)
        page.set_viewport_size({"width": 360, "height": 740})
        page.evaluate("() => scrollTo(0, 0)")
        reached = []
        for _ in usable:
            page.keyboard.press("Tab")
            place, *seen = page.evaluate(REACHED)
            assert [True, True] == seen, page.evaluate("() => document.activeElement.outerHTML")
            reached.append(place)
        assert usable == reached


CALLED = """() => {
    const one = document.activeElement;
    return one === document.body ? '' : one.innerText || one.id || one.innerHTML;
}"""


def test_the_whole_letter_is_read_and_used_without_a_mouse(site: Site, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto(site.put_letter(GROEP_3, GROEP_7, older=OLDER))

        def tab_to(name: str) -> None:
            for _ in range(60):
                page.keyboard.press("Tab")
                if name in page.evaluate(CALLED):
                    return
            raise AssertionError(name)

        tab_to("code")
        page.keyboard.type(CODE)
        page.keyboard.press("Enter")
        expect(page.locator("#letter")).to_be_focused()
        tab_to("Lichtjesavond")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Lichtjesavond")).to_be_focused()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")
        expect(page.locator(".photo.shown").last).to_be_visible()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Een kastanje")).to_be_focused()
        tab_to("seek")
        page.keyboard.type("kastanje")
        expect(page.locator("#found")).to_have_text("Gevonden: 0")
        tab_to("Week 46")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Bruggen bouwen")).to_be_visible()
        tab_to("Waarom zie ik een foto niet?")
        page.keyboard.press("Enter")
        expect(page.locator("footer details p")).to_be_visible()


@pytest.mark.parametrize("width", [320, 640])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_goes_sideways_at_twice_the_size(
    site: Site, browser: Browser, language: str, width: int
) -> None:
    """200 % of a screen of 1280 is one of 640; 320 is what WCAG asks (1.4.10)."""
    with browser.new_context(viewport={"width": width, "height": 700}) as context:
        for state in (searched, looked_at, mistyped):
            page = context.new_page()
            state(page, site.put_letter(GROEP_3, GROEP_7, language=language, older=OLDER))
            assert width == page.evaluate("() => document.documentElement.scrollWidth")


def test_text_may_be_twice_as_large_by_itself(site: Site, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        opened(page, site.put_letter(GROEP_3, GROEP_7, older=OLDER))
        page.evaluate("() => { document.documentElement.style.fontSize = '2.1rem'; }")
        assert 360 == page.evaluate("() => document.documentElement.scrollWidth")


def test_nothing_moves_for_whoever_wants_no_motion(site: Site, browser: Browser) -> None:
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        with_photos(page, site.put_letter(GROEP_3, GROEP_7))
        assert ["auto", "0s"] == page.evaluate(
            "() => [getComputedStyle(document.documentElement).scrollBehavior,"
            " getComputedStyle(document.querySelector('.photo img')).transitionDuration]"
        )
