"""Each guardian opens the link that lies in the mail, and reads their own children's news."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.demo.running import Demo, MailFile
from tests.demo.said import HELD_BACK, POSTS, everything_else, groups_in, guardian, letter_of, rows
from tests.demo.screen import KEPT, NOTHING, Watched, read_through

pytestmark = pytest.mark.xdist_group("demo")

READERS = {
    "of siblings in two groups": ("g01", ["Groep 3", "Groep 5", "Hele school"]),
    "living apart, the mother": ("g03", ["Groep 3", "Hele school"]),
    "living apart, the father": ("g04", ["Groep 3", "Hele school"]),
    "speaking Arabic": ("g11", ["Groep 1/2", "Groep 3", "Groep 7", "Hele school"]),
    "a foster parent": ("g13", ["Groep 3", "Hele school"]),
    "of a family that came this autumn": ("g16", ["Groep 3", "Groep 5", "Hele school"]),
    "speaking English": ("g17", ["Groep 1/2", "Groep 3", "Hele school"]),
    "who reads and does not decide": ("g23", ["Groep 3", "Hele school"]),
    "of a child that changed groups": ("g24", ["Groep 3", "Groep 7", "Hele school"]),
}
UNMAILED = {
    "decides and does not read": "g15",
    "wants paper": "g21",
    "of a child that has left": "g72",
    "whose right to read ended": "g74",
}


@pytest.mark.parametrize(("who", "groups"), READERS.values(), ids=READERS)
def test_a_guardian_reads_the_news_of_the_own_groups_and_no_other(
    demo: Demo, page: Page, watched: Watched, who: str, groups: list[str]
) -> None:
    expected = letter_of(who)
    assert set(groups) == groups_in(expected)
    page.goto(MailFile.read(demo.guardians()[who]).link)
    assert expected == read_through(page)
    headings = " ".join(page.locator(".group > h2").all_inner_texts())
    assert [] == [group for group in groups if group not in headings]
    document = page.content()
    assert [] == [text for text in everything_else(expected) if text in document]
    assert page.url.startswith(watched.asked[0]), "the page went elsewhere"


@pytest.mark.parametrize("who", UNMAILED.values(), ids=UNMAILED)
def test_who_should_get_no_mail_gets_none(demo: Demo, who: str) -> None:
    assert who in {row["id"] for row in rows("guardians")}
    assert who not in demo.guardians()
    address = guardian(who)["email"]
    mails = [path.read_text("utf-8") for path in (demo.work / "mail").rglob("*.localhost")]
    assert len(demo.guardians()) == len(mails)
    assert [] == [mail for mail in mails if address and address in mail]


def test_every_other_guardian_with_something_to_read_gets_one_mail(demo: Demo) -> None:
    weekly = {row["id"] for row in rows("guardians") if row["delivery"] != "paper"}
    assert {who for who in weekly if letter_of(who)} == set(demo.guardians())


def test_the_photos_to_hold_back_are_there_to_be_held_back() -> None:
    assert [] == [name for name in HELD_BACK if not (POSTS / name).is_file()]


def test_parents_who_live_apart_read_the_same_by_links_of_their_own(demo: Demo) -> None:
    mother, father = (MailFile.read(demo.guardians()[who]) for who in ("g03", "g04"))
    assert letter_of("g03") == letter_of("g04")
    assert mother.key != father.key
    assert mother.link_without_key != father.link_without_key


@pytest.mark.parametrize(
    ("who", "language", "week"), [("g01", "nl", "16–22 november"), ("g17", "en-GB", "16 – 22 Nov")]
)
def test_the_letter_speaks_the_guardians_language(
    demo: Demo, page: Page, who: str, language: str, week: str
) -> None:
    page.goto(MailFile.read(demo.guardians()[who]).link)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator(".week span")).to_contain_text(week)


def test_after_reading_nothing_is_left_in_the_browser(
    demo: Demo, page: Page, watched: Watched
) -> None:
    page.goto(MailFile.read(demo.guardians()["g11"]).link)
    read_through(page)
    assert NOTHING == page.evaluate(KEPT)
    assert [] == page.context.cookies()
    assert len(watched.asked) > 10, "the control: the photos were asked for"


def test_a_sharp_screen_shows_the_photos_in_full(demo: Demo, browser: Browser) -> None:
    with browser.new_context(
        viewport={"width": 360, "height": 740}, device_scale_factor=3
    ) as context:
        page = context.new_page()
        page.goto(MailFile.read(demo.guardians()["g03"]).link)
        expect(page.locator(".photo.shown").first).to_be_visible()
        read_through(page)
        widths = page.locator(".post > p img, figure img").evaluate_all(
            "images => images.map((image) => Math.max(image.naturalWidth, image.naturalHeight))"
        )
    assert {1280} <= set(widths) <= {480, 1280}
