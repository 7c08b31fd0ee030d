"""A film in a post: written like a photo, asked about as a film, sealed behind its still."""

import json
from pathlib import Path

import pytest

from lichtbrief.editions import assemble
from lichtbrief.errors import Problem
from lichtbrief.media import Film, Recipe, Rendition, Renditions, digest
from lichtbrief.media.films import rendering
from lichtbrief.roster import Kind
from tests.editions.school import FOLDER, POST, Desk, only, page, plan

TEXT = 'Kijk!\n\n![Een molen](molen.mp4 "In de tuin"){: people="anna-b" }\n\nLeuk.'
CAPTIONS = "WEBVTT\n\nNOTE door Piet\n\n00:01.000 --> 00:02.000\nHij draait!\n"
SAID = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nHij draait!\n"


@pytest.fixture
def folder(desk: Desk) -> Path:
    """A post with a film; nobody has looked into it yet."""
    written = desk.write(TEXT)
    (written / "molen.mp4").write_bytes(b"a film")
    return written


def made(path: Path) -> Film:
    """What a film may have become."""
    small, large = (
        Rendition(4, 3, "image/jpeg", b"small"),
        Rendition(8, 6, "image/avif", b"large"),
    )
    original = digest(path)
    return Film(Renditions(small, large, "#aabbcc", original), b"a film", 8, 6, 12.3, original)


def segments(desk: Desk, folder: Path) -> list[bytes]:
    film = made(folder / "molen.mp4")
    return assemble(plan(desk), page(plan(desk)), {film.original: film}, str)


def test_a_film_asks_another_question_than_a_photo(desk: Desk, folder: Path) -> None:
    desk.photo("boom.jpg")
    desk.write(TEXT + '\n\n![Een boom](boom.jpg){: people="anna-b" }')
    assert [("molen.mp4", Kind.video), ("boom.jpg", Kind.photo)] == [
        (photo.file, photo.kind) for photo in desk.post().photos
    ]


def test_a_film_is_sealed_behind_its_still_with_what_is_said_in_it(
    desk: Desk, folder: Path
) -> None:
    (folder / "molen.vtt").write_text(CAPTIONS)
    index, _, *rest = segments(desk, folder)
    value = json.loads(index)
    assert [b"small", b"large", b"a film", SAID.encode()] == rest
    assert {"segment": 4, "seconds": 12.3, "captions": 5} == value["photos"][0]["film"]
    assert {"posts": 1, "photos": 0, "films": 1, "attachments": 0, "events": 0} == value["counts"]


def test_without_captions_there_are_none(desk: Desk, folder: Path) -> None:
    index = json.loads(segments(desk, folder)[0])
    assert {"segment": 4, "seconds": 12.3} == index["photos"][0]["film"]


def test_other_captions_are_another_edition(desk: Desk, folder: Path) -> None:
    before = plan(desk).identity("theme", Recipe.avif)
    (folder / "molen.vtt").write_text(CAPTIONS)
    assert before != plan(desk).identity("theme", Recipe.avif)


def test_a_new_way_to_make_films_is_another_edition_where_there_is_one(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, without = plan(desk), plan(desk, "molen.mp4")
    before = [edition.identity("theme", Recipe.avif) for edition in (shown, without)]
    monkeypatch.setattr("lichtbrief.media.film.RECIPE", "film 2")
    after = [edition.identity("theme", Recipe.avif) for edition in (shown, without)]
    assert (True, True) == (before[0] != after[0], before[1] == after[1])


def test_a_denied_film_leaves_no_trace(desk: Desk, folder: Path) -> None:
    (folder / "molen.vtt").write_text(CAPTIONS)
    denied = plan(desk, "molen.mp4")
    without = assemble(denied, page(denied), {}, str)
    for path in folder.iterdir():
        path.unlink()
    desk.write("Kijk!\n\nLeuk.")
    assert without == assemble(plan(desk), page(plan(desk)), {}, str)


def test_a_film_may_stand_in_an_album(desk: Desk, folder: Path) -> None:
    desk.write("Kijk!")
    (folder / "photos.csv").write_text(
        "file,people,attested_by,sha256,cover,alt\nmolen.mp4,anna-b,,,,Een molen\n"
    )
    (photo,) = desk.post().photos
    assert (Kind.video, True) == (photo.kind, photo.album)


def test_without_the_extra_it_is_an_error_that_names_it(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "find_spec", lambda _: None)
    problem = only(desk)
    assert (POST, 7, "molen.mp4") == (problem.file, problem.line, problem.value)
    assert "[video]" in problem.what
    assert "lichtbrief[video]" in problem.todo


@pytest.mark.parametrize(
    ("captions", "line"), [("Hij draait!", 1), ("WEBVTT\n\n1\n0:1 --> 0:2\nHij draait!", 4)]
)
def test_captions_that_cannot_be_read_are_told_with_their_line(
    desk: Desk, folder: Path, captions: str, line: int
) -> None:
    (folder / "molen.vtt").write_text(captions)
    problem = only(desk)
    assert (f"{FOLDER}/molen.vtt", line) == (problem.file, problem.line)


def test_captions_that_are_a_link_to_elsewhere(desk: Desk, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elders.vtt").write_text(CAPTIONS)
    (folder / "molen.vtt").symlink_to(tmp_path / "elders.vtt")
    assert Problem is type(only(desk))
    assert "is a link to elsewhere" == only(desk).what


def test_nobody_can_be_covered_in_a_film(desk: Desk, folder: Path) -> None:
    cover = "anna-b=0.4/0.2/0.1/0.2"
    desk.write(f'![Een molen](molen.mp4){{: people="anna-b" cover="{cover}" }}')
    assert "is a film, in which nobody can be covered" == only(desk).what
