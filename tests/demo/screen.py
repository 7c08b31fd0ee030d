"""What stands on a page, as a parent sees it."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Error, Page, Request, expect

from tests.demo.said import Letter, News, Shot

ON_SCREEN = """() => [...document.querySelectorAll('.group')].map((group) => [
    group.dataset.groups,
    [...group.querySelectorAll('.post')].map((post) => [
        post.querySelector('h3').innerText,
        [...post.querySelectorAll('.photo.shown img')].map((image) =>
            [image.alt, image.naturalWidth, image.naturalHeight]),
    ]),
])"""

KEPT = """async () => [
    document.cookie,
    {...localStorage},
    {...sessionStorage},
    await indexedDB.databases(),
    await caches.keys(),
    await navigator.serviceWorker.getRegistrations(),
    (await navigator.storage.estimate()).usage,
]"""
NOTHING = ["", {}, {}, [], [], [], 0]


@dataclass  # without slots: Playwright hangs its wrappers on the listener
class Watched:
    """A page whose every request and complaint is written down."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._ask)
        self.page.on("console", self._hear)
        self.page.on("pageerror", self._fail)

    @property
    def fetched(self) -> list[str]:
        """What was asked of a server, and not of the page itself."""
        return [url for url in self.asked if not url.startswith("blob:")]

    def _ask(self, request: Request) -> None:
        self.asked.append(request.url)

    def _hear(self, message: ConsoleMessage) -> None:
        self.complaints.append(f"{message.type}: {message.text} {message.location['url']}")

    def _fail(self, error: Error) -> None:
        self.complaints.append(f"error: {error.message}")


def read_through(page: Page) -> Letter:
    """Scroll from top to bottom as somebody who reads; what then has been on the screen."""
    expect(page.locator(".group").first).to_be_visible()
    for frame in page.locator(".photo").all():
        frame.scroll_into_view_if_needed()  # and wait: who hurries past is shown no photo
        expect(frame).to_have_class(re.compile(r"\bshown\b"))
    found: list[tuple[str, list[tuple[str, list[tuple[str, int, int]]]]]]
    found = page.evaluate(ON_SCREEN)
    letter = {
        group: tuple(News(title, tuple(Shot(*shot) for shot in shots)) for title, shots in posts)
        for group, posts in found
    }
    assert len(letter) == len(found), "some groups stand there twice"
    return letter


def too_wide(page: Page) -> int:
    """By how many pixels the page can be pushed sideways."""
    over = page.evaluate(
        "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
    )
    return int(over)
