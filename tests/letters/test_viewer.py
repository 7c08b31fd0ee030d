"""A parent looks at the photos of a post, one by one: by hand, by finger and by keyboard."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Locator, Page, expect

from tests.letters.site import CODE, LETTERHEAD, READER, Picture, Site, edition, page_of

POST = page_of(
    {
        "code": "k7q2m3fa",
        "title": "Naar het bos",
        "html": '<figure data-photo="0"><figcaption>Onder de bomen</figcaption></figure>',
        "album": (1, 2),
    },
    {"title": "Gym", "html": '<figure data-photo="3"></figure>'},
)
ALTS = ("Bladeren", "Een kastanje", "Een egel", "Een bok")
GROEP_3 = edition("groep-3", "Groep 3", POST, [Picture(1280, 960, alt=alt) for alt in ALTS])


@pytest.fixture
def page(phone: BrowserContext, site: Site) -> Page:
    """The letter, opened."""
    page = phone.new_page()
    page.goto(f"{site.put_letter(GROEP_3)}#{CODE}")
    return page


def look(page: Page, alt: str = "Bladeren") -> Locator:
    """Open the viewer at a photo; the viewer."""
    page.get_by_role("button", name=alt).click()
    viewer = page.get_by_role("dialog")
    expect(viewer).to_be_visible()
    return viewer


def count(viewer: Locator) -> Locator:
    return viewer.get_by_role("status")


def fingers(page: Page) -> CDPSession:
    """Touches, as a phone's screen gives them."""
    return page.context.new_cdp_session(page)


def touch(session: CDPSession, kind: str, *points: tuple[int, int]) -> None:
    touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


def test_a_photo_opens_large_with_its_words(page: Page) -> None:
    viewer = look(page)
    expect(viewer.get_by_role("img")).to_have_accessible_name("Bladeren")
    expect(viewer.locator("#caption")).to_have_text("Onder de bomen")
    expect(count(viewer)).to_have_text("Foto 1 van 3")
    expect(viewer.locator("img")).to_have_js_property("naturalWidth", 1280)
    expect(viewer.get_by_role("button", name="Sluiten")).to_be_focused()
    expect(viewer.get_by_role("button", name="Vorige foto")).to_be_hidden()


def test_it_goes_through_the_photos_of_one_post_and_no_further(page: Page) -> None:
    viewer = look(page)
    on = viewer.get_by_role("button", name="Volgende foto")
    on.click()
    expect(viewer.get_by_role("img")).to_have_accessible_name("Een kastanje")
    expect(viewer.locator("#caption")).to_be_empty()
    on.click()
    expect(count(viewer)).to_have_text("Foto 3 van 3")
    expect(on).to_be_hidden()
    viewer.get_by_role("button", name="Vorige foto").click()
    expect(count(viewer)).to_have_text("Foto 2 van 3")


def test_by_keyboard_alone_and_back_to_the_photo_that_was_looked_at_last(page: Page) -> None:
    page.get_by_role("button", name="Bladeren").focus()
    page.keyboard.press("Enter")
    viewer = page.get_by_role("dialog")
    for key, place in (("ArrowRight", 2), ("End", 3), ("ArrowLeft", 2), ("Home", 1), ("End", 3)):
        page.keyboard.press(key)
        expect(count(viewer)).to_have_text(f"Foto {place} van 3")
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "() => document.activeElement === document.body"
            " || document.getElementById('viewer').contains(document.activeElement)"
        )
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(page.get_by_role("button", name="Een egel")).to_be_focused()


def test_a_swipe_goes_on_and_back(page: Page) -> None:
    viewer = look(page)
    touches = fingers(page)
    for start, end, place in ((300, 60, 2), (300, 60, 3), (60, 300, 2), (200, 190, 2)):
        touch(touches, "touchStart", (start, 300))
        touch(touches, "touchMove", ((start + end) // 2, 305))
        touch(touches, "touchMove", (end, 310))
        touch(touches, "touchEnd")
        expect(count(viewer)).to_have_text(f"Foto {place} van 3")


def width_of(viewer: Locator) -> float:
    box = viewer.get_by_role("img").bounding_box()
    assert box is not None
    return box["width"]


def test_two_fingers_make_it_larger_and_one_moves_it(page: Page) -> None:
    viewer = look(page)
    touches = fingers(page)
    touch(touches, "touchStart", (160, 300), (200, 300))
    touch(touches, "touchMove", (120, 300), (240, 300))
    touch(touches, "touchEnd")
    assert width_of(viewer) == pytest.approx(3 * 360, rel=0.05)
    expect(viewer.get_by_role("button", name="Vergroten")).to_have_attribute("aria-pressed", "true")
    before = viewer.get_by_role("img").bounding_box()
    touch(touches, "touchStart", (200, 300))
    touch(touches, "touchMove", (100, 300))
    touch(touches, "touchEnd")
    after = viewer.get_by_role("img").bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] == pytest.approx(before["x"] - 100, abs=2)
    expect(count(viewer)).to_have_text("Foto 1 van 3")


def test_what_two_fingers_do_a_button_and_keys_do_too(page: Page) -> None:
    viewer = look(page)
    viewer.get_by_role("button", name="Vergroten").click()
    assert width_of(viewer) == pytest.approx(2.5 * 360, rel=0.05)
    viewer.get_by_role("button", name="Vergroten").click()
    assert width_of(viewer) == pytest.approx(360, rel=0.05)
    page.keyboard.press("+")
    assert width_of(viewer) == pytest.approx(1.5 * 360, rel=0.05)
    page.keyboard.press("-")
    assert width_of(viewer) == pytest.approx(360, rel=0.05)


def test_offline_the_photo_that_is_there_is_shown(page: Page) -> None:
    expect(page.locator(".photo.shown").first).to_be_visible()
    page.context.set_offline(True)
    viewer = look(page)
    expect(viewer.locator("img")).to_have_js_property("naturalWidth", 480)
    page.context.set_offline(False)


def test_it_says_whom_the_photo_is_for_and_cannot_save_it(page: Page) -> None:
    viewer = look(page)
    expect(viewer.locator(".for")).to_have_text(f"Voor {READER}")
    expect(viewer).to_contain_text("Houd deze foto voor uzelf")
    expect(viewer.locator("a[download]")).to_have_count(0)


def test_a_school_may_let_parents_save_photos(site: Site, phone: BrowserContext) -> None:
    page = phone.new_page()
    letterhead = replace(LETTERHEAD, saves=True)
    page.goto(f"{site.put_letter(GROEP_3, letterhead=letterhead)}#{CODE}")
    viewer = look(page)
    expect(viewer.locator("img")).to_have_js_property("naturalWidth", 1280)
    with page.expect_download() as saved:
        viewer.get_by_role("link", name="Deze foto bewaren").click()
    assert saved.value.path().read_bytes()[:3] == b"\xff\xd8\xff"


def test_a_doubt_is_a_mail_that_names_nobody(page: Page) -> None:
    doubt = page.locator(".post").first.get_by_role("link", name="Twijfelt u hierover? Meld het")
    expect(doubt).to_have_attribute(
        "href",
        "mailto:administratie@lichtbron.example?subject="
        "Twijfel%20over%20de%20weekbrief%20(bericht%20k7q2m3fa)",
    )
    viewer = look(page, "Een kastanje")
    expect(viewer.get_by_role("link", name="Twijfelt u hierover? Meld het")).to_have_attribute(
        "href", re.compile(r"k7q2m3fa%2C%20Foto%202%20van%203")
    )


def test_a_school_without_an_address_asks_for_no_doubts(site: Site, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(f"{site.put_letter(GROEP_3, letterhead=replace(LETTERHEAD, contact=''))}#{CODE}")
    expect(page.locator(".post").first).to_be_visible()
    expect(page.get_by_role("link", name="Twijfelt u hierover?")).to_have_count(0)
