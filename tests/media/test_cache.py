"""No photo is drawn twice, and what is kept of it says nothing to whoever looks."""

import os
import stat
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.consent import Region
from lichtbrief.jobs.ground.keys import MachineKey
from lichtbrief.media import (
    Original,
    Recipe,
    Rendition,
    RenditionCache,
    Renditions,
    UnreadablePhoto,
    cache,
    digest,
)
from lichtbrief.media.cache import KEPT_SECONDS, SUFFIX
from lichtbrief.sealing import Secret
from tests.media.drawing import four_corners, save
from tests.media.hands import Counted

KEY = MachineKey(Secret(bytes(range(32))))
SMALL = Rendition(4, 3, "image/jpeg", b"a small one")
LARGE = Rendition(8, 6, "image/avif", b"a large one")
MADE = Renditions(SMALL, LARGE, "#aabbcc", original="ab" * 32)


@pytest.fixture
def hands() -> Iterator[Counted]:
    with Counted(2) as executor:
        yield executor


@pytest.fixture
def kept(tmp_path: Path) -> RenditionCache:
    """A cache in which nothing is."""
    return RenditionCache(tmp_path / "cache", KEY, Recipe.avif)


@pytest.fixture
def photos(tmp_path: Path) -> dict[str, Original]:
    """Five photos by their digests."""
    drawn = [four_corners((100 + wide, 80)) for wide in range(5)]
    paths = [save(tmp_path / f"{image.width}.jpg", image) for image in drawn]
    return {digest(path): Original(path) for path in paths}


def entry_of(kept: RenditionCache) -> Path:
    """The one entry that is there."""
    (path,) = kept.folder.iterdir()
    return path


def nothing() -> None:
    """Nobody watches."""


def test_a_photo_is_drawn_once(
    kept: RenditionCache, photos: dict[str, Original], hands: Counted
) -> None:
    first = kept.render(photos, hands, nothing)
    assert 5 == hands.given == len(first)
    assert first == kept.render(photos, hands, nothing)
    assert 5 == hands.given


def test_one_more_photo_draws_one_photo_and_all_are_counted(
    kept: RenditionCache, photos: dict[str, Original], hands: Counted
) -> None:
    kept.render(dict(list(photos.items())[1:]), hands, nothing)
    done: list[None] = []
    assert photos.keys() == kept.render(photos, hands, lambda: done.append(None)).keys()
    assert (5, 5) == (hands.given, len(done))


def test_another_recipe_is_another_drawing(
    kept: RenditionCache, photos: dict[str, Original], hands: Counted
) -> None:
    kept.render(photos, hands, nothing)
    replace(kept, recipe=Recipe.jpeg).render(photos, hands, nothing)
    assert 10 == hands.given


def test_a_photo_that_cannot_be_read_is_not_kept_and_stops_nothing(
    kept: RenditionCache, photos: dict[str, Original], hands: Counted
) -> None:
    bad = next(iter(photos))
    photos[bad].path.write_bytes(b"")
    for tries in (5, 6):
        results = kept.render(photos, hands, nothing)
        assert isinstance(results[bad], UnreadablePhoto)
        assert tries == hands.given


def test_a_photo_replaced_meanwhile_is_kept_as_what_it_is(
    kept: RenditionCache, photos: dict[str, Original], hands: Executor
) -> None:
    (was, photo), (other, source) = list(photos.items())[:2]
    photo.path.write_bytes(source.path.read_bytes())
    made = kept.render({was: photo}, hands, nothing)[was]
    assert isinstance(made, Renditions)
    assert (other, None, made) == (made.original, kept.find(was), kept.find(other))


def test_who_stops_keeps_what_is_drawn(kept: RenditionCache, photos: dict[str, Original]) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with Counted(1) as executor, pytest.raises(KeyboardInterrupt):
        kept.render(photos, executor, stop)
    with Counted(1) as executor:
        assert photos.keys() == kept.render(photos, executor, nothing).keys()
    assert 4 == executor.given


def test_the_key_stays_here_when_other_processes_draw(
    kept: RenditionCache, photos: dict[str, Original], hands: Counted
) -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        there = kept.render(photos, executor, nothing)
    assert there == kept.render(photos, hands, nothing)
    assert 0 == hands.given


sizes = st.builds(Rendition, st.integers(1), st.integers(1), st.text(), st.binary())


regions = st.builds(Region, *[st.floats(0, 1)] * 4)
covers = st.lists(regions, max_size=2).map(tuple)


@given(made=st.builds(Renditions, sizes, sizes, st.text(), st.just("ab" * 32), covers))
def test_what_is_kept_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, made: Renditions
) -> None:
    kept = RenditionCache(tmp_path_factory.mktemp("cache"), KEY, Recipe.avif)
    kept.keep(made)
    assert made == kept.find(made.original, made.cover)


@given(data=st.data())
def test_a_damaged_entry_is_as_good_as_none(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    kept = RenditionCache(tmp_path_factory.mktemp("cache"), KEY, Recipe.avif)
    kept.keep(MADE)
    path = entry_of(kept)
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    flipped = bytes([whole[place] ^ data.draw(st.integers(1, 255))])
    damaged = (whole[:place], whole[:place] + flipped + whole[place + 1 :], whole + flipped)
    path.write_bytes(data.draw(st.sampled_from(damaged)))
    assert kept.find(MADE.original) is None
    kept.keep(MADE)
    assert MADE == kept.find(MADE.original)


def test_an_entry_under_anothers_name_is_not_taken(kept: RenditionCache) -> None:
    kept.keep(MADE)
    one = entry_of(kept)
    kept.keep(replace(MADE, original="cd" * 32))
    (other,) = set(kept.folder.iterdir()) - {one}
    other.write_bytes(one.read_bytes())
    assert kept.find("cd" * 32) is None


@pytest.mark.parametrize("packed", [b"", b"[]\n", b"{}\n", b'{"small": {"data": 3}}\nabc'])
def test_what_another_version_kept_is_as_good_as_none(kept: RenditionCache, packed: bytes) -> None:
    kept.keep(MADE)
    path = entry_of(kept)
    name = path.name.removesuffix(SUFFIX)
    path.write_bytes(KEY.seal(name, packed))
    assert kept.find(MADE.original) is None


def test_without_the_key_nothing_of_a_photo_is_readable(kept: RenditionCache) -> None:
    kept.keep(MADE)
    path = entry_of(kept)
    for told in (SMALL.data, LARGE.data, b"image/", MADE.colour.encode(), MADE.original.encode()):
        assert told not in path.read_bytes()
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)


def test_names_say_nothing_and_another_key_has_others(kept: RenditionCache) -> None:
    other = replace(kept, vault=MachineKey(Secret(bytes(32))))
    kept.keep(MADE)
    path = entry_of(kept)
    assert not any(path.stem[start : start + 4] in MADE.original for start in range(22))
    assert other.find(MADE.original) is None
    other.keep(MADE)
    (others,) = set(kept.folder.iterdir()) - {path}
    path.replace(others)
    assert other.find(MADE.original) is None


def test_what_was_not_used_for_a_month_is_removed_and_what_was_stays(kept: RenditionCache) -> None:
    for original in ("ab" * 32, "cd" * 32):
        kept.keep(replace(MADE, original=original))
    stranger = kept.folder / "readme.txt"
    killed = kept.folder / f".part-{next(kept.folder.iterdir()).name}-k1ll_ed0"
    for path in (stranger, killed):
        path.write_bytes(b"half")
    for path in kept.folder.iterdir():
        os.utime(path, (1000, 1000))
    before = kept.find("ab" * 32)
    used = max(path.stat().st_mtime for path in kept.folder.iterdir())
    kept.prune(used + KEPT_SECONDS)
    assert (before, None) == (kept.find("ab" * 32), kept.find("cd" * 32))
    assert stranger.exists()
    assert not killed.exists()


def test_above_its_size_the_cache_loses_what_was_used_longest_ago(
    kept: RenditionCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    originals = [f"{number}a" * 32 for number in range(4)]
    for number, original in enumerate(originals):
        before = set(kept.folder.glob("*"))
        kept.keep(replace(MADE, original=original))
        (path,) = set(kept.folder.iterdir()) - before
        os.utime(path, (1000 + number, 1000 + number))
    monkeypatch.setattr(cache, "MOST_BYTES", 2 * path.stat().st_size)
    kept.prune(2000)
    there = [original for original in originals if kept.find(original)]
    assert originals[2:] == there


def test_what_is_forgotten_is_gone(kept: RenditionCache) -> None:
    kept.keep(MADE)
    kept.forget([MADE.original, "cd" * 32])
    assert [] == list(kept.folder.iterdir())


def test_there_is_nothing_to_remove_before_the_first_build(kept: RenditionCache) -> None:
    kept.prune(0)
    assert not kept.folder.exists()


def test_a_photo_with_another_cover_is_drawn_again_and_nothing_of_the_first_is_kept(
    kept: RenditionCache, photos: dict[str, Original], hands: Counted
) -> None:
    (original, photo), *_ = photos.items()
    bare = kept.render({original: photo}, hands, nothing)[original]
    covered = photo._replace(cover=(Region(0.25, 0.25, 0.5, 0.5),))
    made = kept.render({original: covered}, hands, nothing)[original]
    assert bare != made == kept.find(original, covered.cover)
    assert kept.find(original) is None
    assert 1 == len(list(kept.folder.iterdir()))
    assert 2 == hands.given
