"""`bench.films` on one short film."""

import json
import shutil
from pathlib import Path

import pytest

from bench.films import Scale, main
from bench.measuring import Options

TINY = Scale(seconds=1, size=(320, 180), rounds=1, codecs=("h264",))


def test_a_whole_benchmark_of_one_second(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.json"
    assert 0 == main(Options(quick=True, json=file), TINY, tmp_path / "kept")
    figures = json.loads(file.read_bytes())
    assert {"wall_vs_ffmpeg", "cpu_vs_ffmpeg", "h264_ours_peak_mib", "h264_ffmpeg_kb"} < set(
        figures
    )
    assert "h264, lichtbrief" in capsys.readouterr().out


def test_without_ffmpeg_it_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert 1 == main(Options(quick=True, json=None), TINY, tmp_path)
    assert "apt-get install ffmpeg" in capsys.readouterr().err
