"""The public keys in force: what staff.csv says, and what it said before a column was lost.

A table that the office exports anew may lack the column, or a cell. Letters would then, without a
word to anybody, let everything be written to the whole office that was for one. So each key is
kept in the store, and serves until the cell holds another, or `none`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from lichtbrief.jobs.ground.kept import open_kept, put_kept
from lichtbrief.roster import Staff, point_of
from lichtbrief.sealing import KeyRing, Refused, name_of
from lichtbrief.storage import Store

FOLDER = "own-keys"
FORMAT = "lichtbrief kept own key 1"


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """The keys of the staff, kept in a store; whatever it does raises `LichtbriefError` when that
    fails."""

    store: Store
    ring: KeyRing

    def in_force(self, staff: Iterable[Staff]) -> Mapping[str, str]:
        """The key of each who has one, by id, as staff.csv has it."""
        kept = self._kept()
        found = {one.id: one.key or kept.get(one.id, "") for one in staff}
        return {id_: key for id_, key in found.items() if point_of(key)}

    def keep(self, keys: Mapping[str, str], year: int, now: datetime) -> None:
        """Keep these with the secret of a school year; `now` (aware) is since when they serve."""
        there = self.store.list(f"{FOLDER}/{year}/")
        for id_, key in keys.items():
            name = f"{FOLDER}/{year}/{name_of(self.ring.year(year), FOLDER, key)}"
            if name not in there:
                value = {"format": FORMAT, "staff": id_, "key": key, "since": now.isoformat()}
                put_kept(self.store, self.ring, name, json.dumps(value, sort_keys=True).encode())

    def _kept(self) -> Mapping[str, str]:
        """The newest key of each, by id."""
        names = [name for year in self.ring.years for name in self.store.list(f"{FOLDER}/{year}/")]
        values = [value for name in names if (value := self._read(name))]
        return {
            str(value["staff"]): str(value["key"])
            for value in sorted(values, key=lambda value: datetime.fromisoformat(value["since"]))
        }

    def _read(self, name: str) -> Mapping[str, str] | None:
        try:
            value: Mapping[str, str] = json.loads(open_kept(self.store, self.ring, name))
        except Refused:
            return None  # not one of ours, or damaged: nobody's key
        return value
