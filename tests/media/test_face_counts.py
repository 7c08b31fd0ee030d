"""No photo is searched for faces twice, and what is kept of it says nothing to whoever looks."""

import stat
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.errors import LichtbriefError
from lichtbrief.media import FaceCounts, Faces, UnreadablePhoto, digest, face_counts
from tests.media.astronauts import row
from tests.media.drawing import save
from tests.media.hands import Counted
from tests.media.test_cache import KEY, nothing


@pytest.fixture(scope="session")
def photos(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Photos of one, two and three faces, by their digests."""
    folder = tmp_path_factory.mktemp("faces")
    paths = [save(folder / f"{faces}.jpg", row(faces)) for faces in (1, 2, 3)]
    return {digest(path): path for path in paths}


def look(path: Path, photos: dict[str, Path]) -> tuple[list[int], int]:
    """How many faces there are in each photo, and how many photos had to be searched."""
    with Counted(2) as hands:
        found = FaceCounts(path, KEY).look(photos, hands, nothing)
    counts = [len(one.boxes) for one in (found[d] for d in photos) if isinstance(one, Faces)]
    return counts, hands.given


def test_a_photo_is_searched_once(tmp_path: Path, photos: dict[str, Path]) -> None:
    kept = tmp_path / "faces"
    assert ([1, 2, 3], 3) == look(kept, photos)
    assert ([1, 2, 3], 0) == look(kept, photos)
    assert 0o600 == stat.S_IMODE(kept.stat().st_mode)
    assert not any(known.encode() in kept.read_bytes() for known in photos)


def test_who_stops_keeps_what_was_found(tmp_path: Path, photos: dict[str, Path]) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with Counted(1) as hands, pytest.raises(KeyboardInterrupt):
        FaceCounts(tmp_path / "faces", KEY).look(photos, hands, stop)
    assert ([1, 2, 3], 2) == look(tmp_path / "faces", photos)


def test_a_photo_that_cannot_be_read_stops_nothing_and_is_tried_again(tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.jpg", save(tmp_path / "good.jpg", row(1))
    bad.write_bytes(b"no photo")
    paths = {digest(path): path for path in (bad, good)}
    assert ([1], 2) == look(tmp_path / "faces", paths)
    with Counted(1) as hands:
        found = FaceCounts(tmp_path / "faces", KEY).look(paths, hands, nothing)
    assert isinstance(found[digest(bad)], UnreadablePhoto)
    assert 1 == hands.given


def test_a_photo_replaced_meanwhile_is_not_counted_as_the_other(
    tmp_path: Path, photos: dict[str, Path]
) -> None:
    (one, _), (_, two), *_ = photos.items()
    with Counted(1) as hands, pytest.raises(LichtbriefError, match="was replaced"):
        FaceCounts(tmp_path / "faces", KEY).look({one: two}, hands, nothing)


def test_a_photo_nobody_asks_about_is_forgotten_after_a_month(
    tmp_path: Path, photos: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "faces"
    look(kept, photos)
    later = time.time() + 20 * 86_400
    first = dict(list(photos.items())[:1])
    monkeypatch.setattr(time, "time", lambda: later)
    look(kept, first)
    monkeypatch.setattr(time, "time", lambda: later + 15 * 86_400)
    look(kept, first)
    assert ([1, 2, 3], 2) == look(kept, photos)


def test_what_nobody_may_see_is_forgotten_at_once(tmp_path: Path, photos: dict[str, Path]) -> None:
    kept = tmp_path / "faces"
    look(kept, photos)
    counts = FaceCounts(kept, KEY)
    counts.forget(list(photos)[:2])
    counts.keep()
    assert ([1, 2, 3], 2) == look(kept, photos)


@given(st.binary(max_size=60))
def test_whatever_lies_there_instead_is_as_good_as_nothing(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("kept") / "faces"
    for written in (data, KEY.seal(KEY.name(face_counts.NAME), data)):
        path.write_bytes(written)
        counts = FaceCounts(path, KEY)
        assert {} == counts.look({}, Counted(1), nothing)


@pytest.mark.parametrize("packed", [b"[]", b'{"a": 1}', b'{"a": [1, [[1]]]}', b'{"a": ["x", []]}'])
def test_what_another_version_kept_is_as_good_as_nothing(
    tmp_path: Path, packed: bytes, photos: dict[str, Path]
) -> None:
    path = tmp_path / "faces"
    path.write_bytes(KEY.seal(KEY.name(face_counts.NAME), packed))
    first = dict(list(photos.items())[:1])
    assert ([1], 1) == look(path, first)
