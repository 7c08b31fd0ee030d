"""The log's file: whole after every kill, safe under two writers, for its owner only."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lichtbrief.consent.lines import As, Event, What
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.log import Log

DENIED = Event(
    What.denied, {"post": "p", "photo": "ab", "reason": "refused"}, ((As.pupil, "anna-b"),)
)


def key_made(year: int) -> Event:
    return Event(What.key_made, {"year": year})


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """A log before its first line."""
    return Log.of(tmp_path / "state", lambda: datetime(2026, 11, 20, 14, 0, tzinfo=UTC))


def test_no_log_is_an_empty_one(log: Log) -> None:
    assert 0 == log.read().length
    log.add([])
    assert not log.path.exists()


def test_what_was_added_is_there_in_order_for_its_owner_only(log: Log) -> None:
    log.add([key_made(2025), key_made(2026)])
    log.add([DENIED])
    chain = log.read()
    assert [1, 2, 3] == [line.n for line in chain.lines]
    assert "2026-11-20T14:00:00Z" == chain.lines[0].at
    assert {"anna-b"} == chain.lines[2].people()
    assert 0o600 == stat.S_IMODE(log.path.stat().st_mode)


@pytest.mark.parametrize("kept", [1, 30, -1])
def test_a_last_line_cut_off_by_a_kill_is_taken_away_and_that_is_said(log: Log, kept: int) -> None:
    log.add([key_made(2025)])
    whole = log.path.read_bytes()
    log.add([DENIED])
    torn = log.path.read_bytes()[len(whole) :][:kept]
    log.path.write_bytes(whole + torn)
    assert log.check().torn
    assert 1 == log.read().length
    log.add([key_made(2026)])
    chain = log.read()
    expected = [What.key_made, What.recovered, What.key_made]
    assert expected == [line.what for line in chain.lines]
    assert {"bytes": len(torn)} == chain.lines[1].about
    assert not log.check().torn


def test_two_that_write_at_once_write_one_after_the_other(log: Log) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda year: log.add([key_made(year), DENIED]), range(2000, 2040)))
    chain = log.read()
    assert 80 == chain.length
    assert set(range(2000, 2040)) == {line.about["year"] for line in chain.lines[::2]}


def test_a_damaged_log_stops_whoever_reads_or_adds(log: Log) -> None:
    log.add([key_made(2025), key_made(2026)])
    text = log.path.read_text()
    log.path.write_text(text.replace("2025", "2024"))
    assert [1] == [n for n, _ in log.check().verdict.faults]
    with pytest.raises(LichtbriefError, match="the log is damaged"):
        log.read()
    log.path.write_text(text + "nonsense\n")
    with pytest.raises(LichtbriefError, match="the log is damaged"):
        log.add([DENIED])


def test_a_log_that_cannot_be_read_is_no_empty_log(log: Log) -> None:
    log.path.mkdir(parents=True)
    with pytest.raises(LichtbriefError, match="the log cannot be read"):
        log.read()


def test_forgetting_takes_the_ids_from_the_disk_and_leaves_the_chain(log: Log) -> None:
    log.add([DENIED, key_made(2026), DENIED])
    head = log.read().head
    assert 2 == log.forget({"anna-b"})
    assert b"anna-b" not in log.path.read_bytes()
    assert head == log.read().head
    assert 0 == log.forget({"anna-b"})
    log.add([DENIED])
    assert log.check().verdict.sound
