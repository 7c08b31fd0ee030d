"""`bench.mail` with a few mails, without the program beside it."""

import json
from pathlib import Path

import pytest

from bench.mail import Size, main
from bench.measuring import Options

TINY = Size(rounds=1, near=24, far=8, per_mail=10, prepared=8, links=50, peers=False)


def test_a_whole_benchmark_of_a_few_mails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept, file = tmp_path / "kept", tmp_path / "figures.json"
    assert 0 == main(Options(quick=True, json=file), TINY, kept)
    figures = json.loads(file.read_bytes())
    measured = ("mails_per_s", "mails_per_s_40ms", "vs_smtplib_per_mail", "prepare_2000_cpu_s")
    assert all(figures[name] > 0 for name in measured)
    assert "sign_100k_s" in figures
    assert "vs_aiosmtplib" not in figures
    assert "40 ms away" in capsys.readouterr().out
    assert [] == list(kept.iterdir())
