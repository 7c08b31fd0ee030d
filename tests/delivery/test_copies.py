"""The ledger as bytes: whole, without a word too many, and told apart from another's."""

import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from lichtbrief.delivery import Ledger, State, snapshot_in
from lichtbrief.errors import LichtbriefError
from tests.delivery.school import SENT_AT, WEEK
from tests.delivery.test_ledger import LETTER


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.sqlite", clock=lambda: SENT_AT) as opened:
        yield opened


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Ledger]:
    """The ledger of a machine that has just been set up."""
    with Ledger(tmp_path / "other machine" / "ledger.sqlite") as opened:
        yield opened


def begin(ledger: Ledger) -> None:
    """One who has the mail, one who perhaps has, one who is to get it."""
    ledger.freeze(WEEK, ["g1", "g2", "g3"])
    for guardian in ("g1", "g2"):
        ledger.mark(WEEK, guardian, State.SENDING, message_id=f"2026-W47.{guardian}")
    ledger.mark(WEEK, "g1", State.SENT)
    ledger.remember(LETTER)


def test_a_machine_that_has_nothing_goes_on_from_a_copy(ledger: Ledger, fresh: Ledger) -> None:
    begin(ledger)
    number, copy = ledger.copies.make()
    assert fresh.is_empty
    fresh.copies.put_back(copy)
    assert not fresh.is_empty
    assert (1, SENT_AT) == (number, snapshot_in(copy).made_at)
    assert ledger.states(WEEK) == fresh.states(WEEK)
    assert (LETTER,) == fresh.letters()
    assert 3 == fresh.frozen(WEEK)
    fresh.recover(WEEK)
    assert ("g3", "g2") == fresh.due(WEEK)


def test_whoever_is_mailed_after_a_copy_perhaps_has_the_mail_for_who_has_only_the_copy(
    ledger: Ledger, fresh: Ledger
) -> None:
    ledger.freeze(WEEK, ["g1", "g2", "g3"])
    _, copy = ledger.copies.make(WEEK, ["g2"])
    assert {State.PENDING} == set(ledger.states(WEEK).values())
    fresh.copies.put_back(copy)
    assert fresh.copies.has(snapshot_in(copy))
    fresh.recover(WEEK)
    assert ("g1", "g3", "g2") == fresh.due(WEEK)
    assert State.UNCERTAIN is fresh.states(WEEK)["g2"]


def test_what_was_put_back_is_on_the_disk(ledger: Ledger, tmp_path: Path) -> None:
    begin(ledger)
    _, copy = ledger.copies.make()
    path = tmp_path / "other machine" / "ledger.sqlite"
    with Ledger(path) as other:
        other.freeze(WEEK, ["somebody-else"])
        other.copies.put_back(copy)
        with pytest.raises(LichtbriefError, match="another job"):
            Ledger(path)
    with Ledger(path) as other:
        assert ledger.states(WEEK) == other.states(WEEK)


def test_a_ledger_knows_its_own_copies_and_no_others(ledger: Ledger, fresh: Ledger) -> None:
    begin(ledger)
    begin(fresh)
    _, first = ledger.copies.make()
    _, second = ledger.copies.make()
    _, foreign = fresh.copies.make()
    snapshots = [snapshot_in(copy) for copy in (first, second, foreign)]
    assert [1, 2, 1] == [snapshot.number for snapshot in snapshots]
    assert [True, True, False] == [ledger.copies.has(each) for each in snapshots]
    ledger.copies.forget_before(2)
    assert [False, True, False] == [ledger.copies.has(each) for each in snapshots]
    fresh.copies.put_back(first)
    assert [True, False, False] == [fresh.copies.has(each) for each in snapshots]


def test_a_copy_is_small(ledger: Ledger) -> None:
    ledger.freeze(WEEK, [f"g{number:04}" for number in range(2000)])
    assert len(ledger.copies.make()[1]) < 20_000


def other_version() -> bytes:
    """A ledger that a later Lichtbrief wrote."""
    with sqlite3.connect(":memory:") as connection:
        connection.executescript(
            f"CREATE TABLE x (y); PRAGMA application_id = {0x4C425246}; PRAGMA user_version = 9"
        )
        return zlib.compress(connection.serialize())


@pytest.mark.parametrize(
    ("copy", "words"),
    [
        (b"", "damaged"),
        (b"nonsense", "damaged"),
        (zlib.compress(b""), "damaged"),
        (zlib.compress(b"nonsense" * 4096), "damaged"),
        (other_version(), "version 9"),
    ],
)
def test_what_is_no_copy_is_refused_and_changes_nothing(
    ledger: Ledger, copy: bytes, words: str
) -> None:
    begin(ledger)
    for use in (snapshot_in, ledger.copies.put_back):
        with pytest.raises(LichtbriefError, match=words):
            use(copy)
    assert {"g1": State.SENT, "g2": State.SENDING, "g3": State.PENDING} == ledger.states(WEEK)
