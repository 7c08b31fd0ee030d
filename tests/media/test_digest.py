"""The digest of a file is that of its bytes, also right after it was edited."""

import hashlib
import json
import os
import stat
import time
from importlib import import_module
from pathlib import Path

import pytest

from lichtbrief.jobs.ground.keys import MachineKey
from lichtbrief.media import Digests, digest, is_film_name, is_original_name, is_photo_name
from lichtbrief.sealing import Secret

KEY = MachineKey(Secret(bytes(range(32))))


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


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo of the forest."""
    path = tmp_path / "bos.jpg"
    path.write_bytes(b"een")
    return path


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """An hour has gone by since the files were written."""
    an_hour = time.time_ns() + 3_600_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: an_hour)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that are really read."""
    seen: list[Path] = []

    def read(path: Path, *_: int) -> str:
        seen.append(path)
        return sha256(path.read_bytes())

    monkeypatch.setattr(import_module("lichtbrief.media.digest"), "_digest", read)
    return seen


@pytest.mark.usefixtures("later")
def test_the_next_run_does_not_read_an_unchanged_photo(photo: Path, reads: list[Path]) -> None:
    first = Digests(photo.parent / "kept", KEY)
    assert sha256(b"een") == first.of(photo)
    first.keep()
    assert sha256(b"een") == Digests(photo.parent / "kept", KEY).of(photo)
    assert [photo] == reads


@pytest.mark.usefixtures("later")
def test_the_next_run_sees_that_a_photo_was_edited_behind_its_old_time(photo: Path) -> None:
    digests = Digests(photo.parent / "kept", KEY)
    digests.of(photo)
    digests.keep()
    before = photo.stat()
    photo.write_bytes(b"nee")
    os.utime(photo, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert sha256(b"nee") == Digests(photo.parent / "kept", KEY).of(photo)


def test_a_photo_of_this_very_moment_is_read_again(photo: Path, reads: list[Path]) -> None:
    digests = Digests(photo.parent / "kept", KEY)
    digests.of(photo)
    digests.keep()
    Digests(photo.parent / "kept", KEY).of(photo)
    assert [photo, photo] == reads


@pytest.mark.usefixtures("later")
def test_what_is_kept_says_nothing_and_damage_only_costs_time(photo: Path) -> None:
    kept = photo.parent / "kept"
    digests = Digests(kept, KEY)
    digests.of(photo)
    digests.keep()
    assert b"bos" not in kept.read_bytes()
    assert 0o600 == stat.S_IMODE(kept.stat().st_mode)
    for damaged in (b"", kept.read_bytes()[:-1], b"{}", bytes(200)):
        kept.write_bytes(damaged)
        assert sha256(b"een") == Digests(kept, KEY).of(photo)
    other = Digests(kept, MachineKey(Secret(bytes(32))))
    assert sha256(b"een") == other.of(photo)


@pytest.mark.usefixtures("later")
def test_photos_that_are_gone_are_not_kept(photo: Path) -> None:
    other = photo.with_name("duin.jpg")
    other.write_bytes(b"duin")
    digests = Digests(photo.parent / "kept", KEY)
    digests.of(other)
    digests.of(photo)
    other.unlink()
    digests.keep()
    kept = KEY.open(KEY.name("digests"), (photo.parent / "kept").read_bytes())
    assert [str(photo)] == list(json.loads(kept))


@pytest.mark.usefixtures("later")
def test_what_was_forgotten_is_read_again(photo: Path, reads: list[Path]) -> None:
    digests = Digests(photo.parent / "kept", KEY)
    digests.of(photo)
    digests.keep()
    digests.forget()
    digests.of(photo)
    Digests(photo.parent / "kept", KEY).of(photo)
    assert [photo] * 3 == reads
