"""The machine dies in the middle of a withdrawal, again and again, and is started again."""

import math
import random
import time
from dataclasses import dataclass, field
from pathlib import Path

from lichtbrief.storage import LocalStore
from tests.road.roads import (
    Road,
    alts_of,
    edition_of,
    fetch,
    groups_of,
    open_edition,
    open_letter,
    open_road,
)
from tests.road.roads import write_school as write_usual_school
from tests.school import SmallSchool, photo

KILLS = 20
PORTRAITS = "groep-3/2026-11-16-portret"
CHILDREN = ("anna-b", "sem-k", "tess-v", "bram-b")
PARENTS = {"anna-b": "g1", "sem-k": "g2", "tess-v": "g5", "bram-b": "g1", "noor-d": "g4"}


def write_school(folder: Path) -> SmallSchool:
    """The usual school, with a portrait of each of four children."""
    school = write_usual_school(folder)
    lines = []
    for number, pupil in enumerate(CHILDREN):
        lines.append(f'![{portrait_of(pupil)}]({number}.jpg){{: people="{pupil}" }}\n')
        school.write(f"content/groups/{PORTRAITS}/{number}.jpg", photo(30 + number))
    school.post(PORTRAITS, "juf-sanne", "Kijk!\n\n" + "\n".join(lines))
    return school


def portrait_of(pupil: str) -> str:
    return f"Portret nummer {CHILDREN.index(pupil)}"


def withdraw(pupil: str) -> tuple[str, ...]:
    return ("withdraw", pupil, "--guardian", PARENTS[pupil], "--by", "directeur-els")


@dataclass
class Seen:
    """Every edition that a mailed link ever led to: what it showed, by its signed address."""

    editions: dict[str, list[str]] = field(default_factory=dict)

    def open(self, link: str) -> list[str]:
        """Open a letter and every edition in it, all of which must be whole; what groep-3 shows."""
        letter = open_letter(link)
        assert groups_of(letter)
        for entry in letter.about["editions"]:
            self.editions[entry["url"]] = alts_of(entry)
            assert 1 + 2 * len(alts_of(entry)) == len(open_edition(entry).files)
        return alts_of(edition_of(letter, "groep-3"))

    def showing(self, portrait: str) -> list[str]:
        """The addresses under which this could be seen once."""
        return [url for url, alts in self.editions.items() if portrait in alts]


def test_a_withdrawal_killed_at_twenty_instants_is_carried_out_and_breaks_no_letter(
    store_server: LocalStore, tmp_path: Path
) -> None:
    draw, seen = random.Random(7), Seen()
    with open_road(store_server, tmp_path, write_school) as road:
        road.done()
        span = kill_within(road, withdraw("noor-d"), math.inf)  # which is to say, not at all
        links = [road.link(guardian) for guardian in ("g1", "g2")]
        for pupil in CHILDREN:
            portrait = portrait_of(pupil)
            assert portrait in seen.open(links[0])
            for _ in range(KILLS // len(CHILDREN)):
                kill_within(road, withdraw(pupil), span * draw.random())
                for link in links:
                    seen.open(link)
            assert 0 == road.school.run(*withdraw(pupil)).returncode
            assert [] == [link for link in links if portrait in seen.open(link)]
            assert {403, 404} >= {fetch(url)[0] for url in seen.showing(portrait)}
        assert 0 == road.school.run("log", "verify", "--store").returncode
        assert [] == road.done("--dry-run")["plan"]
        assert sorted(road.objects()) == road.versions()


def kill_within(road: Road, arguments: tuple[str, ...], after: float) -> float:
    """Start a command, and kill it `after` seconds from its first write; how long it lived."""
    before = last_writes(road)
    job = road.school.start(*arguments)
    while job.poll() is None and before == last_writes(road):
        time.sleep(0.002)
    began = time.monotonic()
    while job.poll() is None and time.monotonic() < began + after:
        time.sleep(0.002)
    lived = time.monotonic() - began
    job.kill()
    job.wait()
    return lived


def last_writes(road: Road) -> list[int]:
    """When each place that such a command writes to was last written to."""
    state = road.school.folder / ".lichtbrief"
    consents = road.school.folder / "school/consents.csv"
    return [path.stat().st_mtime_ns for path in (state, state / "log/log.jsonl", consents)]
