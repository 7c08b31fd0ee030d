"""A school for tests that only look, and one of its own for each test that changes something."""

from pathlib import Path

import pytest

from lichtbrief.jobs.decide.deciding import Decided
from tests.jobs.given import decide_now
from tests.school import SmallSchool


@pytest.fixture
def school(tmp_path: Path) -> SmallSchool:
    """A small school of the test's own."""
    return SmallSchool.build(tmp_path)


@pytest.fixture(scope="session")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Decided:
    """The small school as it is, with one post of the week before."""
    school = SmallSchool.build(tmp_path_factory.mktemp("school"))
    school.post("groep-3/2026-11-12-vorige-week", "juf-sanne", "Vorige week.\n")
    return decide_now(school)
