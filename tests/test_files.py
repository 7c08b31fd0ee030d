"""A file is the old one or the new one, whatever happens, and is never open to others."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lichtbrief.files import STALE_SECONDS, write_whole


def test_a_file_is_written_into_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b" / "letter", b"hello")
    assert b"hello" == (tmp_path / "a" / "b" / "letter").read_bytes()


@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_a_file_has_its_mode_whatever_was_there_before(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "keys"
    path.write_bytes(b"old")
    path.chmod(0o666)
    write_whole(path, b"new", mode)
    assert (b"new", mode) == (path.read_bytes(), path.stat().st_mode & 0o777)


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ledger"
    write_whole(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new")
    assert ([path], b"old") == (list(tmp_path.iterdir()), path.read_bytes())


def test_what_a_kill_left_behind_is_removed_the_day_after(tmp_path: Path) -> None:
    path = tmp_path / "keys[1].json"
    stale, fresh = tmp_path / ".part-keys[1].json-old", tmp_path / ".part-keys[1].json-new"
    other = tmp_path / ".part-ledger-old"
    long_ago = time.time() - STALE_SECONDS - 60
    for part in (stale, fresh, other):
        part.write_bytes(b"half")
    for part in (stale, other):
        os.utime(part, (long_ago, long_ago))
    write_whole(path, b"whole")
    assert {path, fresh, other} == set(tmp_path.iterdir())


def test_many_writers_of_one_file_leave_one_of_their_texts(tmp_path: Path) -> None:
    path = tmp_path / "manifest"
    texts = [bytes([number]) * 10_000 for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda text: write_whole(path, text), texts))
    assert path.read_bytes() in texts
    assert [path] == list(tmp_path.iterdir())
