"""A site with a letter, for the tests in which a browser reads it."""

from collections.abc import Iterator

import pytest

from tests.letters.site import Site, serve


@pytest.fixture
def site() -> Iterator[Site]:
    """An empty site on loopback."""
    with serve() as served:
        yield served
