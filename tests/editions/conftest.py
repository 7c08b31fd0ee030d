"""A desk to write posts at."""

from pathlib import Path

import pytest

from tests.editions.school import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty `content/groups`."""
    groups = tmp_path / "content" / "groups"
    groups.mkdir(parents=True)
    return Desk(groups)
