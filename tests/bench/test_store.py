"""`bench.store` with a handful of objects: the same steps, small."""

import json
from pathlib import Path

import pytest

from bench.measuring import Options
from bench.store import Size, main

TINY = Size(editions=2, edition_bytes=5_000, letters=3, letter_bytes=500, weeks=2, rounds=1)


def test_a_whole_benchmark_of_a_few_objects(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.json"
    assert 0 == main(Options(quick=True, json=file), TINY)
    figures = json.loads(file.read_bytes())
    wanted = {"put_s", "read_back_s", "sign_s", "snapshot_s", "resume_s", "put_vs_sync"}
    assert wanted <= set(figures)
    assert (5, True) == (figures["objects"], figures["quick"])
    assert "2 editions, 3 letters" in capsys.readouterr().out
