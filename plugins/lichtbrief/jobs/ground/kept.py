"""Sealed objects that jobs keep in the store, `<folder>/<school year>/<name>`, each bound to it.

Created only if absent: of two that write at once, one wins, and neither undoes the other's work.
"""

from lichtbrief.sealing import KeyRing, SealedReader, seal
from lichtbrief.storage import Store

SEALED = "application/octet-stream"


def put_kept(store: Store, ring: KeyRing, name: str, data: bytes) -> None:
    """Put it, sealed with the secret of the year in its name, unless there is one of that name."""
    sealed = seal(ring.year(year_of(name)), (_folder(name), name), [data])
    store.put(name, sealed, content_type=SEALED, absent=True)


def open_kept(store: Store, ring: KeyRing, name: str) -> bytes:
    """What was put under that name; raises `LichtbriefError` when it does not open."""
    secret = ring.year(year_of(name))
    return SealedReader.unlock(store.get(name), secret, (_folder(name), name)).first()


def year_of(name: str) -> int:
    """The school year in the name of such an object."""
    return int(name.split("/")[1])


def _folder(name: str) -> str:
    return name.partition("/")[0]
