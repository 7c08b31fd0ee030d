"""Receiving: every object in a letterbox is fetched, opened, judged, filed, and then deleted.

Filed first and deleted afterwards: a run that is killed between the two, on whichever machine, is
followed by one that finds the reply again, knows it by its place, and only deletes it. Fetched and
deleted several at once, judged one after the other.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lichtbrief.editions import Week
from lichtbrief.jobs.answers.aside import Aside
from lichtbrief.jobs.answers.balloting import Ballot, Counted
from lichtbrief.jobs.answers.lying import Lying, box_in
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.filing import Cabinet, Filed
from lichtbrief.replies import (
    SIZES,
    AsideError,
    Body,
    Letterbox,
    Preferences,
    Reply,
    Rights,
    Survey,
    Why,
    open_reply,
)
from lichtbrief.roster import Audience, Kind
from lichtbrief.sealing import KeyRing
from lichtbrief.storage import WORKERS, Stored, remove_all

WEEKS = 5  # links work for a week, and a letter may be made in the week after its own
MOST_PER_LETTER = 100
BATCH = 64  # at most 8 KB each are in memory together


@dataclass(slots=True)
class Received:
    """What came in: how many were filed, how many kept aside, by reason; and answers to surveys,
    which lie where they came in, and what then became of them. `more` when the next run finds more.
    """

    filed: int = 0
    aside: Counter[Why] = field(default_factory=Counter)
    ballots: list[Ballot] = field(default_factory=list, repr=False)
    counted: Counted = field(default_factory=Counted)
    more: bool = False


def letterboxes(decided: Decided, ring: KeyRing, now: datetime) -> Mapping[str, Letterbox]:
    """The letterboxes, by name, of all letters that may still be answered at `now` (aware)."""
    ends = decided.standing.revocations
    found: dict[str, Letterbox] = {}
    monday = Week.of(now.astimezone(decided.settings.zone).date()).monday
    weeks = {Week.of(monday + timedelta(weeks=n)) for n in range(-WEEKS, 2)} | {decided.week}
    for week in weeks:
        if week.school_year in ring.years:
            secret, year = ring.year(week.school_year), week.school_year
            for guardian in decided.roster.guardians.keys() - ends.ended:
                generation = ends.of_letter(guardian, str(week))
                box = Letterbox.of(secret, year, guardian, str(week), generation)
                found[box.name] = box
    return found


@dataclass(slots=True)
class _Known:
    """What is filed already, by school year and id; and how many came by each letterbox."""

    filed: dict[tuple[int, str], Filed]
    counts: Counter[str]

    @classmethod
    def of(cls, known: Iterable[Filed]) -> "_Known":
        made = cls({}, Counter())
        for one in known:
            made.add(one)
        return made

    def add(self, one: Filed) -> None:
        self.filed[one.week.school_year, one.reply.id] = one
        self.counts[box_in(one.place)] += 1


@dataclass(frozen=True, slots=True)
class Receiver:
    """One run over the cabinet's store: what it needs to judge replies, and where they go.

    `forms` are the numbers of the school's forms now; one that is not there is 1; `received`
    is noted as the moment when it came in (aware).
    """

    cabinet: Cabinet
    aside: Aside
    boxes: Mapping[str, Letterbox]
    rights: Rights
    forms: Mapping[tuple[Audience, Kind], int]
    received: datetime

    def run(self, lying: Lying) -> Received:
        """Take in what lies there; raises `LichtbriefError` when the store fails."""
        received, known = Received(more=lying.more), _Known.of(self.cabinet.all())
        room = self.aside.room()
        with ThreadPoolExecutor(WORKERS) as pool:
            for start in range(0, len(lying.objects), BATCH):
                batch, gone = lying.objects[start : start + BATCH], list[str]()
                for stored, data in zip(batch, pool.map(self._fetched, batch), strict=True):
                    try:
                        waits = self._take(stored, data, known, received)
                        gone += [] if waits else [stored.name]
                    except AsideError as aside:
                        received.aside[aside.why] += 1
                        if data and received.aside.total() <= room:
                            self.aside.keep(data, aside.why)
                        gone.append(stored.name)
                remove_all(gone, self.cabinet.store)
        return received

    def _fetched(self, stored: Stored) -> bytes:
        """What is far too large is not even fetched."""
        return self.cabinet.store.get(stored.name) if stored.size <= max(SIZES) else b""

    def _take(self, stored: Stored, data: bytes, known: _Known, received: Received) -> bool:
        """File one object; whether it waits where it is instead, to be counted with others."""
        box = self.boxes.get(box_in(stored.name))
        if box is None:
            raise AsideError(Why.no_letter)
        if known.counts[box.name] >= MOST_PER_LETTER:
            raise AsideError(Why.flood)
        reply = open_reply(data, box)
        if isinstance(reply.body, Survey):
            known.counts[box.name] += 1
            received.ballots.append(Ballot(stored.name, box, reply))
            return True
        received.filed += self._file(reply, stored, box, known)
        return False

    def _file(self, reply: Reply, stored: Stored, box: Letterbox, known: _Known) -> bool:
        """File one reply; False when it was filed before, from this very place."""
        week = Week.parse(box.week)
        before = known.filed.get((box.year, reply.id))
        if before is not None:
            if before.place != stored.name:
                raise AsideError(Why.again)
            return False
        if not self.rights.may(box.guardian, reply.body):
            raise AsideError(Why.rights)
        forms = self._forms(reply.body)
        filed = Filed(reply, box.guardian, week, stored.name, self.received, forms)
        self.cabinet.file(filed)
        known.add(filed)
        return True

    def _forms(self, body: Body) -> Mapping[tuple[Audience, Kind], int]:
        """Of which forms the answers in it are, if it holds any."""
        answers = body.answers if isinstance(body, Preferences) else {}
        return {purpose: self.forms.get(purpose, 1) for purpose in answers}
