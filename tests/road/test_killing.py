"""The machine dies in the middle of the week's work, again and again, and is started again."""

import os
import random
import subprocess
import time
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from lichtbrief.delivery import Ledger, State
from lichtbrief.delivery.patience import BATCH
from lichtbrief.editions import Week
from lichtbrief.jobs.ground.manifest import read_manifest
from lichtbrief.jobs.runs.demo import link_in
from lichtbrief.storage import LocalStore
from tests.road.roads import (
    READERS,
    SHOWN,
    Road,
    alts_of,
    fetch,
    groups_of,
    name_in,
    open_edition,
    open_letter,
    open_road,
    write_school,
)
from tests.road.test_empty_disk import wipe
from tests.school import WEEK, SmallSchool

FAMILIES = 40
EVERYBODY = READERS | {f"h{n}": ["groep-3", "school"] for n in range(FAMILIES)}
TWICE = "perhaps has the mail twice"  # said of whoever was being mailed when the machine died
KILLS = 5
ROUNDS = 4
CONNECTIONS = 2  # unless the settings say otherwise: as many mails are under way
DISKS = 3
TAKE_OVER = "--take-over"


def write_big_school(folder: Path) -> SmallSchool:
    """The small school with forty more readers, so that there is time to die while mailing."""
    school = write_school(folder)
    for number in range(FAMILIES):
        row = f"h{number},Ouder {number},h{number}@home.example,nl,weekly\n"
        school.add("school/guardians.csv", row)
        school.add("school/relations.csv", f"h{number},anna-b,no,yes,2020-01-01,\n")
    return school


def die(road: Road, after: float, *arguments: str) -> bool:
    """Start the job, kill it `after` seconds from its first write; False if it had ended.

    Before that it starts Python and reads: there is nothing yet that a kill could break.
    """
    job = start_writing(road, *arguments)
    time.sleep(after)
    was_alive = job.poll() is None
    job.kill()
    job.wait()
    with pytest.raises(ProcessLookupError):
        os.killpg(job.pid, 0)  # the job leads a group of its own, and nobody is left of it
    return was_alive


def start_writing(road: Road, *arguments: str) -> subprocess.Popen[bytes]:
    """The weekly job, at the moment of its first write into the output or the ledger."""
    before = last_writes(road)
    job = road.school.start("weekly", *arguments)
    while job.poll() is None and last_writes(road) == before:
        time.sleep(0.001)
    return job


def last_writes(road: Road) -> list[int]:
    """When each place that the job writes to was last written to."""
    places = (road.school.folder / name for name in ("output", ".lichtbrief"))
    return [place.stat().st_mtime_ns for place in places if place.exists()]


@pytest.fixture(scope="module")
def span(store_server: LocalStore, tmp_path_factory: pytest.TempPathFactory) -> float:
    """How many seconds a first run goes on after its first write."""
    folder = tmp_path_factory.mktemp("alive")
    with open_road(store_server, folder, write_big_school) as road:
        job = start_writing(road)
        began = time.monotonic()
        assert 0 == job.wait()
        return time.monotonic() - began


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_week_killed_again_and_again_ends_as_if_nothing_had_been(
    number: int, span: float, store_server: LocalStore, tmp_path: Path
) -> None:
    draw, killed = random.Random(number), 0
    instants = [span * (part + draw.random()) / KILLS for part in range(KILLS)]
    draw.shuffle(instants)
    for school in count():
        if not instants:
            break
        with open_road(store_server, tmp_path / f"school {school}", write_big_school) as road:
            kills = kill_until_it_ends_well(road, instants)
            assert_all_is_as_it_should_be(road, kills * CONNECTIONS)
        killed += kills
    assert KILLS == killed


def test_a_week_whose_machine_is_lost_with_its_disk_each_time_reaches_everybody(
    span: float, store_server: LocalStore, tmp_path: Path
) -> None:
    draw = random.Random(47)
    with open_road(store_server, tmp_path, write_big_school) as road:
        for part in range(DISKS):
            die(road, span * (part + draw.random()) / DISKS, TAKE_OVER)
            wipe(road)
        ended = road.weekly(TAKE_OVER)
        assert 0 == ended.returncode
        assert [] == [line for line in ended.stderr.splitlines() if not line.endswith(TWICE)]
        assert_all_is_as_it_should_be(road, DISKS * BATCH)


def kill_until_it_ends_well(road: Road, instants: list[float]) -> int:
    """Use up the instants until a run ends before its own; how often it was killed."""
    kills = 0
    while instants:
        after = instants.pop()
        if not die(road, after):
            instants.append(after / 2)  # there was less to do: sooner, and in another school
            break
        kills += 1
    ended = road.weekly()
    assert 0 == ended.returncode
    assert [] == [line for line in ended.stderr.splitlines() if not line.endswith(TWICE)]
    return kills


def assert_all_is_as_it_should_be(road: Road, twice: int) -> None:
    """Everybody has the right link, nobody is forgotten, and nothing lies about.

    `twice` is how many mails at most may have come once more.
    """
    mails = {
        guardian: [link_in(path) for path in found] for guardian, found in road.mails().items()
    }
    assert EVERYBODY.keys() == mails.keys()
    assert sum(map(len, mails.values())) <= len(EVERYBODY) + twice
    with Ledger(road.school.folder / ".lichtbrief/ledger.sqlite3") as ledger:
        counts, letters = ledger.counts(Week.parse(WEEK)), ledger.letters()
    assert {State.SENT: len(EVERYBODY)} == {state: n for state, n in counts.items() if n}
    assert {each.guardian: [each.name] for each in letters} == {
        guardian: sorted({name_in(link) for link in links}) for guardian, links in mails.items()
    }
    assert_every_link_opens(mails)
    editions = {entry.name for entry in read_manifest(road.school.folder / "output").editions}
    assert sorted(editions | {each.name for each in letters}) == road.versions()
    assert [] == road.done("--dry-run")["plan"]


def assert_every_link_opens(mails: Mapping[str, list[str]]) -> None:
    """Each link, of mails that came twice too, shows its guardian's groups with all photos."""
    entries: dict[str, dict[str, Any]] = {}
    for guardian, links in mails.items():
        for link in links:
            letter = open_letter(link)
            assert EVERYBODY[guardian] == groups_of(letter)
            entries |= {entry["url"]: entry for entry in letter.about["editions"]}
    for url, entry in entries.items():
        status, photos = fetch(url, Range=f"bytes={entry['start']}-")
        assert (206, SHOWN[entry["group"]]) == (status, alts_of(entry))
        assert fetch(url)[1].endswith(photos)
        assert 1 + 2 * len(SHOWN[entry["group"]]) == len(open_edition(entry).files)
