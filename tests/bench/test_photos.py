"""`bench.photos` on a few small photos, without the programs beside it."""

import json
import os
import sys
from pathlib import Path

import pytest
from PIL import Image

from bench.album import PHONE, copies, drawn_photos
from bench.contestants import Contestant, contestants
from bench.drawing import TAKE
from bench.measuring import Options, run
from bench.photo_runs import Scale
from bench.photos import main
from bench.school import Size

SMALL = (1600, 1200)
TINY = Scale(
    photos=2,
    photo=SMALL,
    rounds=1,
    school=4,
    school_photo=(64, 48),
    size=Size(pupils=12, groups=2, guardians=15),
    peers=False,
)


def silent(done: int, total: int) -> None:
    """Nobody wants to know how far the drawing is."""


def test_a_whole_benchmark_of_two_photos(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept, file = tmp_path / "kept", tmp_path / "figures.json"
    assert 0 == main(Options(quick=True, json=file), TINY, kept)
    figures = json.loads(file.read_bytes())
    assert all(isinstance(figure, int | float | str) for figure in figures.values())
    expected = {"cpu_vs_naive", "two_cores_speedup", "peak_mib_per_worker", "unchanged_4_s"}
    assert expected < set(figures)
    assert figures["resize_large_kb"] > figures["jpeg_large_kb"] > figures["avif_large_kb"]
    assert "lichtbrief, JPEG only" in capsys.readouterr().out
    assert ["photos"] == [path.name for path in kept.iterdir()]


def test_every_program_makes_renditions_of_the_same_sizes(tmp_path: Path) -> None:
    photos = drawn_photos(tmp_path / "photos", 2, SMALL, silent, PHONE)
    entered = contestants(tmp_path / "work", photos, tmp_path, peers=False)
    sizes = set()
    for one in entered.values():
        one.run(1, len(photos))
        for path in (one.folder / one.made).iterdir():
            with Image.open(path) as image:
                sizes.add((path.stem, image.size))
    stems = [path.stem for path in photos]
    large = {(f"{stem}-large", (1280, 960)) for stem in stems}
    assert large | {(f"{stem}-small", (480, 360)) for stem in stems} == sizes


def test_a_program_that_makes_too_little_ends_the_benchmark(tmp_path: Path) -> None:
    lazy = Contestant((sys.executable, "-c", "pass"), tmp_path)
    with pytest.raises(RuntimeError, match="0 renditions of 2 photos"):
        lazy.run(1, 2)


def test_copies_of_a_photo_differ_in_nothing_but_a_comment(tmp_path: Path) -> None:
    (photo,) = drawn_photos(tmp_path / "photos", 1, (64, 48), silent)
    paths = copies([photo], tmp_path / "copies", 3)
    assert 3 == len({path.read_bytes() for path in paths})
    with Image.open(photo) as original:
        pixels = original.tobytes()
    for path in paths:
        with Image.open(path) as copy:
            assert pixels == copy.tobytes()
            assert original.getexif() == copy.getexif()


def test_photos_of_another_take_are_kept_apart(tmp_path: Path) -> None:
    grainy = drawn_photos(tmp_path, 1, (64, 48), silent, TAKE)
    fine = drawn_photos(tmp_path, 1, (64, 48), silent, PHONE)
    assert grainy[0].read_bytes() != fine[0].read_bytes()


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="only Linux can hold to a core")
def test_a_command_keeps_to_its_cores(tmp_path: Path) -> None:
    program = "import os; print(len(os.sched_getaffinity(0)))"
    assert "1\n" == run([sys.executable, "-c", program], tmp_path, {}, cores=1).output
    ours = len(os.sched_getaffinity(0))
    assert f"{ours}\n" == run([sys.executable, "-c", program], tmp_path, {}).output
