"""The desk: what parents answered and what was written to them, for whoever publishes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from lichtbrief.jobs.filing import Cabinet
from lichtbrief.jobs.keys import any_ring
from lichtbrief.jobs.notes import Notes
from lichtbrief.jobs.surroundings import opened_store
from lichtbrief.settings import Settings


@dataclass(frozen=True, slots=True)
class Desk:
    """Replies and notes, in the store."""

    cabinet: Cabinet
    notes: Notes


@contextmanager
def opened_desk(settings: Settings) -> Iterator[Desk | None]:
    """The desk; None where letters are not answered.

    Raises `LichtbriefError` without the publisher's keys, and when the store cannot be used.
    """
    if not settings.answerable:
        yield None
        return
    ring = any_ring(replace(settings, preview=False))
    with opened_store(settings) as store:
        yield Desk(Cabinet(store, ring), Notes(store, ring))
