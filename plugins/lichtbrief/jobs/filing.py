"""The cabinet: replies in the state folder, sealed, each once, under names that tell nothing.

What is kept aside lies beside them as it came: ciphertext, or noise.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from lichtbrief.editions import Week
from lichtbrief.files import write_whole
from lichtbrief.jobs.keys import any_ring
from lichtbrief.replies import Reply, Why, read_reply
from lichtbrief.sealing import KeyRing, Refused, SealedReader, Secret, name_of, seal
from lichtbrief.settings import Settings

FORMAT = "lichtbrief filed reply 1"
FOLDER = "replies"
MOST_ASIDE = 200


@dataclass(frozen=True, slots=True)
class Filed:
    """A reply that was accepted: from whom, of which letter, where it lay, when it was fetched.

    `received` is aware. `done` tells that it was carried out, `told` that those were told of it
    by mail who should know, `unsuitable` that one of the staff has set it aside.
    """

    reply: Reply = field(repr=False)
    guardian: str
    week: Week
    place: str
    received: datetime
    done: bool = False
    told: bool = False
    unsuitable: bool = False


@dataclass(frozen=True, slots=True)
class Cabinet:
    """The replies of the school years in the key ring; destroying a year's secret ends its own."""

    folder: Path
    ring: KeyRing

    @classmethod
    def of(cls, state: Path, ring: KeyRing) -> "Cabinet":
        """The cabinet in a state folder, which need not be there yet."""
        return cls(state / FOLDER, ring)

    @classmethod
    def found(cls, settings: Settings) -> "Cabinet":
        """The cabinet of a school, for whoever looks; without keys where nothing was ever filed.

        Raises `LichtbriefError` when something was, and the publisher's keys are not here.
        """
        if not (settings.state / FOLDER).is_dir():
            return cls.of(settings.state, KeyRing({}))
        return cls.of(settings.state, any_ring(replace(settings, preview=False)))

    def file(self, filed: Filed) -> None:
        """Write it, in place of what was filed under its id; it is on the disk then."""
        secret, name = self._place(filed.week.school_year, filed.reply.id)
        value = {
            "format": FORMAT,
            "reply": filed.reply.text,
            "guardian": filed.guardian,
            "week": str(filed.week),
            "place": filed.place,
            "received": filed.received.isoformat(),
            "done": filed.done,
            "told": filed.told,
            "unsuitable": filed.unsuitable,
        }
        data = seal(secret, ("filed", name), [json.dumps(value, sort_keys=True).encode()])
        write_whole(self._path(filed.week.school_year, name), data)

    def find(self, year: int, reply_id: str) -> Filed | None:
        """What is filed under an id; None when there is nothing, or nothing that can be read."""
        _, name = self._place(year, reply_id)
        return self._read(year, self._path(year, name))

    def all(self) -> tuple[Filed, ...]:
        """Everything that is filed and can be opened, in the order in which it came."""
        found = [each for year in self.ring.years for each in self._of_year(year)]
        return tuple(sorted(found, key=lambda one: (one.received, one.reply.at, one.reply.id)))

    def carried_out(self, filed: Filed) -> Filed:
        """The same, noted as carried out."""
        noted = replace(filed, done=True)
        self.file(noted)
        return noted

    def take_out(self, is_over: Callable[[Filed], bool]) -> int:
        """Remove for good what is over; how many there were."""
        gone = [one for one in self.all() if is_over(one)]
        for one in gone:
            _, name = self._place(one.week.school_year, one.reply.id)
            self._path(one.week.school_year, name).unlink(missing_ok=True)
        return len(gone)

    def room_aside(self) -> int:
        """How much more may be kept aside: of a flood only the beginning is."""
        return MOST_ASIDE - len(list((self.folder / "aside").glob("*")))

    def keep_aside(self, data: bytes, why: Why) -> None:
        """Keep what was not filed, for whoever looks into it."""
        name = f"{why}-{hashlib.sha256(data).hexdigest()[:32]}"
        write_whole(self.folder / "aside" / name, data)

    def _of_year(self, year: int) -> Iterator[Filed]:
        for path in sorted((self.folder / str(year)).glob("*")):
            filed = self._read(year, path)
            if filed is not None:
                yield filed

    def _place(self, year: int, reply_id: str) -> tuple[Secret, str]:
        secret = self.ring.year(year)
        return secret, name_of(secret, "filed", reply_id)

    def _path(self, year: int, name: str) -> Path:
        return self.folder / str(year) / name

    def _read(self, year: int, path: Path) -> Filed | None:
        try:
            data = path.read_bytes()
            reader = SealedReader.unlock(data, self.ring.year(year), ("filed", path.name))
        except (OSError, Refused):
            return None
        value = json.loads(reader.every(())[0])
        return Filed(
            read_reply(value["reply"]),
            value["guardian"],
            Week.parse(value["week"]),
            value["place"],
            datetime.fromisoformat(value["received"]),
            value["done"],
            value["told"],
            value["unsuitable"],
        )
