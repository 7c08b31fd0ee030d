"""Taking in: what parents sent is filed and carried out, before a job decides anything.

So a *no* holds from the moment it is read, whatever becomes of the run or of the machine: the rows
of every answer that was ever filed are written again where `consents.csv` lacks them, as in a fresh
checkout, or a table that was exported anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from lichtbrief.jobs.answers.answering import rights_of
from lichtbrief.jobs.answers.aside import Aside
from lichtbrief.jobs.answers.balloting import Counting
from lichtbrief.jobs.answers.carrying_out import CarriedOut, carry_out, write_answers
from lichtbrief.jobs.answers.lying import Lying, lying_in
from lichtbrief.jobs.answers.receiving import Received, Receiver, letterboxes
from lichtbrief.jobs.decide.deciding import Decided, read_and_decide
from lichtbrief.jobs.ground.filing import Cabinet, Filed, Mark
from lichtbrief.jobs.ground.keys import any_ring
from lichtbrief.jobs.ground.surroundings import Surroundings
from lichtbrief.settings import Settings
from lichtbrief.site import post_reader


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came in, what followed, and which replies are to be noted as carried out once that has
    come to light."""

    received: Received
    carried_out: CarriedOut
    waiting: tuple[Filed, ...]


@dataclass(frozen=True, slots=True)
class Emptied:
    """What one run did: what came in, what followed, of how much the staff were told by mail, and
    of how much they could not be."""

    received: Received
    carried_out: CarriedOut
    told: int
    untold: int

    @property
    def is_news(self) -> bool:
        """Whether anything came in, or came of what had."""
        came = self.received.filed + self.received.aside.total() + self.received.counted.counted
        return bool(came or self.carried_out != CarriedOut.of(()) or self.told or self.untold)


def take_in(site: Mapping[str, Any], settings: Settings, surroundings: Surroundings) -> TakenIn:
    """Take in everything that lies in the letterboxes, and carry out what has not been.

    Raises `LichtbriefError`, also for a filed reply that does not open; the next run goes on.
    """
    cabinet = surroundings.cabinet(any_ring(settings))
    decided, received = None, Received()
    lying = lying_in(surroundings.store) if settings.answerable else Lying()
    if lying.objects:
        decided = read_and_decide(settings, post_reader(site))
        received = _receive(decided, lying, cabinet, surroundings)
    known = cabinet.all()
    waiting = tuple(one for one in known if not one.done)
    if waiting:
        decided = decided or read_and_decide(settings, post_reader(site))
        return TakenIn(received, carry_out(decided, waiting, known), waiting)
    return TakenIn(received, CarriedOut.of(write_answers(settings, known)), waiting)


def note_done(cabinet: Cabinet, waiting: Iterable[Filed]) -> None:
    """Note that these are carried out, and that parents see what followed."""
    for one in waiting:
        cabinet.mark(one, Mark.done)


def _receive(
    decided: Decided, lying: Lying, cabinet: Cabinet, surroundings: Surroundings
) -> Received:
    settings, now = decided.settings, surroundings.now()
    moment = settings.moment  # of a trial
    received_at = moment.replace(tzinfo=settings.zone).astimezone(UTC) if moment else now
    boxes, rights = letterboxes(decided, cabinet.ring, now), rights_of(decided)
    aside, forms = Aside(settings.state), settings.rules.forms
    received = Receiver(cabinet, aside, boxes, rights, forms, received_at).run(lying)
    counting = Counting(decided, rights, cabinet.store, cabinet.ring, received_at)
    received.counted = counting.run(received.ballots)
    return received
