"""Films in a build: made once, kept while somebody may see them, told when they cannot be shown."""

import base64
from pathlib import Path

import pytest

from lichtbrief.consent import Deny, Reason
from lichtbrief.jobs.build.building import Build
from lichtbrief.jobs.look.checking import check_posts
from lichtbrief.jobs.office.audit import open_object
from lichtbrief.jobs.publish.opening import open_edition
from lichtbrief.media.films import render_film, studio
from tests.jobs.build.test_building import build_now, kept
from tests.jobs.given import RING, W47, decide_now
from tests.media.filming import evenly, film
from tests.school import SmallSchool, answer

POST = "groep-3/2026-11-18-lezen"
FILE = f"{POST}/molen.mp4"
TEXT = 'Kijk!\n\n![Een molen die draait](molen.mp4){: people="anna-b" }\n'
WITHDRAWN = "2026-11-20T14:00"


@pytest.fixture
def school(school: SmallSchool) -> SmallSchool:
    """The small school with a film of Anna, whose father said yes to films."""
    school.add("school/consents.csv", answer("anna-b", "g1", "yes", kind="video"))
    school.post(POST, "juf-sanne", TEXT)
    film(school.folder / "content/groups" / FILE, evenly(3))
    return school


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every film that is made, as it is made."""
    paths: list[Path] = []
    really = render_film

    def render(path: Path, *rest: object) -> object:
        paths.append(path)
        return really(path, *rest)  # type: ignore[arg-type] # whatever it is given

    monkeypatch.setattr(studio, "render_film", render)
    return paths


def counts(build: Build) -> dict[str, int]:
    entry = build.manifest.edition("groep-3", W47)
    assert entry is not None
    output = build.decided.settings.output
    index = open_edition(output, entry, RING).index
    found: dict[str, int] = index["counts"]
    return found


def test_a_film_is_made_once_and_counted_apart(school: SmallSchool, made: list[Path]) -> None:
    first, _ = build_now(school)
    assert (3, 1, ()) == (first.shown, first.films, first.unreadable)
    assert {"posts": 2, "photos": 2, "films": 1, "attachments": 0, "events": 0} == counts(first)
    school.post(POST, "juf-sanne", TEXT + "\nNog meer.\n")
    again, _ = build_now(school)
    assert (1, 1, 1) == (again.sealed_now, again.films, len(made))


def test_a_yes_for_photos_is_none_for_films(school: SmallSchool, made: list[Path]) -> None:
    school.post(POST, "juf-sanne", TEXT.replace("anna-b", "sem-k"))
    build, _ = build_now(school)
    assert (0, {"no-answer": 1}, []) == (build.films, build.left_out, made)
    assert {"posts": 2, "photos": 2, "films": 0, "attachments": 0, "events": 0} == counts(build)


def test_a_film_that_nobody_may_see_any_more_is_not_kept(school: SmallSchool) -> None:
    build_now(school)
    before = len(kept(school))
    line = answer("anna-b", "g1", "withdrawn", said=WITHDRAWN, kind="video")
    school.add("school/consents.csv", line)
    build, _ = build_now(school)
    assert (0, before - 1) == (build.films, len(kept(school)))
    assert Deny(Reason.refused, frozenset({"anna-b"})) == build.decided.decisions[POST, "molen.mp4"]


def test_a_film_that_cannot_be_read_is_left_out_and_told(school: SmallSchool) -> None:
    path = school.folder / "content/groups" / FILE
    path.write_bytes(path.read_bytes()[:900])
    build, _ = build_now(school)
    assert ((FILE, "is damaged or not a film"),) == build.unreadable
    assert (0, {"unreadable": 1}) == (build.films, build.left_out)
    assert {"posts": 2, "photos": 2, "films": 0, "attachments": 0, "events": 0} == counts(build)


def test_a_longer_film_is_shown_once_the_office_allows_it(school: SmallSchool) -> None:
    film(school.folder / "content/groups" / FILE, evenly(13))
    short, _ = build_now(school, LICHTBRIEF_FILM_BOUNDS={"seconds": 1})
    assert ((FILE, "lasts longer than 1 seconds"),) == short.unreadable
    long, _ = build_now(school)
    assert (1, ()) == (long.films, long.unreadable)


def test_who_stops_in_the_middle_of_a_film_leaves_nothing_half(
    school: SmallSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(studio, "render_film", stop)
    with pytest.raises(KeyboardInterrupt):
        build_now(school)
    assert not (school.folder / "output/manifest.json").exists()
    assert 2 == len(kept(school))


def test_an_audit_finds_the_film_and_its_captions(school: SmallSchool) -> None:
    words = "WEBVTT\n\n00:00.000 --> 00:01.000\nHij draait!\n"
    school.write(f"content/groups/{POST}/molen.vtt", words)
    build, _ = build_now(school)
    entry = build.manifest.edition("groep-3", W47)
    assert entry is not None
    opened = open_edition(build.decided.settings.output, entry, RING)
    data = (build.decided.settings.output / entry.name).read_bytes()
    key = base64.urlsafe_b64encode(opened.key.reveal()).decode()
    files = open_object(data, key).files
    assert {"film-2.mp4", "film-2.vtt", "photo-2-small.jpg"} <= files.keys()
    assert b"Hij draait!" in files["film-2.vtt"]
    assert 0.2 == opened.index["photos"][2]["film"]["seconds"]


def test_a_name_in_captions_keeps_the_post_back(school: SmallSchool) -> None:
    words = "WEBVTT\n\n00:00.000 --> 00:01.000\nAnna zegt:\nhij draait!\n"
    school.write(f"content/groups/{POST}/molen.vtt", words)
    (held,) = decide_now(school).held
    (problem,) = held.problems
    assert (f"content/groups/{POST}/molen.vtt", 4) == (problem.file, problem.line)
    assert "names anna-b beside a photo, where nobody is named" == problem.what


def test_what_the_check_says_of_a_film(school: SmallSchool) -> None:
    school.post(POST, "juf-sanne", TEXT.replace("anna-b", "anna-b sem-k"))
    (report,) = (one for one in check_posts(decide_now(school)) if one.id == POST)
    (left_out,) = report.left_out
    assert ("molen.mp4", "there is no permission to show sem-k here") == (
        left_out.file, left_out.what,
    )  # fmt: skip


def test_the_check_makes_the_film_so_that_it_knows_and_nobody_has_to_again(
    school: SmallSchool, made: list[Path]
) -> None:
    looked = school.run("check", "--all")
    assert f"{POST}: 1 film\n" in looked.stdout
    assert "4 photos and films shown, 0 left out." in looked.stdout
    build_now(school)
    assert [] == made


def test_the_check_tells_why_a_film_cannot_be_shown(school: SmallSchool) -> None:
    path = school.folder / "content/groups" / FILE
    path.write_bytes(path.read_bytes()[:900])
    looked = school.run("check", "--all").stdout
    assert f"{POST}: 0 of 1 (1 film)\n" in looked
    assert "molen.mp4 is not shown: it is damaged or not a film." in looked
