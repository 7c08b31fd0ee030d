"""The cabinet: replies in the store, sealed, each once, under names that tell nothing.

A reply is an object that is created only if absent, and never changed. What becomes of it are
marks: further objects, which say all that they say by being there. So every machine finds the same,
two that write at once cannot undo each other's work, and one with an empty disk has lost nothing.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial

from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.kept import SEALED, open_kept, put_kept, year_of
from lichtbrief.replies import Reply, read_reply
from lichtbrief.roster import Audience, Kind
from lichtbrief.sealing import KeyRing, Refused, name_of
from lichtbrief.storage import WORKERS, Store, remove_all

FORMAT = "lichtbrief filed reply 2"
FOLDER = "filed"
MARKS = "marks"
UNREADABLE = (
    "a filed reply in the store does not open, and it may be a parent's no",
    "put back the key ring of that year; if the object is damaged, delete it there, and ask that"
    " parent again",
)
TIME_ZONES = timedelta(days=1)


class Mark(StrEnum):
    """What may become of a reply: it was carried out; those who should know of it were told by
    mail; one of the staff has set it aside."""

    done = "done"
    told = "told"
    unsuitable = "unsuitable"


@dataclass(frozen=True, slots=True)
class Filed:
    """A reply that was accepted: from whom, of which letter, where it lay, when it was fetched.

    `received` is aware. `forms` are the numbers of the forms of the answers in it, as they were.
    """

    reply: Reply = field(repr=False)
    guardian: str
    week: Week
    place: str
    received: datetime
    forms: Mapping[tuple[Audience, Kind], int] = field(default_factory=dict)
    marks: frozenset[Mark] = frozenset()

    @property
    def said(self) -> datetime:
        """When it was said."""
        return said_at(self.reply, self.week, self.received)

    @property
    def done(self) -> bool:
        """Whether it was carried out."""
        return Mark.done in self.marks

    @property
    def told(self) -> bool:
        """Whether those who should know of it were told by mail."""
        return Mark.told in self.marks

    @property
    def unsuitable(self) -> bool:
        """Whether one of the staff has set it aside."""
        return Mark.unsuitable in self.marks


def said_at(reply: Reply, week: Week, received: datetime) -> datetime:
    """By the sender's clock, unless that cannot be right: then, when it came in.

    A telephone whose clock is wrong must not lose a parent's *no*.
    """
    earliest = datetime.combine(week.monday, datetime.min.time(), UTC) - TIME_ZONES
    return reply.at if earliest <= reply.at <= received else received


@dataclass(frozen=True, slots=True)
class Cabinet:
    """The replies of the school years in the key ring; destroying a year's secret ends its own.

    `opened` keeps what was read, which never changes. Whatever it does raises `LichtbriefError`
    when the store fails.
    """

    store: Store
    ring: KeyRing
    opened: dict[str, Filed] = field(default_factory=dict, repr=False, compare=False)

    def file(self, filed: Filed) -> None:
        """File it, unless something is filed under its id; it is in the store then."""
        value = {
            "format": FORMAT,
            "reply": filed.reply.text,
            "guardian": filed.guardian,
            "week": str(filed.week),
            "place": filed.place,
            "received": filed.received.isoformat(),
            "forms": {"/".join(purpose): form for purpose, form in filed.forms.items()},
        }
        text = json.dumps(value, sort_keys=True).encode()
        put_kept(self.store, self.ring, self._name(filed), text)

    def all(self) -> tuple[Filed, ...]:
        """Everything that is filed, with its marks, in the order in which it came.

        Raises `LichtbriefError` for what does not open, too: it may be a *no*.
        """
        names, marks = self._names(FOLDER), frozenset(self._names(MARKS))
        with ThreadPoolExecutor(WORKERS) as pool:
            found = tuple(pool.map(partial(self._read, marks=marks), names))
        return tuple(sorted(found, key=lambda one: (one.received, one.reply.at, one.reply.id)))

    def mark(self, filed: Filed, mark: Mark, handed: bytes = b"") -> Filed:
        """The same with this mark, which it has in the store then; `handed` goes with it, sealed,
        for whoever looks at it because of that mark."""
        if mark not in filed.marks:
            name = self._marked(self._name(filed), mark)
            if handed:
                put_kept(self.store, self.ring, name, handed)
            else:
                self.store.put(name, b"", content_type=SEALED, absent=True)
        return replace(filed, marks=filed.marks | {mark})

    def handed(self, filed: Filed) -> bytes | None:
        """What went with its being set aside, or None.

        Raises `LichtbriefError` for what does not open.
        """
        name = self._marked(self._name(filed), Mark.unsuitable)
        there = self.store.list(name).get(name) if filed.unsuitable else None
        return open_kept(self.store, self.ring, name) if there and there.size else None

    def take_out(self, is_over: Callable[[Filed], bool]) -> int:
        """Remove for good what is over, with all versions; how many there were."""
        gone = [self._name(one) for one in self.all() if is_over(one)]
        marks = {self._marked(name, mark) for name in gone for mark in Mark}
        remove_all([*gone, *sorted(marks.intersection(self._names(MARKS)))], self.store)
        return len(gone)

    def _names(self, folder: str) -> Iterator[str]:
        """Of each year whose secret there is; of others nobody can say anything."""
        for year in self.ring.years:
            yield from self.store.list(f"{folder}/{year}/")

    def _name(self, filed: Filed) -> str:
        return self._named(FOLDER, filed.week.school_year, filed.reply.id)

    def _marked(self, name: str, mark: Mark) -> str:
        return self._named(MARKS, year_of(name), name, mark)

    def _named(self, folder: str, year: int, *fields: str) -> str:
        return f"{folder}/{year}/{name_of(self.ring.year(year), folder, *fields)}"

    def _read(self, name: str, marks: frozenset[str]) -> Filed:
        if name not in self.opened:
            self.opened[name] = self._open(name)
        own = frozenset(mark for mark in Mark if self._marked(name, mark) in marks)
        return replace(self.opened[name], marks=own)

    def _open(self, name: str) -> Filed:
        try:
            text = open_kept(self.store, self.ring, name)
        except Refused:
            raise LichtbriefError(*UNREADABLE) from None
        value = json.loads(text)
        return Filed(
            read_reply(value["reply"]),
            value["guardian"],
            Week.parse(value["week"]),
            value["place"],
            datetime.fromisoformat(value["received"]),
            dict(_forms(value["forms"])),
        )


def _forms(value: Mapping[str, int]) -> Iterable[tuple[tuple[Audience, Kind], int]]:
    for purpose, form in value.items():
        audience, kind = purpose.split("/")
        yield (Audience(audience), Kind(kind)), form
