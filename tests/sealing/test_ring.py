"""The key ring on disk and in CI's environment, and what its errors never say."""

import base64
import json
import os
import pickle
import signal
import stat
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.errors import LichtbriefError
from lichtbrief.sealing import KeyRing, Secret, add_year, make_ring, read_ring, write_ring
from tests.sealing.given import LAST_YEAR, THIS_YEAR

RING = KeyRing({2026: THIS_YEAR, 2025: LAST_YEAR})
KEY = THIS_YEAR.reveal()
IN_BASE64 = base64.b64encode(KEY).decode()


def ring_text(years: object, **more: object) -> str:
    return json.dumps({"format": "lichtbrief key ring 1", "years": years, **more})


def refusal(action: Callable[..., object], *given: object) -> LichtbriefError:
    """The error that `action(*given)` ends with."""
    with pytest.raises(LichtbriefError) as refused:
        action(*given)
    return refused.value


def everything_told_by(error: BaseException | None) -> Iterator[str]:
    """What a log could show of an error: its trace, and all that hangs on it."""
    while error is not None:
        yield "".join(traceback.format_exception(error))
        yield repr(vars(error)) + repr(error.args) + repr(getattr(error, "doc", ""))
        error = error.__cause__ or error.__context__


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "keys.json"


def test_a_secret_shows_itself_nowhere_unless_asked() -> None:
    shown = f"{THIS_YEAR} {THIS_YEAR!r} {[THIS_YEAR]} {RING} %s" % THIS_YEAR
    assert "redacted" in shown
    assert not any(part in shown for part in (str(KEY), KEY.hex(), IN_BASE64, "\\x"))
    assert THIS_YEAR.reveal() == KEY


@pytest.mark.parametrize("value", [THIS_YEAR, RING])
@pytest.mark.parametrize("carry", [pickle.dumps, deepcopy])
def test_a_secret_is_not_carried_to_another_process_or_a_cache(
    carry: Callable[[object], object], value: object
) -> None:
    with pytest.raises(TypeError):
        carry(value)


def test_secrets_are_equal_by_their_bytes_and_fit_no_set() -> None:
    assert Secret(KEY) == THIS_YEAR
    assert THIS_YEAR != LAST_YEAR
    assert THIS_YEAR != KEY
    with pytest.raises(TypeError):
        hash(THIS_YEAR)
    with pytest.raises(ValueError, match="16 bytes"):
        Secret(KEY[:15])


def test_a_new_ring_has_one_year_and_gets_another_every_august() -> None:
    ring = make_ring(2025, lambda n: LAST_YEAR.reveal()[:n])
    ring = add_year(ring, 2026, lambda n: KEY[:n])
    assert ring == RING
    assert ring.year(2026) == THIS_YEAR


def test_a_year_without_a_secret_says_how_to_make_one() -> None:
    error = refusal(RING.year, 2031)
    assert "2031" in error.message
    assert "lichtbrief keys make" in error.hint


def test_a_year_never_gets_a_second_secret() -> None:
    error = refusal(add_year, RING, 2026, lambda n: bytes(n))
    assert "already has a secret for school year 2026" in error.message


def test_a_ring_takes_only_whole_secrets_of_this_century() -> None:
    for years in ({2026: Secret(KEY[:16])}, {1999: THIS_YEAR}, {20260: THIS_YEAR}):
        with pytest.raises(ValueError, match=r"key ring|32 bytes"):
            KeyRing(years)


def test_a_ring_that_was_written_is_read_again_and_is_its_owners_only(path: Path) -> None:
    before = os.umask(0)
    try:
        write_ring(path, RING)
    finally:
        os.umask(before)
    assert read_ring(path, None) == RING
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [path] == list(path.parent.iterdir())


def test_the_environments_ring_goes_before_the_files(path: Path) -> None:
    write_ring(path, RING)
    ring = read_ring(path, ring_text({"2027": IN_BASE64}))
    assert KeyRing({2027: THIS_YEAR}) == ring


def test_an_empty_variable_in_ci_is_an_error_and_not_another_ring(path: Path) -> None:
    write_ring(path, RING)
    assert "environment" in refusal(read_ring, path, "").message


def test_a_ring_that_is_not_there_says_how_to_make_one(path: Path) -> None:
    assert "lichtbrief keys make" in refusal(read_ring, path, None).hint


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601, 0o666])
def test_a_ring_that_others_can_reach_is_refused_with_what_to_type(path: Path, mode: int) -> None:
    write_ring(path, RING)
    path.chmod(mode)
    error = refusal(read_ring, path, None)
    assert f"mode {mode:04o}" in error.message
    assert f"chmod 600 {path}" == error.hint


def test_a_folder_or_a_pipe_of_that_name_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    (tmp_path / "huge").write_bytes(bytes(70_000))
    words = {"": "Is a directory", "pipe": "not a small", "huge": "not a small", "huge/x": "Not a"}
    for name, word in words.items():
        assert word in refusal(read_ring, tmp_path / name, None).message


BROKEN = {
    "nothing": "",
    "half a file": ring_text({"2026": IN_BASE64})[:-20],
    "a list": "[1]",
    "very deep": "[" * 100_000,
    "another format": json.dumps({"format": "lichtbrief key ring 2", "years": {}}),
    "no years": json.dumps({"format": "lichtbrief key ring 1"}),
    "years as a list": ring_text([IN_BASE64]),
    "something besides": ring_text({"2026": IN_BASE64}, secret=IN_BASE64),
    "a year of three digits": ring_text({"202": IN_BASE64}),
    "a year in other digits": ring_text({"２０２６": IN_BASE64}),
    "a key for a year": ring_text({IN_BASE64: "2026"}),
    "a number for a secret": ring_text({"2026": 17}),
    "a short secret": ring_text({"2026": IN_BASE64[:-4]}),
    "a long secret": ring_text({"2026": IN_BASE64[:-1] + "AAAA="}),
    "a sign that is not base64": ring_text({"2026": "*" + IN_BASE64[1:]}),
    "a line end within": ring_text({"2026": IN_BASE64[:20] + "\n" + IN_BASE64[20:]}),
    "bits that do not count": ring_text({"2026": "A" * 42 + "B="}),
    "a year twice": ring_text({"2026": IN_BASE64})[:-2] + f', "2026": "{IN_BASE64}"}}}}',
    "a lone surrogate": ring_text({"2026": IN_BASE64}).replace("ring", "\ud800"),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_ring_is_refused_and_its_text_is_told_nowhere(text: str, path: Path) -> None:
    error = refusal(read_ring, path, text)
    assert error.hint
    told = "".join(everything_told_by(error))
    assert not any(IN_BASE64[n : n + 12] in told for n in range(0, 30, 6))
    assert KEY.hex() not in told


def test_a_ring_in_bytes_that_are_no_text_is_refused(path: Path) -> None:
    write_ring(path, RING)
    path.write_bytes(b"\xff" + KEY)
    told = "".join(everything_told_by(refusal(read_ring, path, None)))
    assert str(KEY)[2:12] not in told


@given(st.text() | st.recursive(st.none() | st.text(), st.lists).map(ring_text))
def test_any_text_at_all_is_refused_in_words(text: str) -> None:
    assert refusal(read_ring, Path("keys.json"), text).hint


def test_writing_refuses_to_lose_a_year_that_is_on_disk(path: Path) -> None:
    write_ring(path, RING)
    for years in ({2026: THIS_YEAR}, {2025: THIS_YEAR, 2026: THIS_YEAR}):
        error = refusal(write_ring, path, KeyRing(years))
        assert "would lose its secret of school year 2025" in error.message
    assert read_ring(path, None) == RING


def test_writing_over_a_ring_that_cannot_be_read_is_refused(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("{")
    path.chmod(0o600)
    refusal(write_ring, path, RING)
    assert path.read_text() == "{"


def test_a_writer_that_is_killed_halfway_leaves_the_old_ring_and_lets_the_next_one_in(
    path: Path,
) -> None:
    write_ring(path, KeyRing({2025: LAST_YEAR}))
    script = (
        "import os, signal, sys; from pathlib import Path;"
        "from lichtbrief.sealing import add_year, read_ring, write_ring;"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL);"
        "path = Path(sys.argv[1]);"
        "write_ring(path, add_year(read_ring(path, None), 2026, os.urandom))"
    )
    killed = subprocess.run([sys.executable, "-c", script, path], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert KeyRing({2025: LAST_YEAR}) == read_ring(path, None)
    assert {0o600} == {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    write_ring(path, RING)
    assert read_ring(path, None) == RING


def test_of_writers_at_the_same_time_none_loses_a_year(path: Path) -> None:
    def add(year: int) -> int | None:
        try:
            ring = read_ring(path, None) if path.exists() else KeyRing({})
            write_ring(path, add_year(ring, year, os.urandom))
        except LichtbriefError:
            return None
        return year

    with ThreadPoolExecutor(8) as pool:
        written = {year for year in pool.map(add, range(2020, 2040)) if year}
    assert written
    assert written == set(read_ring(path, None).years)


def test_a_folder_that_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    error = refusal(write_ring, tmp_path / "file" / "keys.json", RING)
    assert "cannot be written" in error.message
