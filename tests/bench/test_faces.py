"""`bench.faces` on two small photos."""

import json
from pathlib import Path

import pytest

from bench.faces import Scale, main
from bench.measuring import Options

TINY = Scale(photos=2, photo=(1600, 1200), rounds=1)


def test_a_whole_benchmark_of_two_photos(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept, file = tmp_path / "kept", tmp_path / "figures.json"
    assert 0 == main(Options(quick=True, json=file), TINY, kept)
    figures = json.loads(file.read_bytes())
    assert {"cpu_ms", "photos_per_s", "peak_mib", "again_ms"} < set(figures)
    assert "Faces in 2 photos" in capsys.readouterr().out
    assert ["photos"] == [path.name for path in kept.iterdir()]
