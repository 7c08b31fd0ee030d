"""The ledger's snapshots in the store: sealed, numbered, never replaced.

So a job on a machine with an empty disk goes on where the last one was. A ledger that is older
than the newest snapshot, or has gone another way, is refused: it would mail some a second time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lichtbrief.delivery import Ledger, Snapshot, snapshot_in
from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.series import Series, number_of
from lichtbrief.sealing import KeyRing
from lichtbrief.storage import Store

FOLDER = "ledger"
KEPT = 5
TODO = "if the job ran elsewhere last, run this with --restore-ledger: it takes the store's copy"


@dataclass(slots=True)
class Snapshots:
    """The snapshots of one job's ledger; `last` is the number of the newest that it knows of."""

    ledger: Ledger
    store: Store
    last: int = 0

    def settle(self, ring: KeyRing, *, restores: bool = False) -> None:
        """Know what the newest snapshot knows: an empty ledger becomes it.

        So does any other with `restores`. Raises `LichtbriefError` for a ledger that is not the one
        that the snapshot was made of, and for a snapshot that does not open.
        """
        series = self._series(ring)
        names = series.names()
        if not names:
            return
        copy = series.open(names[-1])
        newest = snapshot_in(copy)
        if restores or self.ledger.is_empty:
            self.ledger.copies.put_back(copy)
        self._recognise(newest)
        self.ledger.copies.forget_before(newest.number)

    def put(self, ring: KeyRing, week: Week | None = None, coming: Sequence[str] = ()) -> None:
        """Put a further snapshot and see that it is there; see `Copies.make`.

        Raises `LichtbriefError` when another job has put one in the meantime.
        """
        series = self._series(ring)
        names = series.names()
        if names and number_of(names[-1]) != self.last:
            # Ours too, when the store took it and the word of that was lost.
            self._recognise(snapshot_in(series.open(names[-1])))
        number, copy = self.ledger.copies.make(week, coming)
        self._recognise(snapshot_in(series.open(series.put(number, copy))))

    def sweep(self, ring: KeyRing) -> None:
        """Delete all but the last few."""
        series = self._series(ring)
        series.sweep(series.names(), KEPT)

    def _recognise(self, there: Snapshot) -> None:
        """Take note that this one is in the store; refuse when it was not made of this ledger."""
        copies = self.ledger.copies
        if not copies.has(there):
            here = copies.newest()
            raise _refusal(there.number, here.number if here else 0)
        self.last = there.number

    def _series(self, ring: KeyRing) -> Series:
        return Series(FOLDER, self.store, ring)


def _refusal(there: int, here: int) -> LichtbriefError:
    if 0 < here < there:
        what = f"the ledger on this machine is older (snapshot {here}) than the store's ({there})"
    else:
        what = f"the ledger on this machine is not the one of which the store has snapshot {there}"
    return LichtbriefError(what, TODO)
