"""The pictures of the README and docs: `make screens` plays the demo and takes them all.

`docs/letter.png` shows two screens of one parent's phone; `docs/screens/` a screen each.
"""

import argparse
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email import policy
from email.parser import BytesParser
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from lichtbrief.jobs.runs.demo import play
from tests.browser import ARGUMENTS, find_chromium

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "letter.png"
SCREENS = ROOT / "docs" / "screens"
GUARDIAN = "g01"  # has children in two groups
ARABIC = "g11"
FATHER = "g12"  # of a child with whom there will be a talk
POST = "De hinkelbaan is terug"
ALBUM = "Bladeren zoeken in het bos"
EVENT = "Letterfeest"
TALKS = "Oudergesprekken van groep 1/2"
CHOICES = "Wat mag er van Anna te zien zijn?"
WIDTH, HEIGHT, SHARPNESS = 360, 650, 2  # CSS pixels, and how many of ours each is
DESK_WIDTH = 1280
PAPER_WIDTH, PAPER_HEIGHT = 794, 1123  # A4 in CSS pixels
MARGIN, CORNER = 40, 36
DESK, RIM = "#d9e3e2", "#23272e"
COLOURS = 96  # as many as leave the drawn photos whole in a fifth of the bytes
MOST_BYTES = 120_000

Take = Callable[[Page], None]


def main() -> None:
    """Play the demo in the folder that is given, and write the pictures."""
    parser = argparse.ArgumentParser(prog="bench.screens", description=__doc__)
    parser.add_argument("work", type=Path, metavar="WORKDIR", help="folder for the demo")
    work = parser.parse_args().work.resolve()
    SCREENS.mkdir(exist_ok=True)
    with play(ROOT / "publishconf.py", work, lambda *_: None) as demo, chromium() as browser:
        links = {mail.guardian: mail.link for mail in demo.mails}
        mail = next(Path(one.mail_file) for one in demo.mails if one.guardian == GUARDIAN)
        picture = side_by_side(two_screens(browser, links[GUARDIAN]))
        picture.quantize(COLOURS).save(PICTURE, optimize=True)
        tell(PICTURE)
        for name, taken in every(browser, links, mail):
            write(SCREENS / f"{name}.webp", taken)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        yield browser
        browser.close()


def every(
    browser: Browser, links: Mapping[str, str], mail: Path
) -> Iterator[tuple[str, Image.Image]]:
    """The name of each screen, and the screen."""
    link = links[GUARDIAN]
    for name, way in (
        ("letter", lambda page: None),
        ("album", lambda page: go_to(page, ALBUM)),
        ("viewer", look),
        ("event", lambda page: go_to(page, EVENT)),
        ("archive", open_archive),
        ("answer", say_who_comes),
        ("choices", lambda page: open_form(page.locator(".reply", has_text=CHOICES))),
    ):
        yield name, taken(browser, link, way)
    yield "times", taken(browser, links[FATHER], choose_times)
    yield "dark", taken(browser, link, lambda page: go_to(page, ALBUM), scheme="dark")
    yield "desk", taken(browser, link, lambda page: None, width=DESK_WIDTH, height=800)
    yield "arabic", taken(browser, links[ARABIC], lambda page: None)
    yield "error", taken(browser, link.partition("#")[0], lambda page: None)
    yield "print", printed(browser, link)
    yield "mail", mailed(browser, mail)


def taken(
    browser: Browser,
    link: str,
    way: Take,
    scheme: str = "light",
    width: int = WIDTH,
    height: int = HEIGHT,
) -> Image.Image:
    """What a parent sees once the link is open and `way` has been gone."""
    page = browser.new_page(
        viewport={"width": width, "height": height},
        device_scale_factor=SHARPNESS if width == WIDTH else 1,
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page.goto(link)
    expect(page.locator(".group, #ask:visible").first).to_be_visible()
    way(page)
    page.wait_for_timeout(500)  # the sharp photo takes the place of the small one
    seen = screen(page)
    page.close()
    return seen


def go_to(page: Page, title: str) -> None:
    """Bring a post to the top of the screen, with its photos."""
    post = page.locator("#letter > .group .post", has_text=title).first
    post.locator("h3").evaluate("title => title.scrollIntoView()")
    if post.locator(".photo").count():
        expect(post.locator(".shown").first).to_be_visible()


def look(page: Page) -> None:
    """Open a photo of the album."""
    go_to(page, ALBUM)
    page.locator("#letter > .group .post", has_text=ALBUM).locator(".look").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def open_form(form: Locator) -> None:
    """Open a form and bring it to the top of the screen."""
    form.locator("summary").click()
    form.evaluate("form => form.scrollIntoView()")


def say_who_comes(page: Page) -> None:
    """Answer an invitation, as far as the button."""
    form = page.locator(".post.event", has_text=EVENT).locator(".reply").first
    open_form(form)
    form.locator("select").select_option("yes")
    form.locator("input").fill("2")


def choose_times(page: Page) -> None:
    """Choose times for a talk, best first."""
    form = page.locator(".post.talks", has_text=TALKS).locator(".reply").first
    open_form(form)
    for number, value in enumerate(("together", "2026-12-01T15:40", "2026-12-03T18:30")):
        form.locator("select").nth(number).select_option(value)


def open_archive(page: Page) -> None:
    """Open an earlier week and search in it."""
    page.locator(".archive summary").first.click()
    expect(page.locator(".archive .post").first).to_be_visible()
    page.locator("#seek").fill("lampion")
    page.locator(".archive h2").evaluate("title => title.scrollIntoView()")


def printed(browser: Browser, link: str) -> Image.Image:
    """The first sheet of paper."""
    page = browser.new_page(viewport={"width": PAPER_WIDTH, "height": PAPER_HEIGHT})
    page.goto(link)
    expect(page.locator(".group").first).to_be_visible()
    page.evaluate("() => { window.print = () => document.body.classList.add('printed'); }")
    page.locator("#print").click()
    expect(page.locator("body.printed")).to_be_attached()
    page.emulate_media(media="print")
    page.evaluate("() => { document.body.style.padding = '18mm 20mm'; }")
    page.evaluate("() => scrollTo(0, 0)")
    seen = screen(page)
    page.close()
    return seen


def mailed(browser: Browser, mail: Path) -> Image.Image:
    """The mail as a mail program shows it."""
    with mail.open("rb") as file:
        body = BytesParser(policy=policy.default).parse(file).get_body(("html",))
    page = browser.new_page(
        viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=SHARPNESS
    )
    page.set_content(body.get_content() if body is not None else "")
    seen = screen(page)
    page.close()
    return seen


def two_screens(browser: Browser, link: str) -> list[Image.Image]:
    """The letter as it opens, and with a post further down at the top of the screen."""
    return [taken(browser, link, lambda page: None), taken(browser, link, lambda p: go_to(p, POST))]


def screen(page: Page) -> Image.Image:
    """What is to be seen just now."""
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def write(path: Path, picture: Image.Image) -> None:
    """Write a screen as small as it must be; RuntimeError when that is not enough."""
    for quality in (85, 70, 55, 40):
        picture.save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size <= MOST_BYTES:
            return tell(path)
    raise RuntimeError(f"{path.name} is larger than {MOST_BYTES} bytes")


def tell(path: Path) -> None:
    """Say what was written."""
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")


def side_by_side(taken: list[Image.Image]) -> Image.Image:
    """The screens as phones next to each other."""
    width, height = taken[0].size
    step = width + 2 * MARGIN
    desk = Image.new("RGB", (step * len(taken), height + 2 * MARGIN), DESK)
    shape = rounded(width, height)
    for number, one in enumerate(taken):
        place = (number * step + MARGIN, MARGIN)
        desk.paste(RIM, (place[0] - 3, place[1] - 3), rounded(width + 6, height + 6))
        desk.paste(one, place, shape)
    return desk


def rounded(width: int, height: int) -> Image.Image:
    """A mask of a screen with round corners, smoothed by drawing it twice as large."""
    mask = Image.new("L", (2 * width, 2 * height))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, *mask.size), 2 * CORNER, fill=255)
    return mask.resize((width, height), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
