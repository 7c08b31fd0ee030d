"""A film in a parent's letter: built as it always is, and played by a real browser."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from lichtbrief.editions import Week
from lichtbrief.jobs.build.running import run_build
from lichtbrief.jobs.ground.keys import ring_of
from lichtbrief.jobs.publish.preview import preview_link
from lichtbrief.letters.words import READER
from lichtbrief.settings import read_settings
from lichtbrief.site import load_site
from tests.letters.site import THEME, Site
from tests.media.filming import film
from tests.school import WEEK, SmallSchool, answer

STANDING = (0, 1, 0, -1, 0, 0, 0, 0, 1)
POST = "groep-3/2026-11-18-lezen"
TEXT = 'Kijk!\n\n![Een molen die draait](molen.mov "In de tuin"){: people="anna-b" }\n'
CAPTIONS = "WEBVTT\n\n1\n00:00.000 --> 00:09.000 align:start\n<v Anna>Hij draait!\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """What a build made of a post with an iPhone's film, and the link of its letter."""
    school = SmallSchool.build(tmp_path_factory.mktemp("school"))
    school.add("school/consents.csv", answer("anna-b", "g1", "yes", kind="video"))
    school.post(POST, "juf-sanne", TEXT)
    folder = school.folder / "content/groups" / POST
    film(folder / "molen.mov", codec="libx265", size=(320, 180), matrix=STANDING)
    school.write(f"content/groups/{POST}/molen.vtt", CAPTIONS)
    output = school.folder / "preview"
    site = load_site(school.folder / "pelicanconf.py", {"OUTPUT_PATH": str(output)})
    assert 1 == run_build(site).films
    week = Week.parse(WEEK)
    return output, preview_link(ring_of(read_settings(site), week.school_year), week)


@pytest.fixture
def letter(site: Site, built: tuple[Path, str]) -> str:
    """The letter's link, on a site that can be told to fail."""
    output, link = built
    for path in output.rglob("*"):
        if path.is_file():
            kind = "text/html; charset=utf-8" if path.suffix == ".html" else "x/sealed"
            site.put(f"/{path.relative_to(output)}", path.read_bytes(), kind)
    return f"{site.address}/{link}"


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    return phone.new_page()


@pytest.fixture
def opened(page: Page, letter: str) -> Iterator[Page]:
    """The letter, opened, with the still of its film in sight."""
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.goto(letter)
    button(page).scroll_into_view_if_needed()
    expect(page.locator("figure:has(button.film) .photo.shown")).to_have_count(1)
    yield page
    assert [] == [one for one in errors if "Content Security Policy" in one]


def button(page: Page) -> Locator:
    return page.locator("button.film")


def editions_asked(site: Site) -> list[str]:
    return [ranges or "" for path, ranges in site.asked if path.startswith("/editions/")]


def bytes_asked(site: Site) -> int:
    spans = (re.fullmatch(r"bytes=(\d+)-(\d+)", one) for one in editions_asked(site))
    return sum(int(one[2]) - int(one[1]) + 1 for one in spans if one)


def test_it_plays_upright_with_captions(opened: Page) -> None:
    button(opened).click()
    video = opened.locator("video")
    expect(video).to_have_js_property("ended", True)
    seen = video.evaluate(
        "v => [v.videoWidth, v.videoHeight, v.controls, v.playsInline, v.preload, v.error,"
        " v.poster.slice(0, 5), v.src.slice(0, 5), v.textTracks[0].mode]"
    )
    assert [180, 320, True, True, "none", None, "blob:", "blob:", "showing"] == seen
    cue = video.evaluate("v => [v.textTracks[0].cues[0].text, v.textTracks[0].cues.length]")
    assert ["Hij draait!", 1] == cue
    assert video.evaluate("v => v.webkitAudioDecodedByteCount") > 0


def test_how_long_and_how_large_it_is_stands_there_before(opened: Page) -> None:
    expect(button(opened)).to_have_text("Speel de film af (0:01, 21 kB)")


def test_nothing_of_it_is_fetched_before_somebody_presses(opened: Page, site: Site) -> None:
    before = bytes_asked(site)
    button(opened).click()
    expect(opened.locator("video")).to_have_count(1)
    assert bytes_asked(site) > before
    assert all(editions_asked(site))  # by Range, never the whole


def test_the_caption_below_it_is_the_posts(opened: Page) -> None:
    expect(opened.locator("figure:has(button.film) figcaption")).to_have_text("In de tuin")


def sentence(name: str) -> str:
    return THEME.words("nl").gettext(READER[name])


def spoil(route: Route) -> None:
    route.fulfill(response=(answer := route.fetch()), body=bytes(len(answer.body())))


def refuse(route: Route) -> None:
    route.fulfill(status=503)


@pytest.mark.parametrize(
    ("trouble", "words"), [(spoil, "film-spoiled"), (refuse, "film-unreachable")]
)
def test_what_goes_wrong_is_said_and_can_be_tried_again(
    opened: Page, trouble: Callable[[Route], None], words: str
) -> None:
    opened.route("**/editions/**", trouble)
    button(opened).click()
    expect(opened.locator("p.film")).to_have_text(sentence(words))
    opened.unroute("**/editions/**")
    button(opened).click()
    expect(opened.locator("video")).to_have_js_property("ended", True)
    expect(opened.locator("p.film")).to_have_text("")


@pytest.mark.parametrize("status", [403, 404])
def test_a_link_that_has_ended_says_so(opened: Page, status: int) -> None:
    opened.route("**/editions/**", lambda route: route.fulfill(status=status))
    opened.evaluate("() => { Date.now = () => Date.UTC(2100, 0) }")
    button(opened).click()
    before = sentence("expired").partition("%")[0]
    expect(opened.locator("p.film")).to_have_text(re.compile(f"^{re.escape(before)}"))


def test_a_browser_that_is_offline_says_so(opened: Page) -> None:
    opened.context.set_offline(True)
    button(opened).click()
    expect(opened.locator("p.film")).to_have_text(sentence("offline"))


def test_a_browser_that_cannot_play_it_says_so(opened: Page) -> None:
    opened.evaluate("() => { window.Blob = class { constructor() { return new File([], ''); } }; }")
    button(opened).click()
    expect(opened.locator("p.film")).to_have_text(sentence("film-unknown"))
    expect(opened.locator("video")).to_have_count(0)


def test_a_server_that_knows_no_range_will_do(page: Page, site: Site, letter: str) -> None:
    site.knows_range = False
    page.goto(letter)
    button(page).click()
    expect(page.locator("video")).to_have_js_property("ended", True)
