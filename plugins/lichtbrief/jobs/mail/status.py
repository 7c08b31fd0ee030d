"""How far a week's mails are, from this machine's ledger or the store's; nothing is changed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from lichtbrief.delivery import Day, Ledger, Snapshot, State, Unsent
from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.keys import any_ring
from lichtbrief.jobs.ground.snapshots import Snapshots
from lichtbrief.jobs.ground.turn import copied_ledger, holder_of
from lichtbrief.settings import Settings
from lichtbrief.storage import Store, Work, work_at


@dataclass(frozen=True, slots=True)
class OfDay:
    """How far the mails of one day are, as a week's are."""

    day: Day
    frozen: int
    counts: Mapping[State, int]


@dataclass(frozen=True, slots=True)
class Status:
    """How far one week's mails are.

    `frozen` is how many were to be mailed before the first; the states add up to it. `earlier`
    counts those of earlier weeks who have no mail yet. `days` are the week's days on which news was
    mailed; whoever was not reached on one of them is in `unsent` too. `is_stores` says that this
    comes from the store's snapshot, which knew more than this machine. `work` is a job that is at
    work now, and `is_here` whether it is one of this machine.
    """

    week: Week
    frozen: int
    counts: Mapping[State, int]
    unsent: tuple[Unsent, ...]
    earlier: Mapping[Week, int]
    snapshot: Snapshot | None
    is_stores: bool
    work: Work | None
    is_here: bool
    days: tuple[OfDay, ...] = ()


def status(settings: Settings, store: Store | None, week: Week) -> Status:
    """Look at the ledger, and at the store unless it is None; raises `LichtbriefError`."""
    work = work_at(store) if store else None
    with newest_ledger(settings, store) as (ledger, is_stores):
        days = days_of(ledger, week)
        return Status(
            week,
            ledger.frozen(week),
            ledger.counts(week),
            tuple(one for each in (week, *days) for one in ledger.unsent(each)),
            ledger.waiting(week),
            ledger.copies.newest(),
            is_stores,
            work,
            work is not None and work.holder == holder_of(settings),
            tuple(OfDay(day, ledger.frozen(day), ledger.counts(day)) for day in days),
        )


def days_of(ledger: Ledger, week: Week) -> tuple[Day, ...]:
    """The days of that week on which news was mailed, in order."""
    return tuple(one for one in ledger.told.occasions(week, week) if isinstance(one, Day))


@contextmanager
def newest_ledger(settings: Settings, store: Store | None) -> Iterator[tuple[Ledger, bool]]:
    """A copy of the ledger that knows most, and whether that is the store's (None: do not ask)."""
    with copied_ledger(settings) as ledger:
        yield ledger, store is not None and _catch_up(settings, ledger, store)


def _catch_up(settings: Settings, ledger: Ledger, store: Store) -> bool:
    """Know what the store's snapshot knows, if that is more; whether it was."""
    here, ring = ledger.copies.newest(), any_ring(settings)
    snapshots = Snapshots(ledger, store)
    try:
        snapshots.settle(ring)
    except LichtbriefError:
        snapshots.settle(ring, restores=True)
    return ledger.copies.newest() != here
