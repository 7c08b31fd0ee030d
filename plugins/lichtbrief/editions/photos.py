"""The photos of one post: those its text places, then those its photos.csv adds as an album."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote

from lichtbrief.consent import (
    Declaration,
    PhotoRow,
    check_cover,
    check_others,
    declare,
    parse_cover,
    parse_others,
    parse_people,
    read_photos_csv,
)
from lichtbrief.editions.figures import Reference
from lichtbrief.editions.films import captions_of, film_fault
from lichtbrief.editions.looking import Witness
from lichtbrief.editions.post import Photo
from lichtbrief.editions.source import Source
from lichtbrief.errors import Problem
from lichtbrief.media import is_film_name, is_original_name, is_photo_name
from lichtbrief.roster import FieldError

TABLE = "photos.csv"

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_ATTEST = "write the id of a staff member, as in staff.csv"


@dataclass(frozen=True, slots=True)
class Gathered:
    """A post's photos in order, the number of each reference's photo, and what nothing mentions."""

    photos: tuple[Photo, ...]
    numbers: Mapping[int, int]
    unused: tuple[str, ...]


@dataclass(slots=True)
class _Mentioned:
    """What is said about one file: by the text, if it places it, and by the table."""

    alt: str
    in_table: PhotoRow | None
    album: bool
    in_text: list[PhotoRow] = field(default_factory=list)
    written: Reference | None = None


def gather(
    source: Source,
    folder: Path,
    references: Sequence[Reference],
    everyone: Set[str],
    staff: Set[str],
    witness: Witness,
) -> Gathered:
    """Find the photos of the post in `folder`; what is wrong is noted in `source`.

    `everyone` is whom `all` stands for, `staff` are the ids of those who may attest.
    """
    return _Gathering(source, folder, everyone, staff, witness).run(references)


class _Gathering:
    """The folder of one post while its photos are found."""

    def __init__(
        self,
        source: Source,
        folder: Path,
        everyone: Set[str],
        staff: Set[str],
        witness: Witness,
    ) -> None:
        self.source = source
        self.folder = folder
        self.everyone = everyone
        self.staff = staff
        self.witness = witness
        self.names = {path.name for path in folder.iterdir() if path.is_file()}
        self.table_name = f"{source.file.rpartition('/')[0]}/{TABLE}"

    def run(self, references: Sequence[Reference]) -> Gathered:
        table = self.read_table()
        mentioned: dict[str, _Mentioned] = {}
        files: dict[int, str] = {}
        for number, reference in enumerate(references):
            file = self.file_of(reference)
            if file is not None:
                files[number] = file
                said = _Mentioned(reference.alt, table.get(file), album=False)
                said = mentioned.setdefault(file, said)
                if rows := self.declared(file, reference):
                    said.in_text += rows
                    said.written = reference
        for file, row in table.items():
            mentioned.setdefault(file, _Mentioned(row.alt.strip(), row, album=True))
        order = list(mentioned)
        photos = (self.photo(file, said) for file, said in mentioned.items())
        return Gathered(
            photos=tuple(photo for photo in photos if photo is not None),
            numbers={number: order.index(file) for number, file in files.items()},
            unused=tuple(sorted(filter(is_original_name, self.names - set(order)))),
        )

    def file_of(self, reference: Reference) -> str | None:
        """The file that an image stands for, or None when it is no photo of the post."""
        src = reference.src
        if not reference.alt:
            todo = "describe between the brackets what is to be seen, without names"
            self.source.in_text(src, "has no description", todo)
        name = unquote(src).removeprefix("./")
        fault = self.fault(src, name)
        if fault is None:
            return name
        self.source.in_text(src, *fault)
        return None

    def fault(self, written: str, name: str) -> tuple[str, str] | None:
        """What is wrong with a file that is meant to be a photo of the post."""
        beside = "put the photo in the post's folder and write its name only, as in bos-1.jpg"
        if not written or written.startswith(("{", "|")) or _SCHEME.match(written):
            return "is not a photo of this post", beside
        if "/" in name or "\\" in name:
            return "is outside the post's folder", beside
        if is_film_name(name):
            fault = film_fault(name)
            if fault is not None:
                return fault
        elif not is_photo_name(name):
            return "is not a photo that can be shown", "save it as JPEG, PNG or WebP"
        if name not in self.names:
            near = get_close_matches(name, sorted(filter(is_original_name, self.names)), n=1)
            todo = f"did you mean {near[0]}?" if near else "put it there, or correct its name"
            return "is not in the post's folder", todo
        return None

    def declared(self, file: str, reference: Reference) -> list[PhotoRow]:
        """What one image declares, if it does."""
        if reference.people is None and reference.attested_by is None:
            if reference.cover is not None:
                todo = "write people=… as well: everybody who is in it, covered or not"
                self.source.in_text(reference.src, "covers somebody, but names nobody", todo)
            return []
        by = reference.attested_by or None
        if by is not None and by not in self.staff:
            what = f"is attested by {by}, who is not on the staff"
            self.source.in_text(reference.src, what, _ATTEST)
        attribute = "people"
        try:
            people = parse_people(reference.people or "", self.everyone)
            others = parse_others(reference.people or "")
            check_others(others, by)
            attribute = "cover"
            cover = parse_cover(reference.cover or "")
            check_cover(cover, people)
        except FieldError as error:
            what = f"has {attribute}=…, which {error.what}"
            self.source.in_text(reference.src, what, error.todo)
            return []
        line = self.source.line_of(reference.src) or 1
        return [PhotoRow(file, people, by, None, cover, reference.alt, line, others)]

    def read_table(self) -> dict[str, PhotoRow]:
        """The rows of photos.csv that are about photos of the post, if there is one."""
        path = self.folder / TABLE
        if TABLE not in self.names:
            return {}
        if path.resolve().parent != self.folder.resolve():
            todo = "put the table itself in the post's folder"
            self.source.problems.append(Problem(self.table_name, "is a link to elsewhere", todo))
            return {}
        rows, problems = read_photos_csv(path, self.everyone)
        self.source.problems += [replace(one, file=self.table_name) for one in problems]
        return {file: row for file, row in rows.items() if self.holds(row)}

    def holds(self, row: PhotoRow) -> bool:
        """Whether a row is about a photo of the post and attested by somebody, if at all."""
        fault = self.fault(row.file, row.file)
        for done, by in (("attested", row.attested_by), ("confirmed", row.confirmed_by)):
            if fault is None and by not in (None, *self.staff):
                fault = f"is {done} by {by}, who is not on the staff", _ATTEST
        if fault is not None:
            problem = Problem(self.table_name, *fault, row.line, "file", row.file)
            self.source.problems.append(problem)
        return fault is None

    def photo(self, file: str, said: _Mentioned) -> Photo | None:
        """One photo with its declaration; None when its file cannot be trusted."""
        path = self.folder / file
        try:
            if path.resolve(strict=True).parent != self.folder.resolve():
                self.source.in_text(file, "is a link to a file elsewhere", "copy the photo itself")
                return None
            sha256 = self.witness.look.digest(path)
        except OSError:
            self.source.in_text(file, "cannot be opened", "look at the file")
            return None
        if len({row.said for row in said.in_text}) > 1:
            self.source.in_text(file, "is declared twice, differently", "declare it once")
        in_text = next(iter(said.in_text), None)
        declaration = declare(file, in_text, said.in_table, sha256)
        heard = self.witness.hear(path, sha256, declaration)
        captions = self.captions(path, heard) if is_film_name(file) else ""
        return Photo(file, path, said.alt, sha256, heard, said.album, said.written, captions)

    def captions(self, film: Path, declaration: Declaration) -> str:
        """The captions of a film; it is shown as it is, so that nobody in it can be covered."""
        if declaration.cover:
            todo = "leave it out of the post, or the cover out when everybody may be shown"
            self.source.in_text(film.name, "is a film, in which nobody can be covered", todo)
        captions, problem = captions_of(film, self.source.file.rpartition("/")[0])
        if problem is not None:
            self.source.problems.append(problem)
        return captions
