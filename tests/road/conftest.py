"""The road that these tests travel: one school each, and one that many only look at."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lichtbrief.storage import LocalStore
from tests.road.roads import Road, open_road


@pytest.fixture
def road(store_server: LocalStore, tmp_path: Path) -> Iterator[Road]:
    """A school before its first weekly run."""
    with open_road(store_server, tmp_path) as road:
        yield road


@pytest.fixture(scope="session")
def sent(store_server: LocalStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Road]:
    """A school after one weekly run, for tests that change nothing in it."""
    with open_road(store_server, tmp_path_factory.mktemp("sent")) as road:
        road.done()
        yield road
