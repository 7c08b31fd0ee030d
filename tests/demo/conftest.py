"""One demo of the shipped school, for all tests that only look at it."""

import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.demo.running import Demo
from tests.demo.screen import Watched


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """`lichtbrief demo` on the shipped school, serving."""
    started = Demo.start(tmp_path_factory.mktemp("demo") / "work")
    try:
        yield started.serving()
    finally:
        started.process.send_signal(signal.SIGTERM)
        started.process.wait()


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    """An empty page on a phone."""
    return phone.new_page()


@pytest.fixture
def watched(page: Page, demo: Demo) -> Iterator[Watched]:
    """A page that complained of nothing and asked nobody but the store, when the test ends."""
    watch = Watched(page)
    yield watch
    assert [] == watch.complaints
    assert [] == [url for url in watch.asked if not url.startswith((demo.endpoint, "blob:"))]
