"""The school of the benchmarks: of the right size, without a mistake, the same each time."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from bench.album import drawn_photos
from bench.drawing import draw
from bench.school import School, Size, make_school
from lichtbrief.consent import Permit
from lichtbrief.jobs.decide.deciding import Decided, read_and_decide
from lichtbrief.settings import read_settings
from lichtbrief.site import load_site, post_reader

SMALL = (64, 48)


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A hundred files that differ; what is on the photos does not matter here."""
    folder = tmp_path_factory.mktemp("photos")
    paths = [folder / f"{number}.jpg" for number in range(100)]
    drawn = draw("sky", 1, SMALL)
    for number, path in enumerate(paths):
        path.write_bytes(drawn + bytes([number]))
    return paths


def decided_in(school: School) -> Decided:
    """What the weekly job would find in this school."""
    site = load_site(school.folder / "publishconf.py", {})
    return read_and_decide(read_settings(site), post_reader(site))


def digests(folder: Path) -> dict[str, str]:
    """Every file of a folder by its path in it."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_school_is_as_large_as_a_real_one(tmp_path: Path, photos: list[Path]) -> None:
    decided = decided_in(make_school(tmp_path, Size(), photos))
    roster = decided.roster
    assert (226, 10 + 1, 295) == (len(roster.pupils), len(roster.groups), len(roster.guardians))
    assert 226 == len(roster.at_school(date(2026, 11, 20)))
    assert () == decided.problems
    assert 3 * 10 + 1 == len(decided.posts)


def test_every_photo_is_shown_although_some_parents_say_no(
    tmp_path: Path, photos: list[Path]
) -> None:
    decided = decided_in(make_school(tmp_path, Size(), photos))
    assert 100 == sum(isinstance(decision, Permit) for decision in decided.decisions.values())
    assert {"yes", "no"} == {answer.decision for answer in decided.roster.answers}


def test_the_same_seed_makes_the_same_school(tmp_path: Path, photos: list[Path]) -> None:
    for name in ("one", "other"):
        make_school(tmp_path / name, Size(), photos)
    assert digests(tmp_path / "one") == digests(tmp_path / "other")


def test_a_changed_post_changes_one_edition(tmp_path: Path, photos: list[Path]) -> None:
    school = make_school(tmp_path, Size(), photos[:40])
    before = {post.id: (post.html, len(post.photos)) for post in decided_in(school).posts}
    school.edit(school.posts[0], "Nog even dit.")
    school.add(school.posts[4], photos[99])
    decided = decided_in(school)
    after = {post.id: (post.html, len(post.photos)) for post in decided.posts}
    assert {school.posts[0], school.posts[4]} == {id_ for id_ in after if after[id_] != before[id_]}
    assert before[school.posts[4]][1] + 1 == after[school.posts[4]][1]
    assert 41 == sum(isinstance(decision, Permit) for decision in decided.decisions.values())


def test_a_photo_is_drawn_once(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total))

    first = drawn_photos(tmp_path, 2, SMALL, tell)
    again = drawn_photos(tmp_path, 3, SMALL, tell)
    assert [(1, 2), (2, 2), (1, 1)] == told
    assert first == again[:2]
    assert 3 == len({path.read_bytes() for path in again})
