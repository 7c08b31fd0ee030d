"""Ending every link there is: the key that signs them is deactivated, and everybody gets a new one.

Only the store's host can deactivate a key, so this takes two runs. The first leaves a link behind
that the old key has signed, sealed in the store, so that the second can see it dead, on another
machine too.
"""

import json
from dataclasses import asdict, dataclass
from datetime import timedelta

from lichtbrief.consent.lines import As, Event, What
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.finding import must_be_staff
from lichtbrief.jobs.ground.heads import put_head
from lichtbrief.jobs.ground.kept import SEALED
from lichtbrief.jobs.ground.keys import any_ring
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.ground.people import office_roster
from lichtbrief.jobs.ground.turn import Turn
from lichtbrief.jobs.runs.relinking import Relinked, relink
from lichtbrief.jobs.runs.weekly import Week
from lichtbrief.sealing import KeyRing, SealedReader, seal
from lichtbrief.storage import Store, still_opens

FOLDER = "revoking/"
WHAT = "old link"


@dataclass(frozen=True, slots=True)
class OldLink:
    """A link to itself that the key with this id has signed."""

    key_id: str
    url: str


@dataclass(frozen=True, slots=True)
class Deactivate:
    """What is to be done first: the key with this id signs all links, and signs still."""

    key_id: str


def revoke_all(week: Week, turn: Turn, by: str) -> Deactivate | Relinked:
    """The key to deactivate, while it is the one that signs; else a new link for everybody.

    Raises `LichtbriefError` while a link of the old key opens, when one of the new key does not,
    and for somebody who is not on the staff. A run that is killed is finished by the next.
    """
    must_be_staff(office_roster(week.settings, "ending every link"), by)
    around, ring = week.surroundings, any_ring(week.settings)
    name, signer = f"{FOLDER}{max(ring.years)}", around.signer
    end = around.now() + timedelta(days=week.settings.link_days)
    fresh = OldLink(signer.key_id, signer.sign(name, end.replace(second=0, microsecond=0)))
    old = _read(around.store, ring, name)
    if old is None or old.key_id == signer.key_id:
        _write(around.store, ring, name, fresh)
        return Deactivate(signer.key_id)
    _compare(old, fresh)
    done = relink(week, turn, None)
    if not turn.ledger.due(done.round):
        log = Log.of(week.settings.state, around.now)
        log.add([Event(What.all_revoked, {}, ((As.staff, by),))])
        put_head(log, around.store, ring)
        around.store.delete(name)
    return done


def _compare(old: OldLink, fresh: OldLink) -> None:
    """See that the old key is dead and the new one is not."""
    if still_opens(old.url):
        hint = "deactivate it at the store's host, then run this again"
        raise LichtbriefError(f"links that the key {old.key_id} has signed open still", hint)
    if not still_opens(fresh.url):
        hint = "it must be active and may read objects; then run this again"
        raise LichtbriefError(f"links that the new key {fresh.key_id} signs do not open", hint)


def _read(store: Store, ring: KeyRing, name: str) -> OldLink | None:
    if name not in store.list(name):
        return None
    year = int(name.rpartition("/")[2])
    sealed = SealedReader.unlock(store.get(name), ring.year(year), (WHAT, name))
    return OldLink(**json.loads(sealed.first()))


def _write(store: Store, ring: KeyRing, name: str, link: OldLink) -> None:
    year = int(name.rpartition("/")[2])
    text = json.dumps(asdict(link)).encode()
    store.put(name, seal(ring.year(year), (WHAT, name), [text]), content_type=SEALED)
