"""The ledger's snapshots in the store: a job on an empty disk goes on; a stale ledger does not."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from lichtbrief.delivery import Ledger, State
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.snapshots import KEPT, Snapshots
from lichtbrief.sealing import KeyRing, Secret
from tests.jobs.given import RING, W47
from tests.stores import Shelf

Machine = Callable[..., AbstractContextManager[Snapshots]]
OTHERS = KeyRing({2026: Secret(bytes(32))})


@pytest.fixture
def machine(tmp_path: Path, shelf: Shelf) -> Machine:
    """Opens the ledger of a machine by its name, and settles it with the store."""

    @contextmanager
    def opened(name: str, *, restores: bool = False) -> Iterator[Snapshots]:
        with Ledger(tmp_path / name / "ledger.sqlite3") as ledger:
            snapshots = Snapshots(ledger, shelf.store)
            snapshots.settle(RING, restores=restores)
            yield snapshots

    return opened


def send(snapshots: Snapshots, *guardians: str) -> None:
    """Freeze these and mail them."""
    snapshots.ledger.freeze(W47, guardians)
    for guardian in guardians:
        snapshots.ledger.mark(W47, guardian, State.SENDING)
        snapshots.ledger.mark(W47, guardian, State.SENT)


def test_a_machine_with_an_empty_disk_goes_on_where_the_last_one_was(machine: Machine) -> None:
    with machine("first") as first:
        send(first, "g1")
        first.ledger.freeze(W47, ["g2"])
        first.put(RING)
    with machine("second") as second:
        assert {"g1": State.SENT, "g2": State.PENDING} == second.ledger.states(W47)
        send(second, "g2")
        second.put(RING)
    with machine("third") as third:
        assert {"g1": State.SENT, "g2": State.SENT} == third.ledger.states(W47)


def test_a_machine_goes_on_with_what_it_knows_beyond_its_last_snapshot(machine: Machine) -> None:
    with machine("first") as first:
        send(first, "g1")
        first.put(RING)
        send(first, "g2")
    with machine("first") as again:
        assert {"g1": State.SENT, "g2": State.SENT} == again.ledger.states(W47)


def test_a_snapshot_that_never_arrived_is_no_trouble(machine: Machine) -> None:
    with machine("first") as first:
        send(first, "g1")
        first.ledger.copies.make()
    with machine("first") as again:
        again.put(RING)
    with machine("second") as second:
        assert {"g1": State.SENT} == second.ledger.states(W47)


def test_a_snapshot_of_which_no_word_came_back_is_recognised(
    machine: Machine, shelf: Shelf
) -> None:
    with machine("first") as first:
        send(first, "g1")
        number, copy = first.ledger.copies.make()
        first._series(RING).put(number, copy)
        first.put(RING)
        assert 2 == first.last


def test_an_older_copy_of_the_ledger_is_refused_in_one_line(
    machine: Machine, tmp_path: Path
) -> None:
    with machine("first") as first:
        send(first, "g1")
        first.put(RING)
    shutil.copytree(tmp_path / "first", tmp_path / "backup")
    with machine("first") as first:
        send(first, "g2")
        first.put(RING)
    with pytest.raises(LichtbriefError) as refusal, machine("backup"):
        pass
    assert refusal.value.message == (
        "the ledger on this machine is older (snapshot 1) than the store's (2)"
    )
    assert "--restore-ledger" in refusal.value.hint
    with machine("backup", restores=True) as restored:
        assert {"g1": State.SENT, "g2": State.SENT} == restored.ledger.states(W47)
        restored.put(RING)
    with machine("backup") as restored:
        assert 3 == restored.last


def test_a_ledger_that_went_another_way_is_refused(machine: Machine) -> None:
    with machine("first") as first, machine("second") as second:
        send(first, "g1")
        send(second, "g1")
        first.put(RING)
        with pytest.raises(LichtbriefError, match="is not the one of which the store has snap"):
            second.put(RING)
    for _ in range(2):
        with pytest.raises(LichtbriefError, match="is not the one"), machine("second"):
            pass
    with machine("second", restores=True) as second:
        assert 1 == second.last


def test_two_machines_that_both_believe_they_are_alone_are_told_apart(machine: Machine) -> None:
    with machine("first") as first:
        send(first, "g1")
        first.put(RING)
        with machine("second") as second:
            second.put(RING)
            with pytest.raises(LichtbriefError, match="is older"):
                first.put(RING)
            second.put(RING)


def test_only_the_last_snapshots_are_kept(machine: Machine, shelf: Shelf) -> None:
    with machine("first") as first:
        for _ in range(KEPT + 2):
            first.put(RING)
        first.sweep(RING)
    names = [f"ledger/2026/{number:09}" for number in range(3, KEPT + 3)]
    assert names == sorted(shelf.store.list())


def test_a_snapshot_is_sealed_and_one_that_does_not_open_stops_the_job(
    machine: Machine, shelf: Shelf, tmp_path: Path
) -> None:
    with machine("first") as first:
        send(first, "guardian-of-anna")
        first.put(RING)
    (name,) = shelf.store.list()
    assert b"guardian-of-anna" not in shelf.store.get(name)
    with Ledger(tmp_path / "second/ledger.sqlite3") as ledger:
        with pytest.raises(LichtbriefError):
            Snapshots(ledger, shelf.store).settle(OTHERS)
        assert ledger.is_empty
    shelf.store.put("ledger/2026/000000002", b"nonsense", content_type="text/plain")
    with pytest.raises(LichtbriefError), machine("first"):
        pass
