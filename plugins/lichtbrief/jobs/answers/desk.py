"""The desk: what parents answered and what was written to them, for whoever publishes nothing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.answers.notes import Notes
from lichtbrief.jobs.answers.surveys import Surveys
from lichtbrief.jobs.ground.filing import Cabinet
from lichtbrief.jobs.ground.keys import any_ring
from lichtbrief.jobs.ground.surroundings import opened_store
from lichtbrief.settings import Settings

SWITCHED_OFF = (
    "replies are not switched on",
    "set LICHTBRIEF_REPLIES to post, and run lichtbrief weekly, whose letters carry it",
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Replies and notes in the store, and what surveys of each school year have come to."""

    cabinet: Cabinet
    notes: Notes
    surveys: Mapping[int, Surveys] = field(default_factory=dict)


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
        surveys = {year: Surveys(store, ring, year) for year in ring.years}
        yield Desk(Cabinet(store, ring), Notes(store, ring), surveys)


@contextmanager
def answered_desk(settings: Settings) -> Iterator[Desk]:
    """The desk, for what makes no sense without one: raises `LichtbriefError` then, too."""
    with opened_desk(settings) as desk:
        if desk is None:
            raise LichtbriefError(*SWITCHED_OFF)
        yield desk
