"""Which letters there should be now: for whom, of which editions, until when.

A letter of the week asked for is new, or goes on as it is while its mailed link works. Letters of
other weeks whose links still work are kept up to date under their own names, so that a link that
was mailed shows what may be seen now; they are never prolonged.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lichtbrief.delivery import State, StoredLetter
from lichtbrief.editions import Week
from lichtbrief.jobs.answers.answering import Answering
from lichtbrief.jobs.answers.reminding import Reminding
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.manifest import Entry, Manifest
from lichtbrief.jobs.publish.archive import Archive, archive_of, older_than
from lichtbrief.letters import Letterhead
from lichtbrief.replies import Letterbox
from lichtbrief.roster import Delivery, Guardian
from lichtbrief.sealing import (
    KeyRing,
    Secret,
    fingerprint_of,
    letter_key,
    name_of,
    of_generation,
)
from lichtbrief.theme import Theme

FOLDER = "letters"
ENDING = timedelta(minutes=30)  # too short to write a letter anew and read it back
RENEW = timedelta(days=1)  # how much shorter than a new link an unsent one may be


@dataclass(frozen=True, slots=True)
class LetterTask:
    """One letter that should lie in the store.

    `editions` are the week's, `older` those of earlier weeks of the school year that this guardian
    may read, newest first. `reader` is the name that the letter shows, or empty.
    `stored` is the letter as it lies there already, when it is this one exactly; `until` (aware)
    is when its links end; `fingerprint` a keyed hash of what it says, but for the links;
    `generation` counts how often this guardian's access was ended since that week. `asks` is what
    can be answered, `record` the yearly round's section, or empty.
    """

    name: str
    letter_id: str
    week: Week
    guardian: str
    language: str
    editions: tuple[Entry, ...]
    older: tuple[Entry, ...]
    reader: str
    until: datetime
    fingerprint: str
    stored: StoredLetter | None
    generation: int = 0
    asks: Mapping[str, object] = field(default_factory=dict)
    record: str = field(default="", repr=False)

    def put_as(self, etag: str) -> StoredLetter:
        """The letter as the ledger knows it once it lies in the store under this etag."""
        return StoredLetter(self.name, self.week, self.guardian, self.fingerprint, etag, self.until)

    def box(self, ring: KeyRing) -> Letterbox:
        """Where it is answered to."""
        year = self.week.school_year
        return Letterbox.of(ring.year(year), year, self.guardian, str(self.week), self.generation)

    def key(self, ring: KeyRing) -> Secret:
        """The 16 bytes that open it."""
        secret = ring.year(self.week.school_year)
        return letter_key(secret, self.guardian, str(self.week), self.generation)


def letter_id_of(secret: Secret, guardian: str, week: Week, generation: int) -> str:
    """The opaque name of a letter, from the school year's secret (FORMAT.md, "Letter")."""
    return name_of(secret, "letter", *of_generation(generation, guardian, str(week)))


def letter_name(secret: Secret, guardian: str, week: Week, generation: int) -> str:
    """The name of a letter's object in the store."""
    return f"{FOLDER}/{letter_id_of(secret, guardian, week, generation)}.html"


@dataclass(frozen=True, slots=True)
class Granting:
    """What granting looks at: the decided roster, this run's editions, the ledger, and the time.

    `key_ids` name the keys that sign: with another one every letter is written anew. `prolongs`
    says whether the asked week's letters are made, and prolonged until they are mailed; else only
    those are kept up to date whose links work. `fresh` are the guardians who get a link of full
    length in any case, and the week of the letter that it leads to.
    """

    decided: Decided
    manifest: Manifest
    ring: KeyRing
    theme: Theme
    letterhead: Letterhead
    known: Mapping[str, StoredLetter]
    states: Mapping[str, State]
    now: datetime
    key_ids: Sequence[str] = ()
    prolongs: bool = True
    fresh: Mapping[str, Week] = field(default_factory=dict)
    answering: Answering | None = None
    reminding: Reminding | None = None

    @property
    def week(self) -> Week:
        """The week that is asked for."""
        return self.decided.week

    @property
    def fresh_until(self) -> datetime:
        """When a link made now ends, to the minute."""
        end = self.now + timedelta(days=self.decided.settings.link_days)
        return end.replace(second=0, microsecond=0)

    def letters(self) -> tuple[LetterTask, ...]:
        """Every letter that there should be: the asked week's first, each in order of guardian."""
        alive = {k.week for k in self.known.values() if k.until > self.now + ENDING}
        archive = archive_of(self.manifest, self.decided.roster, self.decided.moment.date())
        weeks = (self.week, *sorted({*alive, *self.fresh.values()} - {self.week}))
        return tuple(task for week in weeks for task in self._of_week(week, archive))

    def unmailed(self) -> Counter[Delivery]:
        """How many guardians may read this week, but get no mail: they read on paper."""
        readers = self.decided.readers(self.week)
        ways = (self.decided.roster.guardians[guardian].delivery for guardian in readers)
        return Counter(way for way in ways if way is Delivery.paper)

    def _of_week(self, week: Week, archive: Archive) -> Iterable[LetterTask]:
        readers = self.decided.readers(week)
        for guardian, groups in sorted(readers.items()):
            person = self.decided.roster.guardians[guardian]
            entries = self._entries(week, groups)
            if person.delivery is not Delivery.paper and entries:
                older = older_than(week, archive.get(guardian, ()))
                task = self._letter(week, person, entries, older)
                if task is not None:
                    yield task

    def _entries(self, week: Week, groups: Iterable[str]) -> tuple[Entry, ...]:
        found = (self.manifest.edition(group, week) for group in groups)
        return tuple(entry for entry in found if entry is not None)

    def _letter(
        self, week: Week, person: Guardian, entries: tuple[Entry, ...], older: tuple[Entry, ...]
    ) -> LetterTask | None:
        secret = self.ring.year(week.school_year)
        generation = self.decided.standing.revocations.of_letter(person.id, str(week))
        letter_id = letter_id_of(secret, person.id, week, generation)
        name = letter_name(secret, person.id, week, generation)
        known = self.known.get(name)
        until = self._until(week, person.id, known)
        if until is None:
            return None
        reader = person.name if self.decided.settings.mark else ""
        said = [person.language, reader, self.theme.digest(), *self.key_ids, *self.letterhead.said]
        asks = self.answering.asks(person.id) if self.answering else {}
        said += [json.dumps(asks, sort_keys=True)] if asks else []
        record = self.reminding.record(person.id, week) if self.reminding else ""
        said += [record] if record else []
        text = json.dumps([said, *([entry.name for entry in some] for some in (entries, older))])
        identity = fingerprint_of(secret, text.encode())
        same = known and (known.fingerprint, known.until) == (identity, until)
        return LetterTask(
            name=name,
            letter_id=letter_id,
            week=week,
            guardian=person.id,
            language=person.language,
            editions=entries,
            older=older,
            reader=reader,
            until=until,
            fingerprint=identity,
            stored=known if same else None,
            generation=generation,
            asks=asks,
            record=record,
        )

    def _until(self, week: Week, guardian: str, known: StoredLetter | None) -> datetime | None:
        """When this letter's links should end; None when there should be no letter (any more)."""
        alive = known.until if known and known.until > self.now + ENDING else None
        mailed = not self.prolongs or self.states.get(guardian) is State.SENT
        if self.fresh.get(guardian) != week and (week != self.week or mailed):
            return alive
        if alive is not None and alive >= self.fresh_until - RENEW:
            return alive
        return self.fresh_until
