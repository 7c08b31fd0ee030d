"""Notes: words of the school in private to one guardian, sealed in the state folder until they go
into that guardian's letter, and into nothing else.
"""

import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from lichtbrief.errors import LichtbriefError
from lichtbrief.files import write_whole
from lichtbrief.jobs.finding import must_be_guardian, must_be_staff
from lichtbrief.jobs.keys import any_ring
from lichtbrief.replies import read_words
from lichtbrief.roster import Role, Roster, holds, school_year
from lichtbrief.sealing import KeyRing, Refused, SealedReader, name_of, seal
from lichtbrief.settings import Settings

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
    """The notes in a state folder; destroying a school year's secret ends those of that year."""

    folder: Path
    ring: KeyRing

    @classmethod
    def found(cls, settings: Settings) -> "Notes":
        """A school's notes, for whoever looks; without keys where none was ever written."""
        folder = settings.state / FOLDER
        if not folder.is_dir():
            return cls(folder, KeyRing({}))
        return cls(folder, any_ring(replace(settings, preview=False)))

    def add(self, note: Note) -> None:
        """Keep a note; it is on the disk when this returns."""
        secret = self.ring.year(school_year(note.at.date()))
        name = name_of(secret, "note", secrets.token_hex(16))
        value = {"format": FORMAT, "guardian": note.guardian, "by": note.by, "words": note.words}
        text = json.dumps({**value, "at": note.at.isoformat(timespec="seconds")}, sort_keys=True)
        data = seal(secret, ("note", name), [text.encode()])
        write_whole(self.folder / str(school_year(note.at.date())) / name, data)

    def all(self) -> tuple[Note, ...]:
        """Every note that can be opened, oldest first."""
        return tuple(sorted((note for _, note in self._files()), key=lambda note: note.at))

    def take_out(self, is_over: Callable[[Note], bool]) -> None:
        """Remove for good what is over."""
        for path, note in list(self._files()):
            if is_over(note):
                path.unlink(missing_ok=True)

    def _files(self) -> Iterator[tuple[Path, Note]]:
        for year, secret in self.ring.years.items():
            for path in sorted((self.folder / str(year)).glob("[a-z2-7]*")):
                try:
                    reader = SealedReader.unlock(path.read_bytes(), secret, ("note", path.name))
                except Refused:
                    continue  # not one of ours, or damaged: nobody can read it
                value = json.loads(reader.every(())[0])
                at = datetime.fromisoformat(value["at"])
                yield path, Note(value["guardian"], value["by"], at, value["words"])


def write_note(settings: Settings, roster: Roster, guardian: str, by: str, words: str) -> Note:
    """Keep a note for the next letters of a guardian.

    Raises `LichtbriefError` where letters take no replies, for unknown people, for somebody who has
    nothing to do with the guardian's children, and for words that no letter can show.
    """
    if not settings.answerable:
        hint = "set LICHTBRIEF_REPLIES to post; such words are part of the way back"
        raise LichtbriefError("replies are not switched on", hint)
    must_be_guardian(roster, guardian)
    must_be_staff(roster, by)
    note = Note(guardian, by, settings.now().replace(microsecond=0), _checked(words))
    _refuse_stranger(roster, note)
    Notes(settings.state / FOLDER, any_ring(settings)).add(note)
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
