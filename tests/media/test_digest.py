"""The digest of a file is that of its bytes, also right after it was edited."""

import hashlib
import os
from pathlib import Path

import pytest

from lichtbrief.media import digest, is_film_name, is_original_name, is_photo_name


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_it_is_sha256_of_the_bytes(tmp_path: Path) -> None:
    photo = tmp_path / "bos.jpg"
    photo.write_bytes(b"een" * 700_000)
    assert sha256(b"een" * 700_000) == digest(photo)


def test_an_edited_photo_has_another_digest(tmp_path: Path) -> None:
    photo = tmp_path / "bos.jpg"
    photo.write_bytes(b"een")
    digest(photo)
    photo.write_bytes(b"twee")
    assert sha256(b"twee") == digest(photo)


def test_an_edit_that_hides_behind_the_old_time_is_seen(tmp_path: Path) -> None:
    photo = tmp_path / "bos.jpg"
    photo.write_bytes(b"een")
    digest(photo)
    before = photo.stat()
    photo.write_bytes(b"nee")
    os.utime(photo, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert sha256(b"nee") == digest(photo)


def test_a_photo_put_in_anothers_place_is_seen(tmp_path: Path) -> None:
    photo, other = tmp_path / "bos.jpg", tmp_path / "other.jpg"
    photo.write_bytes(b"een")
    other.write_bytes(b"nee")
    digest(photo)
    other.replace(photo)
    assert sha256(b"nee") == digest(photo)


def test_a_file_that_is_gone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        digest(tmp_path / "bos.jpg")


@pytest.mark.parametrize(
    "name", ["a.jpg", "IMG_1.HEIC", "a.JPEG", "a.b.png", "a.webp", "a.tif", "a.gif"]
)
def test_names_of_photos(name: str) -> None:
    assert (True, False, True) == (is_photo_name(name), is_film_name(name), is_original_name(name))


@pytest.mark.parametrize("name", ["a.mp4", "a.MOV", "a.webm"])
def test_names_of_films(name: str) -> None:
    assert (False, True, True) == (is_photo_name(name), is_film_name(name), is_original_name(name))


@pytest.mark.parametrize("name", ["a.dng", "a.jxl", "a.CR2"])
def test_names_of_originals_that_cannot_be_shown(name: str) -> None:
    assert (False, False, True) == (is_photo_name(name), is_film_name(name), is_original_name(name))


@pytest.mark.parametrize("name", ["post.md", "photos.csv", "jpg", "a.jpg.txt", ""])
def test_names_of_other_files(name: str) -> None:
    assert not is_original_name(name)
