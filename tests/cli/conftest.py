"""A school for commands that only look, and one of its own for each test that changes something."""

from pathlib import Path

import pytest

from tests.school import SmallSchool


@pytest.fixture
def school(tmp_path: Path) -> SmallSchool:
    """A small school of the test's own."""
    return SmallSchool.build(tmp_path)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> SmallSchool:
    """A small school with keys, whose editions `lichtbrief build` has made."""
    school = SmallSchool.build(tmp_path_factory.mktemp("built"))
    assert 0 == school.run("keys", "make").returncode
    assert 0 == school.run("build").returncode
    return school
