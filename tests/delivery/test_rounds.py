"""Fresh links: a further round of mails for a week, counted apart from the week itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lichtbrief.delivery import Ledger, Round, State
from lichtbrief.editions import Week

W47, W48 = Week.parse("2026-W47"), Week.parse("2026-W48")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.sqlite3") as ledger:
        ledger.freeze(W47, ["g1", "g2"])
        for guardian in ("g1", "g2"):
            send(ledger, W47, guardian)
        yield ledger


def send(ledger: Ledger, occasion: Week, guardian: str) -> None:
    ledger.mark(occasion, guardian, State.SENDING)
    ledger.mark(occasion, guardian, State.SENT)


def test_a_round_is_counted_apart_and_the_week_stays_as_it_was(ledger: Ledger) -> None:
    first = ledger.round(W47)
    assert ("2026-W47-1", W47) == (str(first), Week(first.year, first.number))
    ledger.freeze(first, ["g1"])
    assert ("g1",) == ledger.due(first)
    assert {"g1": State.SENT, "g2": State.SENT} == ledger.states(W47)
    assert 1 == sum(ledger.counts(first).values())


def test_a_round_that_was_not_finished_goes_on_before_there_is_another(ledger: Ledger) -> None:
    ledger.freeze(ledger.round(W47), ["g1", "g2"])
    send(ledger, Round(2026, 47, 1), "g1")
    ledger.mark(Round(2026, 47, 1), "g2", State.SENDING)
    assert Round(2026, 47, 1) == ledger.round(W47)
    ledger.mark(Round(2026, 47, 1), "g2", State.SENT)
    assert Round(2026, 47, 2) == ledger.round(W47)


def test_there_may_be_ten_and_more(ledger: Ledger) -> None:
    for number in range(1, 12):
        found = ledger.round(W47)
        assert Round(2026, 47, number) == found
        ledger.freeze(found, ["g1"])
        send(ledger, found, "g1")


def test_an_unfinished_round_is_not_a_week_that_waits(ledger: Ledger) -> None:
    ledger.freeze(ledger.round(W47), ["g1"])
    assert {} == ledger.waiting(W48)
    assert Round(2026, 48, 1) == ledger.round(W48)
