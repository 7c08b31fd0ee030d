"""A parent's visit to a page in Chromium: how long things take, how much memory they need."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from tests.browser import ARGUMENTS, find_chromium

SLOW = {"offline": False, "latency": 150, "downloadThroughput": 2e5, "uploadThroughput": 2e5}
"""1.6 Mbit/s (in bytes a second) and 150 ms for a round trip."""

PATIENCE = 180  # seconds
WATCH = """(() => {
    const seen = (name, found) => {
        if (found && !(name in window.seen)) window.seen[name] = performance.now() / 1000;
    };
    window.seen = {};
    const look = () => {
        seen('text', document.querySelector('article p:not(.by)'));
        seen('photos', document.querySelectorAll('.shown img').length >= window.wanted);
        requestAnimationFrame(look);
    };
    look();
})()"""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: seconds from the navigation to text and photos, MiB of heap and of its process.

    `photos_s` is None where nobody waited for them.
    """

    text_s: float
    photos_s: float | None
    heap_mib: float
    peak_mib: float


@dataclass(slots=True)
class Reading:
    """What visits need: a browser that is started anew for each, so that each has its memory."""

    height: int = 740
    scale: float = 2  # a phone's screen
    visits: list[Visit] = field(default_factory=list)

    def visit(self, address: str, photos: int = 0, slow: bool = False, settle: int = 0) -> Visit:
        """Open an address in a fresh browser; wait for text, for `photos`, `settle` ms more."""
        with _chromium() as browser:
            context = browser.new_context(
                viewport={"width": 360, "height": self.height}, device_scale_factor=self.scale
            )
            page = context.new_page()
            session = context.new_cdp_session(page)
            if slow:
                session.send("Network.enable")
                session.send("Network.emulateNetworkConditions", SLOW)
            page.add_init_script(f"window.wanted = {photos or 1e9};{WATCH}")
            page.goto(address, wait_until="commit", timeout=PATIENCE * 1000)
            text_s = _seen(page, "text")
            photos_s = _seen(page, "photos") if photos else None
            page.wait_for_timeout(settle)
            return Visit(text_s, photos_s, _heap(session), _peak(browser, context))


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        yield browser
        browser.close()


def _seen(page: Page, what: str) -> float:
    """When the page had it; RuntimeError when it does not come."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = page.evaluate("(what) => (window.seen || {})[what] || 0", what)
        if found:
            return float(found)
        page.wait_for_timeout(20)
    raise RuntimeError(f"no {what} within {PATIENCE} s")


def _heap(session: CDPSession) -> float:
    session.send("Performance.enable")
    metrics = session.send("Performance.getMetrics")["metrics"]
    used = next(one["value"] for one in metrics if one["name"] == "JSHeapUsedSize")
    return float(used) / 2**20


def _peak(browser: Browser, context: BrowserContext) -> float:
    """The most memory that the page's own process has held, in MiB (Linux; 0 elsewhere)."""
    del context
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    pages = [one["id"] for one in processes if one["type"] == "renderer"]
    return max((_high_water(int(one)) for one in pages), default=0.0)


def _high_water(process: int) -> float:
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return int(lines["VmHWM"].split()[0]) / 1024
