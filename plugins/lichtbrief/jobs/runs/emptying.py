"""Emptying the letterboxes between two letters: what came in is carried out, shown and told of."""

from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.answers.desk import SWITCHED_OFF
from lichtbrief.jobs.answers.taking_in import Emptied, note_done
from lichtbrief.jobs.decide.deciding import read_and_decide
from lichtbrief.jobs.ground.keys import any_ring
from lichtbrief.jobs.ground.turn import Turn
from lichtbrief.jobs.runs.inbox import tell
from lichtbrief.jobs.runs.renewing import bring_to_light
from lichtbrief.jobs.runs.weekly import Week
from lichtbrief.site import post_reader


def empty(week: Week, turn: Turn) -> Emptied:
    """Take in everything that lies in the store, and hide at once what must not be seen any more.

    Raises `LichtbriefError`; what could not be carried out then waits for the next run.
    Whatever it was doing when it was killed, the next run ends.
    """
    if not week.settings.answerable:
        raise LichtbriefError(*SWITCHED_OFF)
    taken = week.catch_up()
    if taken.carried_out.renews:
        bring_to_light(week, turn)
    cabinet = week.surroundings.cabinet(any_ring(week.settings))
    note_done(cabinet, taken.waiting)
    decided = read_and_decide(week.settings, post_reader(week.site))
    return Emptied(taken.received, taken.carried_out, *tell(decided, cabinet))
