"""Editions of earlier builds: used when exactly these were made, and as good as none when not."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.jobs.ground.cache import EDITION, NOTES, EditionCache, Notes, prune
from lichtbrief.sealing import Secret

SECRET = Secret(bytes(range(32)))
DATA = b"a sealed edition of the last build"
PRINT = "ab" * 32


def notes_on(data: bytes) -> Notes:
    """Notes on a sealed edition."""
    return Notes("editions/2026/" + "a" * 26, hashlib.sha256(data).hexdigest())


@pytest.fixture
def cache(tmp_path: Path) -> EditionCache:
    """A cache with one edition."""
    cache = EditionCache(tmp_path / "cache", SECRET)
    cache.put(PRINT, notes_on(DATA), DATA)
    return cache


def test_what_was_kept_comes_back(cache: EditionCache) -> None:
    assert (notes_on(DATA), DATA) == cache.get(PRINT)


def test_what_was_never_kept_is_not_there(cache: EditionCache) -> None:
    assert cache.get("cd" * 32) is None


def test_with_another_years_key_there_is_nothing(cache: EditionCache) -> None:
    assert EditionCache(cache.folder, Secret(bytes(32))).get(PRINT) is None


def test_notes_of_another_edition_are_not_taken(cache: EditionCache) -> None:
    other = "cd" * 32
    cache.put(other, notes_on(b"other"), b"other")
    (cache.folder / f"{PRINT}{NOTES}").write_bytes((cache.folder / f"{other}{NOTES}").read_bytes())
    assert cache.get(PRINT) is None


def test_a_kill_between_the_two_files_leaves_no_entry_and_the_next_build_makes_it(
    cache: EditionCache,
) -> None:
    (cache.folder / f"{PRINT}{NOTES}").unlink()
    assert cache.get(PRINT) is None
    cache.put(PRINT, notes_on(DATA), DATA)
    assert (notes_on(DATA), DATA) == cache.get(PRINT)


def test_a_kill_that_left_the_new_edition_with_the_old_notes_leaves_no_entry(
    cache: EditionCache,
) -> None:
    (cache.folder / f"{PRINT}{EDITION}").write_bytes(b"another one")
    assert cache.get(PRINT) is None


@pytest.mark.parametrize("ending", [EDITION, NOTES])
@given(data=st.data())
def test_a_damaged_entry_is_as_good_as_none(
    tmp_path_factory: pytest.TempPathFactory, ending: str, data: st.DataObject
) -> None:
    cache = EditionCache(tmp_path_factory.mktemp("cache"), SECRET)
    cache.put(PRINT, notes_on(DATA), DATA)
    path = cache.folder / f"{PRINT}{ending}"
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    flipped = bytes([whole[place] ^ data.draw(st.integers(1, 255))])
    cut = data.draw(st.booleans())
    path.write_bytes(whole[:place] if cut else whole[:place] + flipped + whole[place + 1 :])
    assert cache.get(PRINT) is None


def test_a_folder_in_the_place_of_an_entry_is_as_good_as_none(cache: EditionCache) -> None:
    path = cache.folder / f"{PRINT}{EDITION}"
    path.unlink()
    path.mkdir()
    assert cache.get(PRINT) is None


def test_at_rest_the_notes_tell_nothing(cache: EditionCache) -> None:
    at_rest = (cache.folder / f"{PRINT}{NOTES}").read_bytes()
    assert b"cut off" not in at_rest
    assert b"editions/" not in at_rest


def test_what_no_build_needs_any_more_is_removed_and_nothing_else(cache: EditionCache) -> None:
    gone = "cd" * 32
    cache.put(gone, notes_on(b"old"), b"old")
    (cache.folder / f".part-{gone}{EDITION}-k1ll_ed0").write_bytes(b"half of the o")
    stranger = cache.folder / "readme.txt"
    stranger.write_bytes(b"not ours")
    prune(cache.folder, {PRINT})
    assert {stranger.name, f"{PRINT}{EDITION}", f"{PRINT}{NOTES}"} == {
        path.name for path in cache.folder.iterdir()
    }
    assert cache.get(gone) is None


def test_there_is_nothing_to_remove_before_the_first_build(tmp_path: Path) -> None:
    prune(tmp_path / "cache", set())
    assert not (tmp_path / "cache").exists()
