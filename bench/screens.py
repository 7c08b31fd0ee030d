"""The README's picture: `python -m bench.screens WORKDIR` plays the demo and takes docs/letter.png.

Two screens of one parent's phone: the top of the letter, and a photo further down.
"""

import argparse
import io
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect, sync_playwright

from lichtbrief.jobs.demo import play
from tests.browser import ARGUMENTS, find_chromium

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "letter.png"
GUARDIAN = "g01"  # has children in two groups
POST = "De hinkelbaan is terug"
WIDTH, HEIGHT, SHARPNESS = 360, 650, 2  # CSS pixels, and how many of ours each is
MARGIN, CORNER = 40, 36
DESK, RIM = "#d9e3e2", "#23272e"
COLOURS = 96  # as many as leave the drawn photos whole in a fifth of the bytes


def main() -> None:
    """Play the demo in the folder that is given, and write the picture."""
    parser = argparse.ArgumentParser(prog="bench.screens", description=__doc__)
    parser.add_argument("work", type=Path, metavar="WORKDIR", help="folder for the demo")
    work = parser.parse_args().work.resolve()
    with play(ROOT / "publishconf.py", work, lambda *_: None) as demo:
        link = next(mail.link for mail in demo.mails if mail.guardian == GUARDIAN)
        picture = side_by_side(screens(link))
    picture.quantize(COLOURS).save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1000} kB")


def screens(link: str) -> list[Image.Image]:
    """The letter as it opens, and with a post further down at the top of the screen."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        page = chromium.new_page(
            viewport={"width": WIDTH, "height": HEIGHT},
            device_scale_factor=SHARPNESS,
            color_scheme="light",
            reduced_motion="reduce",
        )
        page.goto(link)
        expect(page.locator(".group").first).to_be_visible()
        taken = [screen(page)]
        post = page.locator(".post", has_text=POST)
        post.locator("h3").evaluate("title => title.scrollIntoView()")
        expect(post.locator(".shown")).to_be_visible()
        taken.append(screen(page))
        chromium.close()
    return taken


def screen(page: Page) -> Image.Image:
    """What is to be seen just now."""
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


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
