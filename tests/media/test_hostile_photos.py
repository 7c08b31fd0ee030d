"""Files that are not surely one whole photo are refused in words, and never stop the program."""

import contextlib
import io
import os
import random
import re
import warnings
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from lichtbrief.media import UnreadablePhoto, render_photo
from tests.media.corpus import FORMATS, MAGIC, png
from tests.media.drawing import four_corners, save


def reason(path: Path) -> str:
    with pytest.raises(UnreadablePhoto) as caught:
        render_photo(path)
    assert caught.value.hint
    return caught.value.reason


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_an_empty_file(tmp_path: Path) -> None:
    assert "is empty" == reason(written(tmp_path / "a.jpg", b""))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "cannot be opened" == reason(tmp_path / "a.jpg")


def test_a_folder_with_the_name_of_a_photo(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").mkdir()
    assert "is not a file" == reason(tmp_path / "a.jpg")


def test_a_pipe_that_would_keep_us_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jpg")
    assert "is not a file" == reason(tmp_path / "a.jpg")


@pytest.mark.parametrize("name", ["a.dng", "a.bmp", "a.svg", "a.mp4", "a", ".jpg"])
def test_another_kind_of_file(tmp_path: Path, name: str) -> None:
    data = io.BytesIO()
    four_corners().save(data, "JPEG")
    photo = written(tmp_path / name, data.getvalue())
    assert "is of a kind that cannot be shown" == reason(photo)


@pytest.mark.parametrize(("name", "kind"), [("a.jpg", "PNG"), ("a.png", "JPEG"), ("a.webp", "PNG")])
def test_a_photo_under_the_wrong_suffix(tmp_path: Path, name: str, kind: str) -> None:
    four_corners().save(tmp_path / name, kind)
    assert f"holds {kind} under another suffix" == reason(tmp_path / name)


@pytest.mark.parametrize("kind", ["BMP", "PDF", "EPS", "ICO", "PPM", "TGA"])
def test_a_format_nobody_asked_for_is_not_even_tried(tmp_path: Path, kind: str) -> None:
    four_corners((64, 64)).save(tmp_path / "a.jpg", kind)
    assert "is damaged or not a photo" == reason(tmp_path / "a.jpg")


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
@pytest.mark.parametrize("part", [0.02, 0.3, 0.9, 0.99])
def test_half_a_photo_is_no_photo(tmp_path: Path, name: str, part: float) -> None:
    noise = Image.effect_noise((900, 700), 90)
    photo = save(tmp_path / name, noise.convert("RGB"))
    data = photo.read_bytes()
    photo.write_bytes(data[: int(len(data) * part)])
    assert "is damaged or not a photo" == reason(photo)


def test_another_library_cannot_make_us_accept_half_a_photo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = save(tmp_path / "a.png", four_corners((400, 300)))
    photo.write_bytes(photo.read_bytes()[:-200])
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint does
    assert "is damaged or not a photo" == reason(photo)


@pytest.mark.filterwarnings("ignore")  # Pillow's own remarks on broken files
@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("seed", range(12))
def test_rubbish_behind_the_mark_of_a_photo(tmp_path: Path, kind: str, seed: int) -> None:
    rubbish = MAGIC[kind] + random.Random(seed).randbytes(4000)
    assert reason(written(tmp_path / f"a.{kind}", rubbish))


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
@pytest.mark.parametrize("seed", range(20))
def test_a_photo_with_flipped_bytes_is_shown_or_refused(
    tmp_path: Path, name: str, seed: int
) -> None:
    photo = save(tmp_path / name, four_corners((200, 200)))
    data = bytearray(photo.read_bytes())
    dice = random.Random(seed)
    for _ in range(20):
        data[dice.randrange(len(data))] = dice.randrange(256)
    photo.write_bytes(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's own remarks on broken files
        with contextlib.suppress(UnreadablePhoto):
            render_photo(photo)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("size", [(11000, 11000), (40000, 40000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_before_its_pixels_are_made(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    too_large = r"has more than 220 million pixels|takes more than 1000 MB of memory to read"
    assert re.fullmatch(too_large, reason(written(tmp_path / "a.png", png(*size))))


def test_a_file_of_more_than_a_hundred_megabytes(tmp_path: Path) -> None:
    photo = save(tmp_path / "a.jpg")
    with photo.open("r+b") as file:
        file.truncate(100_000_001)
    assert "is larger than 100 MB" == reason(photo)


def test_a_link_that_leaves_the_folder(tmp_path: Path) -> None:
    elsewhere, folder = tmp_path / "elsewhere", tmp_path / "post"
    elsewhere.mkdir()
    folder.mkdir()
    photo = save(elsewhere / "a.jpg")
    (folder / "a.jpg").symlink_to(photo)
    assert "is a link to a file elsewhere" == reason(folder / "a.jpg")


def test_greys_without_a_white_would_come_out_wrong(tmp_path: Path) -> None:
    photo = save(tmp_path / "a.tif", Image.new("F", (20, 20)))
    assert "has colours of an unusual kind" == reason(photo)
