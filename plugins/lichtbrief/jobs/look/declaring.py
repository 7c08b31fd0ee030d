"""Declaring the photos of one post, one by one; each answer is on the disk before the next."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import cached_property

from lichtbrief.consent import (
    Candidate,
    Covered,
    Names,
    Region,
    Unclear,
    candidates,
    choose,
    clash,
    parse_others,
    parse_people,
)
from lichtbrief.consent.declaration import NOBODY
from lichtbrief.consent.photos import COLUMNS, OPTIONAL
from lichtbrief.editions import PostFolder
from lichtbrief.media import digest, read_in_file
from lichtbrief.roster import OpenTable, Roster


@dataclass(frozen=True, slots=True)
class Offer:
    """What is known of a photo before it is asked: who was declared, or whom its file names.

    `people` is what an empty answer would mean, or empty; `strangers` counts names of nobody;
    `places` are those whose place in the photo the file tells, so that they can be covered.
    """

    people: str
    places: tuple[str, ...]
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
        places = tuple(sorted(self._places(file)))
        return Offer(people, places, sum(not ids for ids in meant), readable)

    def answer(self, file: str, text: str) -> tuple[str, frozenset[str]]:
        """Write down what was typed about a photo: the column `people`, and whom that lacks.

        Behind the word `cover` stands who is to be covered. Raises `Unclear` when it is to be
        asked again, and OSError.
        """
        people, _, covered = f" {text} ".partition(" cover ")
        cell = choose(people, self.candidates, self._known)
        is_attested = cell == NOBODY or parse_others(cell) > 0
        if is_attested and self.by is None:
            raise Unclear(f"{cell} needs somebody who attests it: begin again with --by juf-sanne")
        path = self.folder.path / file
        row = {"file": file, "people": cell, "sha256": digest(path)}
        row["cover"] = self._cover(file, cell, covered)
        row["attested_by"] = str(self.by) if is_attested else ""
        if "confirmed_by" in self._table.columns:
            row["confirmed_by"] = ""  # whoever looked has looked at something else
        self._table.put("file", row)
        self._table.save()
        self._answered[file] = cell
        declared = parse_people(cell, self.folder.everyone)
        against = clash(self._meant(file)[0], declared, parse_others(cell))
        return cell, against.people if against else frozenset()

    def _cover(self, file: str, cell: str, covered: str) -> str:
        """The column `cover`: those who were typed, each where the file says they are."""
        if not covered.strip():
            return ""
        places = self._places(file)
        chosen = choose(covered, self.candidates, self._known).split()
        if lost := [one for one in chosen if one not in places]:
            raise Unclear(f"the file does not tell where {lost[0]} is: write cover in photos.csv")
        if strays := set(chosen) - parse_people(cell, self.folder.everyone):
            raise Unclear(f"{min(strays)} is covered and must be named before the word cover too")
        return " ".join(str(Covered(one, places[one])) for one in sorted(chosen))

    def _places(self, file: str) -> dict[str, Region]:
        """Where the file says that pupils are, of those whom it names surely."""
        path, here, day = self.folder.path / file, self.folder.everyone, self.folder.day
        found: dict[str, Region] = {}
        for noted in read_in_file(path, digest(path)).noted:
            ids = self._names.whom(noted.name, here, day)
            if noted.box is not None and len(ids) == 1:
                found[next(iter(ids))] = Region(*astuple(noted.box))
        return found

    def _meant(self, file: str) -> tuple[list[frozenset[str]], bool]:
        """For each name in the file, whom it may mean; and whether all names could be read."""
        path, here, day = self.folder.path / file, self.folder.everyone, self.folder.day
        said = read_in_file(path, digest(path))
        return [self._names.whom(noted.name, here, day) for noted in said.noted], said.readable
