"""Numbered sealed objects in one folder of the store: created only if absent, never replaced.

So two machines that write at the same time cannot both believe that theirs is the newest, on any
store that honours `If-None-Match: *`. Of a series only the last few are kept.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lichtbrief.jobs.ground.kept import open_kept, put_kept
from lichtbrief.sealing import KeyRing
from lichtbrief.storage import Store, remove_all


@dataclass(frozen=True, slots=True)
class Series:
    """The objects `<folder>/<school year of the secret>/<number>`."""

    folder: str
    store: Store
    ring: KeyRing

    def names(self) -> list[str]:
        """The names of all that are there, lowest number first."""
        pattern = re.compile(rf"{self.folder}/20[0-9]{{2}}/[0-9]{{9}}")
        return sorted(filter(pattern.fullmatch, self.store.list(f"{self.folder}/")), key=number_of)

    def open(self, name: str) -> bytes:
        """What was put under that name; raises `LichtbriefError` when it does not open."""
        return open_kept(self.store, self.ring, name)

    def put(self, number: int, data: bytes) -> str:
        """Create the object with that number, unless there is one; the name.

        Whoever must know whose it is opens it again.
        """
        name = self.name(number)
        put_kept(self.store, self.ring, name, data)
        return name

    def name(self, number: int) -> str:
        """The name of an object that is sealed now: with the newest secret."""
        return f"{self.folder}/{max(self.ring.years)}/{number:09}"

    def sweep(self, names: Sequence[str], kept: int) -> None:
        """Delete all but the last `kept` of these."""
        remove_all(names[:-kept], self.store)


def number_of(name: str) -> int:
    """The number at the end of a name."""
    return int(name.rpartition("/")[2])
