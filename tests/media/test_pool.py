"""Many photos over the caller's workers."""

import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from threading import Event

import pytest

from lichtbrief.errors import LichtbriefError
from lichtbrief.media import (
    Original,
    Recipe,
    Renditions,
    UnreadablePhoto,
    pool,
    render_photo,
    render_photos,
)
from tests.media.drawing import four_corners, save


def photos(folder: Path, count: int) -> list[Original]:
    sizes = [(100 + number, 80) for number in range(count)]
    drawn = [save(folder / f"{wide}.jpg", four_corners((wide, high))) for wide, high in sizes]
    return [Original(path) for path in drawn]


def test_photos_come_back_in_the_order_in_which_they_were_given(tmp_path: Path) -> None:
    paths = photos(tmp_path, 6)
    finished: list[object] = []
    with ThreadPoolExecutor(3) as executor:
        results = render_photos(paths, executor, finished.append)
    widths = [one.large.width for one in results if isinstance(one, Renditions)]
    assert [100, 101, 102, 103, 104, 105] == widths
    assert 6 == len(finished)


def test_a_bad_photo_is_its_own_result_across_processes(tmp_path: Path) -> None:
    good, bad = photos(tmp_path, 1)[0], Original(tmp_path / "bad.jpg")
    bad.path.write_bytes(b"")
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        first, second = render_photos([bad, good], executor, lambda _: None)
    assert isinstance(first, UnreadablePhoto)
    assert ("is empty", "copy it from the camera again") == (first.reason, first.hint)
    assert isinstance(second, Renditions)


def test_no_photos_are_no_work() -> None:
    with ThreadPoolExecutor(1) as executor:
        assert [] == render_photos([], executor, lambda _: None)


def test_who_stops_is_not_kept_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = photos(tmp_path, 5)
    gate, begun = Event(), []

    def held(path: Path, recipe: Recipe, *_: object) -> Renditions:
        begun.append(path)
        if path != paths[0].path:
            gate.wait(60)
        return render_photo(path, recipe)

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pool, "render_photo", held)
    with ThreadPoolExecutor(1) as executor:
        with pytest.raises(KeyboardInterrupt):
            render_photos(paths, executor, stop)
        gate.set()
    assert len(begun) <= 2  # the one that was done, and the one under way


def test_killed_workers_are_an_error_in_words(tmp_path: Path) -> None:
    dying = ProcessPoolExecutor(1, get_context("spawn"), initializer=os._exit, initargs=(1,))
    with dying, pytest.raises(LichtbriefError, match="was killed"):
        render_photos(photos(tmp_path, 1), dying, lambda _: None)
