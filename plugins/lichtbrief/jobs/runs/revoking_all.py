"""Ending every link there is: the key that signs them is deactivated, and everybody gets a new one.

Only the store's host can deactivate a key, so this takes two runs. The first leaves a link behind
that the old key has signed, sealed in the store, so that the second can see it dead, on another
machine too. It has been seen to open before, and its own end is known: only the key can have ended
it in between.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import NoReturn

from lichtbrief.consent.lines import As, Event, What
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.finding import must_be_staff
from lichtbrief.jobs.ground.heads import put_head
from lichtbrief.jobs.ground.kept import SEALED
from lichtbrief.jobs.ground.keys import any_ring
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.ground.people import office_roster
from lichtbrief.jobs.ground.turn import Turn
from lichtbrief.jobs.publish.granting import ENDING
from lichtbrief.jobs.runs.relinking import Relinked, relink
from lichtbrief.jobs.runs.weekly import Week
from lichtbrief.sealing import KeyRing, SealedReader, seal
from lichtbrief.storage import Store, still_opens

FOLDER = "revoking/"
WHAT = "old link"


@dataclass(frozen=True, slots=True)
class OldLink:
    """A link to itself that the key with this id has signed, good until `until` (ISO 8601, UTC)."""

    key_id: str
    url: str
    until: str


@dataclass(frozen=True, slots=True)
class Deactivate:
    """What is to be done first: the key with this id signs all links, and signs still."""

    key_id: str


def revoke_all(week: Week, turn: Turn, by: str) -> Deactivate | Relinked:
    """The key to deactivate, while it is the one that signs; else a new link for everybody.

    Raises `LichtbriefError` while a link of the old key opens, when one of the new key does not,
    when the old link has ended by itself, and for somebody who is not on the staff. A run that is
    killed is finished by the next.
    """
    must_be_staff(office_roster(week.settings, "ending every link"), by)
    around, ring = week.surroundings, any_ring(week.settings)
    name, signer = f"{FOLDER}{max(ring.years)}", around.signer
    end = (around.now() + timedelta(days=week.settings.link_days)).replace(second=0, microsecond=0)
    fresh = OldLink(signer.key_id, signer.sign(name, end), end.isoformat())
    old = _read(around.store, ring, name)
    if old is None or old.key_id == signer.key_id:
        _leave(around.store, ring, name, fresh)
        return Deactivate(signer.key_id)
    if datetime.fromisoformat(old.until) <= around.now() + ENDING:
        _give_up(around.store, name, old)
    _compare(old, fresh)
    done = relink(week, turn, None)
    if not turn.ledger.due(done.round):
        log = Log.of(week.settings.state, around.now)
        log.add([Event(What.all_revoked, {}, ((As.staff, by),))])
        put_head(log, around.store, ring)
        around.store.delete(name)
    return done


def _leave(store: Store, ring: KeyRing, name: str, link: OldLink) -> None:
    """Leave a link for the next run, if it opens: what never did says nothing about its key."""
    _write(store, ring, name, link)
    if not still_opens(link.url):
        store.delete(name)
        raise LichtbriefError(
            f"a link that the key {link.key_id} signs does not open, so its end could not be seen",
            "let it read below revoking/ (lichtbrief storage policy signer) and run this again; if"
            " it is deactivated already, sign with another and run lichtbrief relink --all",
        )


def _give_up(store: Store, name: str, old: OldLink) -> NoReturn:
    """Say that nobody can tell any more, and let another run begin anew."""
    store.delete(name)
    raise LichtbriefError(
        f"the link that was to show whether the key {old.key_id} is dead ended by itself at"
        f" {old.until[:16].replace('T', ' ')} UTC",
        f"see at the store's host that {old.key_id} is deactivated, then run lichtbrief relink"
        " --all, which mails everybody a link that the new key has signed",
    )


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
