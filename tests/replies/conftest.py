"""A school whose letters can be answered, with its corner of a real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lichtbrief.storage import LocalStore
from tests.road.roads import Road, open_road, write_school
from tests.school import SmallSchool

EVENT = "Kind: event\nStart: 2026-11-26 18:30\nLocation: de aula"


def write_answered(folder: Path) -> SmallSchool:
    """The small school with an invitation to everybody, and replies switched on."""
    school = write_school(folder)
    school.settings(LICHTBRIEF_REPLIES="post", LICHTBRIEF_DOUBT_HIDES=True)
    school.post("school/2026-11-20-feest", "directeur-els", "Kom naar het feest.\n", EVENT)
    return school


@pytest.fixture
def road(store_server: LocalStore, tmp_path: Path) -> Iterator[Road]:
    """That school before its first weekly run."""
    with open_road(store_server, tmp_path, write_answered) as road:
        yield road
