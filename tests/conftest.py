"""What several folders of tests share: a real browser and a real store, one per test process."""

from collections.abc import Iterator

import hypothesis
import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser import ARGUMENTS, find_chromium
from tests.stores import guarded, shelf, store_server

__all__ = ["browser", "guarded", "phone", "shelf", "store_server"]

# No test is about time: on a busy machine a deadline fails what is right.
hypothesis.settings.register_profile(
    "school", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("school")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium, one per test process."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=find_chromium(), headless=True, args=list(ARGUMENTS)
        )
        yield chromium
        chromium.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile the size of a parent's cheap phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="nl-NL")
    yield context
    context.close()
