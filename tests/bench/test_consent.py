"""`bench.consent` on a board of a few pupils: the same steps, small."""

import json
from pathlib import Path

import pytest

from bench.board import Size
from bench.consent import main
from bench.measuring import Options


def test_a_whole_benchmark_of_a_small_board(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept, file = tmp_path / "kept", tmp_path / "figures.json"
    assert 0 == main(Options(quick=True, json=file), Size(pupils=60, photos=500), kept)
    figures = json.loads(file.read_bytes())
    assert {"load_s", "load_peak_mib", "decisions_per_s", "withdrawal_search_s"} <= set(figures)
    assert (60, 500, True) == (figures["pupils"], figures["photos"], figures["quick"])
    assert 0 < figures["permitted"] < 500
    assert "decisions a second" in capsys.readouterr().out
    assert [] == list(kept.iterdir())
