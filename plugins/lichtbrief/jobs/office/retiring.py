"""Retiring a school year: its objects go, and then the secret without which copies say nothing.

The log says first that the year is retired, so that no run makes it anew; the secret goes last,
so that a run that is killed can be run again.
"""

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, timedelta

from lichtbrief.consent.lines import Event, What
from lichtbrief.delivery import Ledger
from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.answers.notes import FOLDER as NOTES
from lichtbrief.jobs.answers.own_keys import FOLDER as OWN_KEYS
from lichtbrief.jobs.answers.reminding import FOLDER as REMINDERS
from lichtbrief.jobs.answers.surveys import FOLDER as SURVEYS
from lichtbrief.jobs.ground.cache import prune
from lichtbrief.jobs.ground.filing import FOLDER as FILED
from lichtbrief.jobs.ground.filing import MARKS
from lichtbrief.jobs.ground.heads import FOLDER as HEADS
from lichtbrief.jobs.ground.heads import catch_up, put_head
from lichtbrief.jobs.ground.keys import ENVIRONMENT, any_ring
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.ground.manifest import EDITIONS
from lichtbrief.jobs.ground.snapshots import FOLDER as SNAPSHOTS
from lichtbrief.jobs.ground.surroundings import Surroundings
from lichtbrief.jobs.ground.turn import Turn, take_turn
from lichtbrief.jobs.publish.granting import FOLDER as LETTERS
from lichtbrief.sealing import KeyRing, drop_year
from lichtbrief.settings import Settings
from lichtbrief.storage import remove_all, verify_gone

SOON = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Retired:
    """How many objects went with a school year, and the years whose secrets are still there."""

    year: int
    objects: int
    left: tuple[int, ...]


def retire(settings: Settings, surroundings: Surroundings, year: int) -> Retired:
    """Destroy a school year for good; raises `LichtbriefError`, and can be run again then."""
    ring = any_ring(settings)
    ring.year(year)
    if os.environ.get(ENVIRONMENT):
        hint = f"take the year out of {ENVIRONMENT} where that is kept"
        raise LichtbriefError(f"the key ring comes from {ENVIRONMENT}", hint)
    others = KeyRing({each: secret for each, secret in ring.years.items() if each != year})
    with take_turn(settings, surroundings) as turn:
        log = Log.of(settings.state, surroundings.now)
        catch_up(log, surroundings.store, ring)
        log.add([Event(What.key_retired, {"year": year})])
        _keep(log, turn, surroundings, others)
        objects = _delete(log, turn.ledger, surroundings, year)
        prune(settings.cache, ())
        shutil.rmtree(settings.output / EDITIONS / str(year), ignore_errors=True)
        drop_year(settings.key_ring, year)
        _keep(log, turn, surroundings, others)
    return Retired(year, objects, tuple(others.years))


def _keep(log: Log, turn: Turn, surroundings: Surroundings, ring: KeyRing) -> None:
    """What a fresh machine has to know stays known, sealed with the secrets that are left."""
    if ring.years:
        put_head(log, surroundings.store, ring)
        turn.snapshots.put(ring)


def _delete(log: Log, ledger: Ledger, surroundings: Surroundings, year: int) -> int:
    """Delete every object of the year, and see that they are gone."""
    standing, store = log.standing(), surroundings.store
    letters = {each.name for each in ledger.letters() if each.week.school_year == year}
    known = {n for n, (week, _) in standing.letters.items() if Week.parse(week).school_year == year}
    folders = EDITIONS, HEADS, SNAPSHOTS, FILED, MARKS, NOTES, OWN_KEYS, REMINDERS, SURVEYS
    names = {name for folder in folders for name in store.list(f"{folder}/{year}/")}
    names |= store.list(f"{LETTERS}/").keys() & (letters | known)
    remove_all(sorted(names), store)
    editions = {n for n, (_, w) in standing.editions.items() if Week.parse(w).school_year == year}
    gone = sorted(names | letters | known | editions)
    until = (surroundings.now().astimezone(UTC) + SOON).replace(microsecond=0)
    verify_gone(gone, surroundings.signer, until)
    for name in letters:
        ledger.forget(name)
    log.add(standing.gone(gone))
    return len(names)
