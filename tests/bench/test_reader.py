"""`bench.reader` on a few small photos: the same visits, once each and without the peer."""

import gzip
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

import pytest

from bench.measuring import Options
from bench.reader import Scale, main
from bench.staticrypt import served

TINY = Scale(photos=3, photo=(640, 480), rounds=1, peer=False)


@pytest.mark.xdist_group("browser")
def test_a_whole_benchmark_of_a_small_letter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.json"
    # In a thread of its own: the other tests' browser keeps a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        done = thread.submit(main, Options(quick=True, json=file), TINY, tmp_path / "kept")
        assert 0 == done.result()
    figures = json.loads(file.read_bytes())
    assert {"first_text_slow_s", "all_photos_s", "heap_mib", "peak_mib"} < set(figures)
    assert 0 < figures["reader_bytes"] <= 16_000
    assert figures["reader_bytes"] < figures["letter_bytes"] <= 40_000
    assert figures["letter_bytes"] < figures["output_bytes"]
    assert "A letter of two editions" in capsys.readouterr().out


def test_what_a_host_serves_is_the_page() -> None:
    with served(b"<p>Hoi</p>") as address, urlopen(address) as answer:
        assert b"<p>Hoi</p>" == gzip.decompress(answer.read())
