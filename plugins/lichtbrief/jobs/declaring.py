"""Declaring the photos of one post, one by one; each answer is on the disk before the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lichtbrief.consent import Candidate, Names, Unclear, candidates, choose, clash, parse_people
from lichtbrief.consent.declaration import NOBODY
from lichtbrief.consent.photos import COLUMNS, OPTIONAL
from lichtbrief.editions import PostFolder
from lichtbrief.media import digest, read_in_file
from lichtbrief.roster import OpenTable, Roster


@dataclass(frozen=True, slots=True)
class Offer:
    """What is known of a photo before it is asked: who was declared, or whom its file names.

    `people` is what an empty answer would mean, or empty; `strangers` counts names of nobody.
    """

    people: str
    strangers: int
    is_readable: bool


class Declaring:
    """The photos of one post that are still to be declared, and what is answered about them.

    `by` is the member of staff who attests that nobody can be recognised, if there is one.
    """

    def __init__(self, folder: PostFolder, roster: Roster, by: str | None) -> None:
        self.folder = folder
        self.by = by
        self.photos = folder.undeclared(digest)
        self.candidates: Sequence[Candidate] = candidates(
            roster.pupils[pupil] for pupil in folder.everyone
        )
        self._known = roster.at_school(folder.day) | roster.staff.keys()
        self._names = Names(roster)
        self._answered: dict[str, str] = {}

    @cached_property
    def _table(self) -> OpenTable:
        path = self.folder.table
        if path.exists():
            return OpenTable.read(path, COLUMNS, OPTIONAL)
        return OpenTable(path, [*COLUMNS, "alt"], [])

    def offer(self, file: str) -> Offer:
        """What can be offered about a photo: the answer so far, else whom the file names."""
        meant, readable = self._meant(file)
        sure = sorted({next(iter(ids)) for ids in meant if len(ids) == 1})
        row = self.folder.rows.get(file)
        earlier = "" if row is None else " ".join(sorted(row.people))
        people = self._answered.get(file) or earlier or " ".join(sure)
        return Offer(people, sum(not ids for ids in meant), readable)

    def answer(self, file: str, text: str) -> tuple[str, frozenset[str]]:
        """Write down what was typed about a photo: the column `people`, and whom that lacks.

        Raises `Unclear` when it is to be asked again, and OSError.
        """
        cell = choose(text, self.candidates, self._known)
        if cell == NOBODY and self.by is None:
            raise Unclear("nobody needs somebody who attests it: begin again with --by juf-sanne")
        path = self.folder.path / file
        row = {"file": file, "people": cell, "sha256": digest(path), "cover": ""}
        row["attested_by"] = str(self.by) if cell == NOBODY else ""
        if "confirmed_by" in self._table.columns:
            row["confirmed_by"] = ""  # whoever looked has looked at something else
        self._table.put("file", row)
        self._table.save()
        self._answered[file] = cell
        against = clash(self._meant(file)[0], parse_people(cell, self.folder.everyone))
        return cell, against.people if against else frozenset()

    def _meant(self, file: str) -> tuple[list[frozenset[str]], bool]:
        """For each name in the file, whom it may mean; and whether all names could be read."""
        path, here, day = self.folder.path / file, self.folder.everyone, self.folder.day
        said = read_in_file(path, digest(path))
        return [self._names.whom(noted.name, here, day) for noted in said.noted], said.readable
