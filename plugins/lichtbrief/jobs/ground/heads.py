"""The log's heads in the store: sealed, numbered, never replaced; with them truncation shows.

A head says how many lines the log had, the chain of the last, and what whoever goes on without
the log has to know. Its name is the number of lines, created only if absent: of two machines that
write different logs, the second is refused.
"""

import json
import secrets
from dataclasses import dataclass
from typing import Any

from lichtbrief.consent.log import Chain
from lichtbrief.consent.revoking import continued
from lichtbrief.consent.standing import Standing, summary
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.keys import any_ring
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.ground.series import Series, number_of
from lichtbrief.jobs.ground.surroundings import opened_store
from lichtbrief.sealing import KeyRing
from lichtbrief.settings import Settings
from lichtbrief.storage import Store

FOLDER = "log"
FORMAT = "lichtbrief log head 1"
KEPT = 10
FORKED = (
    "the log on this machine is not the one that the store knows",
    "put back the log of the machine that ran last; or move this one away to go on from there",
)


@dataclass(frozen=True, slots=True)
class Head:
    """The newest head: its name, the log's length and chain then, and what to go on with."""

    name: str
    length: int
    chain: str
    known: dict[str, Any]


def newest_head(store: Store, ring: KeyRing) -> Head | None:
    """The head of the longest log in the store; None when there was none yet.

    Raises `LichtbriefError` for one that does not open: without it nobody knows what was hidden.
    """
    heads = Series(FOLDER, store, ring)
    names = heads.names()
    return _read(heads, names[-1]) if names else None


def _read(heads: Series, name: str) -> Head:
    value = json.loads(heads.open(name))
    if value.pop("format") != FORMAT:
        hint = "use the Lichtbrief that wrote it"
        raise LichtbriefError("the log's head in the store is of another version", hint)
    return Head(name, value.pop("length"), value.pop("chain"), value)


def compare(chain: Chain, head: Head | None) -> str | None:
    """What is wrong with a log beside the store's newest head; None when nothing is."""
    if head is None or (head.length, head.chain) == (chain.length, chain.head):
        return None
    if head.length > chain.length:
        return f"The store knows {head.length} lines, and here are {chain.length}."
    found = [line.chain for line in chain.lines if line.n == head.length]
    if found and found != [head.chain]:
        return f"Line {head.length} is not the one that the store knows."
    return None


def catch_up(log: Log, store: Store, ring: KeyRing) -> None:
    """Go on where the store's newest head is when the log here is shorter, on a fresh machine too.

    What is missing stays missing, and `lichtbrief log verify` says so. Raises `LichtbriefError`
    when the two do not agree.
    """
    chain, head = log.read(), newest_head(store, ring)
    if head is None or compare(chain, head) is None:
        return
    if head.length <= chain.length:
        raise LichtbriefError(*FORKED)
    log.add([continued(head.length, head.chain, head.known)])


def known_anywhere(settings: Settings) -> Standing:
    """What the log here and the newest head in the store come to together; nothing is written.

    For whoever publishes nothing, on a machine that may not be the job's: what was hidden on either
    is hidden. Raises `LichtbriefError` for a store that does not answer, and without its keys.
    """
    log = Log.of(settings.state)
    if settings.store == "local":  # it is in the state folder, as the log is
        return log.standing()
    with opened_store(settings) as store:
        head = newest_head(store, any_ring(settings))
    chain = log.read()
    if head is not None and compare(chain, head) is not None:
        further = continued(head.length, head.chain, head.known)
        chain = chain.add([further], "", secrets.token_bytes)
    return Standing.of(chain.lines)


def put_head(log: Log, store: Store, ring: KeyRing) -> None:
    """Put the head of the log as it is now, unless it is there, and remove all but the last ten.

    Raises `LichtbriefError` when another machine was here first.
    """
    chain = log.read()
    if not chain.lines:
        return
    value = {"format": FORMAT, "length": chain.length, "chain": chain.head}
    text = json.dumps(value | summary(Standing.of(chain.lines)), sort_keys=True).encode()
    heads = Series(FOLDER, store, ring)
    names = heads.names()
    if names and number_of(names[-1]) > chain.length:
        raise LichtbriefError(*FORKED)
    name = heads.name(chain.length)
    if name not in names:
        heads.put(chain.length, text)
        names.append(name)
    if _read(heads, name).chain != chain.head:
        raise LichtbriefError(*FORKED)
    heads.sweep(names, KEPT)
