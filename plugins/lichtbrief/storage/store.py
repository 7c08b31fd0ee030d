"""What Lichtbrief asks of a store: six verbs. And the store that only says what it would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, Protocol

WORKERS = 8
"""How many objects travel at once; the S3 client keeps as many connections open."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An object in the store: its name (without the store's prefix), size in bytes and etag."""

    name: str
    size: int
    etag: str


class Store(Protocol):
    """A place for named, unchanging bytes. Every refusal is a `LichtbriefError`."""

    def list(self, prefix: str = "") -> dict[str, Stored]:
        """Every object whose name begins with `prefix`, by name."""
        ...

    def page(self, prefix: str, after: str) -> Sequence[Stored]:
        """The first of these whose names come after `after`, by their bytes: at most 1,000."""
        ...

    def put(
        self,
        name: str,
        data: bytes,
        *,
        content_type: str,
        encoding: str | None = None,
        absent: bool = False,
    ) -> str:
        """Store `data` under `name` and return the stored object's etag.

        What is there is replaced, and goes with every version.

        With `absent`, the store itself refuses to replace (one of many writers wins): an object
        that is already there stays as it is, which is no error, and *its* etag is returned.
        A content-addressed name cannot hold anything else; who takes a lease reads it back.
        """
        ...

    def get(self, name: str) -> bytes:
        """The bytes as they were stored (compressed ones stay compressed)."""
        ...

    def delete(self, name: str) -> None:
        """Remove every version and delete marker of `name`; an absent object is fine."""
        ...

    def age(self, name: str) -> timedelta:
        """How long ago the object was stored, by the store's own clock on both ends, in seconds."""
        ...


@dataclass(frozen=True, slots=True)
class Intent:
    """What a dry run would have done: the verb, the object's name and (for a put) its size."""

    verb: Literal["put", "delete"]
    name: str
    size: int = 0


class DryRun:
    """A `Store` that reads from another and writes nothing; `intents` is what it would have done.

    It does not pretend: `list` and `get` go on showing the store as it is.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.intents: list[Intent] = []

    def list(self, prefix: str = "") -> dict[str, Stored]:
        """The real store's objects."""
        return self._store.list(prefix)

    def page(self, prefix: str, after: str) -> Sequence[Stored]:
        """Some of the real store's objects."""
        return self._store.page(prefix, after)

    def put(
        self,
        name: str,
        data: bytes,
        *,
        content_type: str,
        encoding: str | None = None,
        absent: bool = False,
    ) -> str:
        """Remember the put; the etag is empty, which no stored object's is."""
        self.intents.append(Intent("put", name, len(data)))
        return ""

    def get(self, name: str) -> bytes:
        """The real store's bytes."""
        return self._store.get(name)

    def age(self, name: str) -> timedelta:
        """The age of the real store's object."""
        return self._store.age(name)

    def delete(self, name: str) -> None:
        """Remember the deletion."""
        self.intents.append(Intent("delete", name))
