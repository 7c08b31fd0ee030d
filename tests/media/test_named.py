"""What photos say is read once, and kept where nobody can read it."""

import hashlib
from pathlib import Path

import pytest

from lichtbrief.jobs.ground.keys import MachineKey
from lichtbrief.media import Box, InFile, NamesInFiles, Noted
from lichtbrief.media import named as module
from lichtbrief.sealing import Secret
from tests.media.noting import named_photo, names, noting

VAULT = MachineKey(Secret(bytes(range(32))))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return named_photo(tmp_path / "bos.jpg", noting("Picasa", "Tess Vink"))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def no_reading(_: Path, __: str) -> InFile:
    raise AssertionError("the photo was opened again")


def test_a_photo_is_opened_once_also_by_the_next_run(
    tmp_path: Path, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = NamesInFiles(tmp_path / "names", VAULT)
    said = first.of(photo, digest(photo))
    assert ["Tess Vink"] == names(said)
    first.keep()
    assert b"Tess" not in (tmp_path / "names").read_bytes()
    monkeypatch.setattr(module, "read_in_file", no_reading)
    assert said == first.of(photo, digest(photo))
    assert said == NamesInFiles(tmp_path / "names", VAULT).of(photo, digest(photo))


def test_nothing_is_written_when_nothing_was_learnt(tmp_path: Path, photo: Path) -> None:
    known = NamesInFiles(tmp_path / "names", VAULT)
    known.of(photo, digest(photo))
    known.keep()
    before = (tmp_path / "names").stat().st_mtime_ns
    again = NamesInFiles(tmp_path / "names", VAULT)
    again.of(photo, digest(photo))
    again.keep()
    assert before == (tmp_path / "names").stat().st_mtime_ns


def test_what_cannot_be_read_is_looked_at_again(tmp_path: Path, photo: Path) -> None:
    known = NamesInFiles(tmp_path / "names", VAULT)
    assert not known.of(photo, "0" * 64).readable
    known.keep()
    assert not (tmp_path / "names").exists()
    assert known.of(photo, digest(photo)).readable


@pytest.mark.parametrize("data", [b"", b"junk", None])
def test_a_damaged_or_foreign_file_is_as_good_as_none(
    tmp_path: Path, photo: Path, data: bytes | None
) -> None:
    other = NamesInFiles(tmp_path / "names", MachineKey(Secret(bytes(32))))
    other.of(photo, digest(photo))
    other.keep()
    if data is not None:
        (tmp_path / "names").write_bytes(data)
    assert ["Tess Vink"] == names(NamesInFiles(tmp_path / "names", VAULT).of(photo, digest(photo)))


def test_places_are_kept_too(tmp_path: Path, photo: Path) -> None:
    known = NamesInFiles(tmp_path / "names", VAULT)
    (noted,) = known.of(photo, digest(photo)).noted
    assert isinstance(noted, Noted)
    assert isinstance(noted.box, Box)
