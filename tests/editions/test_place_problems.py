"""Folders in which no post can be, and files that are not where they seem to be."""

from pathlib import Path

import pytest

from tests.editions.school import BOS, FOLDER, HEADER, Desk, only


@pytest.mark.parametrize(
    "name",
    ["bos", "2026-11-17", "2026-11-17-", "2026-13-01-bos", "2026-11-17-Bos", "17-11-2026-bos"],
)  # fmt: skip
def test_a_folder_that_is_not_named_after_its_day(desk: Desk, name: str) -> None:
    desk.write("Hallo", place=f"groep-3/{name}")
    problem = only(desk)
    expected = (f"content/groups/groep-3/{name}", "is not a post's folder")
    assert expected == (problem.file, problem.what)


def test_a_folder_of_no_group(desk: Desk) -> None:
    desk.write("Hallo", place="groep-9/2026-11-17-bos")
    assert ("content/groups/groep-9", "is the folder of no group") == (
        only(desk).file, only(desk).what,
    )  # fmt: skip


def test_a_folder_without_a_post(desk: Desk) -> None:
    desk.photo("bos-1.jpg")
    assert (FOLDER, "has no post.md") == (only(desk).file, only(desk).what)


def test_a_folder_that_is_a_link_to_elsewhere(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (desk.groups / "groep-3").mkdir()
    (desk.groups / BOS).symlink_to(tmp_path / "elsewhere")
    assert (FOLDER, "is a link to a folder elsewhere") == (only(desk).file, only(desk).what)


def test_a_post_that_is_a_link_to_elsewhere(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(HEADER + "\nGeheim")
    (desk.groups / BOS).mkdir(parents=True)
    (desk.groups / BOS / "post.md").symlink_to(tmp_path / "secret.md")
    assert "is a link to a file elsewhere" == only(desk).what


def test_a_table_that_is_a_link_to_elsewhere(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "photos.csv").write_text("file\n")
    (desk.write("Hallo") / "photos.csv").symlink_to(tmp_path / "photos.csv")
    assert (f"{FOLDER}/photos.csv", "is a link to elsewhere") == (only(desk).file, only(desk).what)


@pytest.mark.parametrize("place", ["", "groep-3", "groep-3/2026-11-17-bos/klein", "overig"])
@pytest.mark.parametrize("name", ["IMG_1.JPG", "IMG_1.heic", "film.MOV"])
def test_an_original_outside_any_post(desk: Desk, place: str, name: str) -> None:
    desk.write("Hallo")
    (desk.groups / place).mkdir(parents=True, exist_ok=True)
    (desk.groups / place / name).write_bytes(b"x")
    strays = [problem for problem in desk.read()[1] if "outside any post" in problem.what]
    expected = (Path("content/groups") / place / name).as_posix()
    assert [expected] == [problem.file for problem in strays]
