"""Receiving: every object in a letterbox is fetched, opened, judged, filed, and then deleted.

Filed first and deleted afterwards: a run that is killed between the two, on whichever machine, is
followed by one that finds the reply again, knows it by its place, and only deletes it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.answers.aside import Aside
from lichtbrief.jobs.answers.balloting import Ballot, Counted
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.filing import Cabinet, Filed
from lichtbrief.replies import (
    FOLDER,
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
from lichtbrief.storage import Stored

WEEKS = 5  # links work for a week, and a letter may be made in the week after its own
MOST_PER_LETTER = 100


@dataclass(slots=True)
class Received:
    """What came in: how many were filed, how many kept aside, by reason; and answers to surveys,
    which lie where they came in, and what then became of them.
    """

    filed: int = 0
    aside: Counter[Why] = field(default_factory=Counter)
    ballots: list[Ballot] = field(default_factory=list, repr=False)
    counted: Counted = field(default_factory=Counted)


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
        self.counts[one.place.split("/")[1]] += 1


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

    def run(self) -> Received:
        """Take in everything that lies there; raises `LichtbriefError` when the store fails."""
        store, received, room = self.cabinet.store, Received(), self.aside.room()
        known = _Known.of(self.cabinet.all())
        for name, stored in sorted(store.list(f"{FOLDER}/").items()):
            box = self.boxes.get(name.split("/")[1])
            try:
                if box is None:
                    raise AsideError(Why.no_letter)
                reply = self._opened(stored, box, known.counts)
                if isinstance(reply.body, Survey):
                    received.ballots.append(Ballot(name, box, reply))
                    continue
                received.filed += self._file(reply, stored, box, known)
            except AsideError as aside:
                received.aside[aside.why] += 1
                if received.aside.total() <= room:
                    self._put_aside(stored, aside.why)
            store.delete(name)
        return received

    def _opened(self, stored: Stored, box: Letterbox, counts: Counter[str]) -> Reply:
        if stored.size not in SIZES:
            raise AsideError(Why.size)
        if counts[box.name] >= MOST_PER_LETTER:
            raise AsideError(Why.flood)
        reply = open_reply(self.cabinet.store.get(stored.name), box)
        counts[box.name] += isinstance(reply.body, Survey)
        return reply

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

    def _put_aside(self, stored: Stored, why: Why) -> None:
        """What is far too large is not even fetched."""
        if stored.size <= max(SIZES):
            try:
                self.aside.keep(self.cabinet.store.get(stored.name), why)
            except LichtbriefError:
                return  # whoever put it there has taken it away
