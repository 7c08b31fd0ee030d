"""Notes: words of the school in private to one guardian, sealed in the store until they go into
that guardian's letter, and into nothing else.

Who writes needs to see nothing of the store: each note is an object of its own, under a name that
is drawn.
"""

import json
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.finding import must_be_guardian, must_be_staff
from lichtbrief.jobs.ground.kept import open_kept, put_kept
from lichtbrief.replies import read_words
from lichtbrief.roster import Role, Roster, holds, school_year
from lichtbrief.sealing import KeyRing, Refused, name_of
from lichtbrief.settings import Settings
from lichtbrief.storage import WORKERS, Store, remove_all

FORMAT = "lichtbrief note 1"
FOLDER = "notes"


@dataclass(frozen=True, slots=True)
class Note:
    """What one of the staff wrote to a guardian; `at` is the school's local time."""

    guardian: str
    by: str
    at: datetime
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes in a store; destroying a school year's secret ends those of that year.

    Whatever it does raises `LichtbriefError` when the store fails.
    """

    store: Store
    ring: KeyRing

    def add(self, note: Note) -> None:
        """Keep a note; it is in the store when this returns."""
        year = school_year(note.at.date())
        name = f"{FOLDER}/{year}/{name_of(self.ring.year(year), FOLDER, secrets.token_hex(16))}"
        value = {"format": FORMAT, "guardian": note.guardian, "by": note.by, "words": note.words}
        text = json.dumps({**value, "at": note.at.isoformat(timespec="seconds")}, sort_keys=True)
        put_kept(self.store, self.ring, name, text.encode())

    def all(self) -> tuple[Note, ...]:
        """Every note that can be opened, oldest first."""
        return tuple(sorted((note for _, note in self._objects()), key=lambda note: note.at))

    def take_out(self, is_over: Callable[[Note], bool]) -> None:
        """Remove for good what is over, with all versions."""
        remove_all([name for name, note in self._objects() if is_over(note)], self.store)

    def _objects(self) -> list[tuple[str, Note]]:
        names = [n for year in self.ring.years for n in self.store.list(f"{FOLDER}/{year}/")]
        with ThreadPoolExecutor(WORKERS) as pool:
            found = zip(names, pool.map(self._read, names), strict=True)
            return [(name, note) for name, note in found if note is not None]

    def _read(self, name: str) -> Note | None:
        try:
            text = open_kept(self.store, self.ring, name)
        except Refused:
            return None  # not one of ours, or damaged: nobody can read it
        value = json.loads(text)
        at = datetime.fromisoformat(value["at"])
        return Note(value["guardian"], value["by"], at, value["words"])


def note_of(settings: Settings, roster: Roster, guardian: str, by: str, words: str) -> Note:
    """A note for the next letters of a guardian, to be added to the others.

    Raises `LichtbriefError` for unknown people, for somebody who has nothing to do with the
    guardian's children, and for words that no letter can show.
    """
    must_be_guardian(roster, guardian)
    must_be_staff(roster, by)
    note = Note(guardian, by, settings.now().replace(microsecond=0), _checked(words))
    _refuse_stranger(roster, note)
    return note


def _checked(words: str) -> str:
    try:
        checked = read_words(words.replace("\r\n", "\n").strip())
    except ValueError:
        hint = "write plain words, at most 2,000 signs"
        raise LichtbriefError("a letter cannot show these words", hint) from None
    if not checked:
        raise LichtbriefError("there are no words", "type them, or give them on standard input")
    return checked


def _refuse_stranger(roster: Roster, note: Note) -> None:
    """Teachers write to the guardians of their own groups' children; those who lead, to all."""
    staff, day = roster.staff[note.by], note.at.date()
    if staff.role in (Role.management, Role.office):
        return
    related = (row for row in roster.relations if row.guardian == note.guardian and holds(row, day))
    children = {row.pupil for row in related}
    groups = {m.group for m in roster.memberships if m.pupil in children and holds(m, day)}
    if not any(staff.may_post_to(group) for group in groups):
        hint = "the management or the office can write to every guardian"
        raise LichtbriefError("this guardian has no child in the groups of who writes", hint)
