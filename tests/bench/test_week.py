"""`bench.week` on a school of a few pupils: the same steps, small."""

import json
import sys
from pathlib import Path

import pytest

from bench.measuring import Options, run
from bench.school import Size
from bench.week import main
from bench.weekly import Scale

TINY = Scale(
    Size(pupils=12, groups=2, guardians=15),
    photos=8,
    photo=(640, 480),
    cold=1,
    unchanged=1,
    changed=2,
    peer=False,
)


def test_a_whole_benchmark_of_a_small_school(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept, file = tmp_path / "kept", tmp_path / "figures.json"
    assert 0 == main(Options(quick=True, json=file), TINY, kept)
    figures = json.loads(file.read_bytes())
    assert all(isinstance(figure, int | float | str) for figure in figures.values())
    assert {"cold_s", "unchanged_s", "one_changed_s", "peak_mib", "cold_mail_s"} < set(figures)
    assert 2 + 1 + 15 + 1 == figures["objects"], "editions, letters, and the head of the log"
    assert (0, 0) == (figures["uploaded_again"], figures["mailed_again"])
    assert "15 guardians" in capsys.readouterr().out
    assert ["photos"] == [path.name for path in kept.iterdir()]


def test_a_command_is_measured_from_outside(tmp_path: Path) -> None:
    program = "import os; print(os.environ['WORD'], len(bytearray(200 * 2**20)))"
    taken = run([sys.executable, "-c", program], tmp_path, {"WORD": "hello"})
    assert f"hello {200 * 2**20}\n" == taken.output
    assert 200 < taken.peak_mib < 260
    assert 0 < taken.cpu_s


def test_what_this_process_holds_does_not_count(tmp_path: Path) -> None:
    ours = bytearray(b"x" * (200 * 2**20))
    assert run([sys.executable, "-c", "pass"], tmp_path, {}).peak_mib < 100
    assert 200 * 2**20 == len(ours)


def test_a_command_that_fails_ends_the_benchmark(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="out of paper"):
        run([sys.executable, "-c", "raise SystemExit('out of paper')"], tmp_path, {})
