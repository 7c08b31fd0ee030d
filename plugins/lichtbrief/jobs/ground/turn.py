"""A job's turn: the store and the ledger to itself, and the ledger knowing what the store knows."""

import shutil
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from lichtbrief.delivery import Ledger
from lichtbrief.delivery.database import IN_USE
from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.keys import any_ring, machine_key
from lichtbrief.jobs.ground.snapshots import Snapshots
from lichtbrief.jobs.ground.surroundings import Surroundings
from lichtbrief.settings import Settings
from lichtbrief.storage import Lease

LEDGER = "ledger.sqlite3"
TRIES, PAUSE = 5, 0.05


@dataclass(frozen=True, slots=True)
class Turn:
    """What a job has while nobody else may write: the ledger, and ways to stay sure of it."""

    ledger: Ledger
    settings: Settings
    lease: Lease
    snapshots: Snapshots

    def hold(self) -> None:
        """See that it is our turn still; raises `LichtbriefError` when another job took over."""
        self.lease.hold()

    def keep(self, week: Week | None = None, coming: Sequence[str] = ()) -> None:
        """See the same, and put a snapshot of the ledger into the store.

        In it those of the `week` who are `coming` are being mailed.
        """
        self.lease.hold()
        self.snapshots.put(any_ring(self.settings), week, coming)


@contextmanager
def take_turn(settings: Settings, surroundings: Surroundings) -> Iterator[Turn]:
    """Take the ledger and the lease, and settle the ledger with the store's newest snapshot.

    Raises `LichtbriefError` while another job is at work, here or elsewhere, and for a ledger that
    is older than the snapshot or has gone another way.
    """
    store = surroundings.store
    with (
        Ledger(settings.state / LEDGER, surroundings.now) as ledger,
        Lease(store, holder_of(settings), takes_over=surroundings.insists.takes_over) as lease,
    ):
        turn = Turn(ledger, settings, lease, Snapshots(ledger, store))
        _settle(turn.snapshots, settings, surroundings)
        yield turn
        turn.snapshots.sweep(any_ring(settings))


@contextmanager
def borrow_ledger(settings: Settings, surroundings: Surroundings) -> Iterator[Ledger]:
    """The ledger as a job would have it now, in a copy that is thrown away.

    Nothing is written, here or into the store. Raises `LichtbriefError` as `take_turn` does, but
    not for another job.
    """
    with copied_ledger(settings) as ledger:
        _settle(Snapshots(ledger, surroundings.store), settings, surroundings)
        yield ledger


@contextmanager
def copied_ledger(settings: Settings) -> Iterator[Ledger]:
    """A copy of this machine's ledger as it is, thrown away in the end."""
    with TemporaryDirectory() as folder:
        _copy(settings.state, Path(folder))
        with Ledger(Path(folder) / LEDGER) as ledger:
            yield ledger


def _copy(state: Path, folder: Path) -> None:
    """Copy the ledger's files as they are at one moment; LichtbriefError while a job writes them.

    The database and what was not yet written into it belong together.
    """
    for _ in range(TRIES):
        before = _marks(state)
        for path in before:
            shutil.copy2(path, folder)
        if before == _marks(state):
            return
        time.sleep(PAUSE)
    raise LichtbriefError(*IN_USE)


def _marks(state: Path) -> dict[Path, tuple[int, int]]:
    files = {path: path.stat() for path in state.glob(f"{LEDGER}*")}
    return {path: (one.st_size, one.st_mtime_ns) for path, one in files.items()}


def _settle(snapshots: Snapshots, settings: Settings, surroundings: Surroundings) -> None:
    restores = surroundings.insists.restores_ledger
    snapshots.settle(any_ring(settings), restores=restores)


def holder_of(settings: Settings) -> str:
    """This machine, as only it can know: a copy of the state folder on another one is another."""
    return machine_key(settings.state).name("lease", socket.gethostname())
