"""A parent opens the letter on a phone, in a real browser."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lichtbrief.media import draw_logo
from lichtbrief.sealing import format_code
from tests.letters.site import CODE, LETTERHEAD, READER, ROOT, Picture, Site, edition, page_of

BOS = page_of(
    {
        "title": "Naar het bos",
        "html": '<h2>Meenemen</h2><p>Laarzen. <a href="https://example.org/">Meer</a></p>'
        '<figure data-photo="0"><figcaption>Onder de bomen</figcaption></figure>'
        '<p class="far"></p><figure data-photo="1"></figure>',
    }
)
LICHTJES = page_of(
    {
        "code": "lichtjes",
        "kind": "event",
        "title": "Lichtjesavond",
        "event": {
            "start": datetime(2026, 11, 24, 18, 30),
            "end": datetime(2026, 11, 24, 20, 0),
            "is_one_day": True,
            "location": "",
        },
    }
)
TALKS = page_of(
    {
        "kind": "talks",
        "title": "Oudergesprekken",
        "talks": [
            {"start": datetime(2026, 12, day, 15, 30), "end": datetime(2026, 12, day, 17, 0)}
            for day in (1, 3)
        ],
    }
)
PICTURES = [Picture(), Picture(960, 1280, "#8c5b3f", "Een kastanje")]
GROEP_3 = edition("groep-3", "Groep 3", BOS, PICTURES)
GROEP_7 = edition("groep-7", "Groep 7", LICHTJES)
SCHOOL = edition("school", "De hele school", page_of({"title": "Van de directie"}))
GROEP_8 = edition("groep-8", "Groep 8", LICHTJES)
SHOWN = ".photo.shown img"


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    return phone.new_page()


def span(edition_asked: str | None) -> int:
    found = re.fullmatch(r"bytes=(\d+)-(\d+)", edition_asked or "")
    assert found is not None
    return int(found[2]) - int(found[1]) + 1


def far_apart(page: Page) -> None:
    """Put the second photo far below the first."""
    page.add_init_script(
        "new MutationObserver((_, me) => {"
        " const far = document.querySelector('.far');"
        " if (far) { me.disconnect(); far.style.height = '9000px'; } })"
        ".observe(document, {childList: true, subtree: true})"
    )


def test_the_link_opens_the_letter_in_one_request(site: Site, page: Page) -> None:
    page.goto(f"{site.put_letter(GROEP_3)}#{CODE}")
    expect(page.locator("h1")).to_have_text("De Lichtbron")
    expect(page.locator(".week")).to_have_text("Week 47 16–22 november 2026")
    expect(page.locator(".group > h2")).to_have_text("Groep 3")
    expect(page.locator("article .by")).to_have_text("Juf Marieke dinsdag 17 november")
    expect(page.locator("#state")).to_be_empty()
    expect(page.locator("#unread")).to_be_hidden()
    assert page.title() == "De Lichtbron"
    assert [path for path, _ in site.asked if not path.startswith("/groep")] == [
        "/letter.html",
        *(["/favicon.ico"] if ("/favicon.ico", None) in site.asked else []),
    ]


def test_the_same_letter_in_english(site: Site, page: Page) -> None:
    page.goto(f"{site.put_letter(GROEP_7, language='en')}#{CODE}")
    expect(page.locator(".week")).to_have_text("Week 47 16 – 22 November 2026")
    expect(page.locator("dl.facts")).to_have_text(
        re.compile(r"when\s*Tuesday 24 November at 18:30\s*until\s*20:00")
    )
    expect(page.locator("dl.facts time").first).to_have_attribute("lang", "en-GB")


def test_times_are_the_schools_wherever_the_parent_is(site: Site, browser: Browser) -> None:
    with browser.new_context(timezone_id="Pacific/Auckland") as away:
        page = away.new_page()
        page.goto(f"{site.put_letter(GROEP_7)}#{CODE}")
        expect(page.locator("dl.facts time").first).to_have_text("dinsdag 24 november om 18:30")
        expect(page.locator("dl.facts time").last).to_have_text("20:00")


def test_photos_come_by_range_when_they_are_near(site: Site, page: Page) -> None:
    far_apart(page)
    page.goto(f"{site.put_letter(GROEP_3)}#{CODE}")
    expect(page.locator(SHOWN)).to_have_count(1)
    assert page.locator(SHOWN).evaluate("image => [image.naturalWidth, image.alt]") == [
        480,
        "Bladeren op het schoolplein",
    ]
    assert len(site.asked_for("/groep-3.sealed")) == 1
    page.locator("figure").last.scroll_into_view_if_needed()
    expect(page.locator(SHOWN)).to_have_count(2)
    asked = site.asked_for("/groep-3.sealed")
    sizes = GROEP_3[1].index["sizes"]
    assert isinstance(sizes, list)
    assert [span(ranges) for ranges in asked] == [sizes[1] + 16, sizes[3] + 16]


def test_a_sharp_wide_screen_gets_the_large_photos(site: Site, browser: Browser) -> None:
    with browser.new_context(device_scale_factor=2) as desk:
        page = desk.new_page()
        page.goto(f"{site.put_letter(GROEP_3)}#{CODE}")
        expect(page.locator(SHOWN).first).to_be_visible()
        expect(page.locator(SHOWN).first).to_have_js_property("naturalWidth", 1280)


def test_a_server_without_ranges_is_asked_once_more_at_most(site: Site, page: Page) -> None:
    site.knows_range = False
    far_apart(page)
    page.goto(f"{site.put_letter(GROEP_3)}#{CODE}")
    expect(page.locator(SHOWN)).to_have_count(1)
    page.locator("figure").last.scroll_into_view_if_needed()
    expect(page.locator(SHOWN)).to_have_count(2)
    assert len(site.asked_for("/groep-3.sealed")) == 1


def test_nothing_moves_when_a_photo_comes(site: Site, page: Page) -> None:
    page.goto(f"{site.put_letter(GROEP_3)}#{CODE}")
    expect(page.locator(SHOWN).first).to_be_visible()
    box = page.locator(".photo").first.bounding_box()
    assert box is not None
    assert (box["width"], round(box["height"])) == (360, 270)
    moved = page.evaluate(
        "() => new Promise(done => new PerformanceObserver(list => done(list.getEntries()"
        ".reduce((sum, {value}) => sum + value, 0))).observe({type: 'layout-shift',"
        " buffered: true}) || setTimeout(() => done(0), 200))"
    )
    assert moved == 0


def test_a_parent_of_two_goes_from_group_to_group(site: Site, page: Page) -> None:
    page.goto(f"{site.put_letter(GROEP_3, GROEP_7, SCHOOL)}#{CODE}")
    buttons = page.get_by_role("navigation", name="In deze brief").get_by_role("button")
    expect(buttons).to_have_text(["Groep 3", "Groep 7", "De hele school"])
    buttons.nth(1).click()
    expect(page.get_by_role("heading", name="Groep 7")).to_be_focused()
    expect(page.get_by_role("heading", name="Groep 7")).to_be_in_viewport()
    assert page.url == f"{site.address}/letter.html"


def test_what_is_coming_stands_at_the_top_once(site: Site, page: Page) -> None:
    page.goto(f"{site.put_letter(GROEP_3, GROEP_7, GROEP_8)}#{CODE}")
    dates = page.get_by_role("navigation", name="Agenda").get_by_role("button")
    expect(dates).to_have_text(["di24novLichtjesavond dinsdag 24 november om 18:30"])
    dates.press("Enter")
    expect(page.get_by_role("heading", name="Lichtjesavond").last).to_be_focused()


def test_a_post_to_two_groups_stands_once_under_both_names(site: Site, page: Page) -> None:
    page.goto(f"{site.put_letter(GROEP_3, GROEP_7, GROEP_8)}#{CODE}")
    expect(page.locator(".group > h2")).to_have_text(["Groep 3", "Groep 7 en Groep 8"])
    expect(page.get_by_role("heading", name="Lichtjesavond", level=3)).to_have_count(1)


def test_what_to_bring_stands_at_the_top_and_in_the_post(site: Site, page: Page) -> None:
    trip = {"title": "Naar het bos", "bring": "laarzen en een banaan"}
    page.goto(f"{site.put_letter(edition('groep-3', 'Groep 3', page_of(trip)))}#{CODE}")
    dates = page.get_by_role("navigation", name="Agenda").get_by_role("button")
    expect(dates).to_have_text(["Naar het bos meenemen: laarzen en een banaan"])
    expect(page.locator(".post .facts")).to_have_text(
        re.compile(r"meenemen\s*laarzen en een banaan")
    )


def test_talks_say_from_when_until_when(site: Site, page: Page) -> None:
    page.goto(f"{site.put_letter(edition('groep-3', 'Groep 3', TALKS))}#{CODE}")
    expect(page.locator(".facts dd")).to_have_text(
        ["dinsdag 1 december om 15:30 tot 17:00", "donderdag 3 december om 15:30 tot 17:00"]
    )


def test_a_letter_of_one_group_has_no_list_of_groups(site: Site, page: Page) -> None:
    page.goto(f"{site.put_letter(GROEP_3)}#{CODE}")
    expect(page.locator(".group")).to_have_count(1)
    expect(page.locator("nav")).to_have_count(0)


def test_headings_form_one_outline(site: Site, page: Page) -> None:
    page.goto(f"{site.put_letter(GROEP_3)}#{CODE}")
    for level, name in enumerate(["De Lichtbron", "Groep 3", "Naar het bos", "Meenemen"], 1):
        expect(page.get_by_role("heading", name=name, level=level)).to_have_count(1)


def test_the_code_can_be_typed_with_the_keyboard_alone(site: Site, page: Page) -> None:
    page.goto(site.put_letter(GROEP_3))
    field = page.get_by_label("Code uit uw mail")
    expect(field).to_be_visible()
    page.keyboard.press("Tab")
    expect(field).to_be_focused()
    page.keyboard.type(format_code(CODE).lower())
    page.keyboard.press("Enter")
    expect(page.locator(".group > h2")).to_have_text("Groep 3")
    expect(page.locator("#letter")).to_be_focused()
    expect(field).to_be_hidden()


def test_after_a_mistake_the_field_says_so_and_keeps_what_was_typed(site: Site, page: Page) -> None:
    page.goto(site.put_letter(GROEP_3))
    field = page.get_by_label("Code uit uw mail")
    field.fill(CODE[:-1])
    page.get_by_role("button", name="Brief openen").click()
    expect(page.get_by_role("status").first).to_contain_text("De code is niet compleet.")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value(CODE[:-1])
    expect(field).to_have_accessible_description(re.compile("niet compleet"))
    field.press("End")
    field.type(CODE[-1])
    field.press("Enter")
    expect(page.locator(".group")).to_be_visible()


def test_a_link_corrected_in_the_same_tab_opens(site: Site, page: Page) -> None:
    address = site.put_letter(GROEP_3)
    page.goto(f"{address}#{CODE[:-3]}")
    expect(page.get_by_label("Code uit uw mail")).to_be_visible()
    page.goto(f"{address}#{CODE}")
    expect(page.locator(".group")).to_have_count(1)
    page.goto(f"{address}#")
    expect(page.locator(".group")).to_have_count(0)
    expect(page.get_by_label("Code uit uw mail")).to_be_visible()


def test_the_address_keeps_no_key_and_a_reload_opens_the_letter(site: Site, page: Page) -> None:
    address = site.put_letter(GROEP_3)
    page.goto(f"{address}#{CODE}")
    expect(page.locator(".group")).to_be_visible()
    assert address == page.url
    page.reload()
    expect(page.locator(".group")).to_be_visible()
    assert address == page.url


def test_going_away_and_back_opens_the_letter(site: Site, page: Page) -> None:
    address = site.put_letter(GROEP_3)
    elsewhere = site.put("/elsewhere.html", b"<p>Elders</p>", "text/html")
    page.goto(f"{address}#{CODE}")
    expect(page.locator(".group")).to_be_visible()
    page.goto(elsewhere)
    page.go_back()
    expect(page.locator(".group")).to_be_visible()
    assert address == page.url


def test_the_address_alone_opens_nothing_in_another_tab(site: Site, page: Page) -> None:
    page.goto(f"{site.put_letter(GROEP_3)}#{CODE}")
    expect(page.locator(".group")).to_be_visible()
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.get_by_label("Code uit uw mail")).to_be_visible()
    expect(other.locator(".group")).to_have_count(0)


def test_it_says_whom_it_is_for(site: Site, page: Page) -> None:
    page.goto(f"{site.put_letter(GROEP_3)}#{CODE}")
    expect(page.locator("#letter .for")).to_have_text(f"Voor {READER}")


def test_the_schools_logo_stands_beside_its_name(site: Site, page: Page) -> None:
    letterhead = replace(LETTERHEAD, logo=draw_logo(ROOT / "logo.png"))
    page.goto(f"{site.put_letter(GROEP_3, letterhead=letterhead)}#{CODE}")
    logo = page.locator("h1 img")
    expect(logo).to_have_js_property("naturalHeight", 112)
    expect(page.get_by_role("heading", level=1)).to_have_accessible_name("De Lichtbron")


def test_nothing_is_kept_after_reading(site: Site, page: Page) -> None:
    page.goto(f"{site.put_letter(GROEP_3)}#{CODE}")
    expect(page.locator(SHOWN).first).to_be_visible()
    kept = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, document.cookie,"
        " (await caches.keys()).length, (await indexedDB.databases()).length,"
        " (await navigator.serviceWorker.getRegistrations()).length]"
    )
    assert kept == [0, 0, "", 0, 0, 0]
    assert page.context.cookies() == []


@pytest.fixture(params=["light", "dark"])
def narrow(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    with browser.new_context(
        viewport={"width": 320, "height": 640}, color_scheme=request.param
    ) as context:
        yield context.new_page()


def test_nothing_goes_sideways_on_the_narrowest_phone(site: Site, narrow: Page) -> None:
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    table = f"<table><tr>{'<td>maandag</td>' * 9}</tr></table><pre>{'lang ' * 40}</pre>"
    page = BOS.replace("Laarzen", f"{long}</p>{table}<p>").replace("Naar het bos", long)
    address = site.put_letter(edition("groep-3", long, page, PICTURES), GROEP_7)
    for hash_ in (CODE, ""):
        narrow.goto(f"{address}#{hash_}")
        expect(narrow.locator(".group" if hash_ else "#ask").first).to_be_visible()
        assert narrow.evaluate("document.documentElement.scrollWidth") == 320
