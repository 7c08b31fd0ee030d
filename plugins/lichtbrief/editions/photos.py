"""The photos of one post: those its text places, then those its photos.csv adds as an album."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote

from lichtbrief.consent import PhotoRow, declare, parse_people, read_photos_csv
from lichtbrief.editions.figures import Reference
from lichtbrief.editions.post import Photo
from lichtbrief.editions.source import Source
from lichtbrief.errors import Problem
from lichtbrief.media import digest, is_film_name, is_original_name, is_photo_name
from lichtbrief.roster import FieldError

TABLE = "photos.csv"

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


@dataclass(frozen=True, slots=True)
class Gathered:
    """A post's photos in order, the number of each reference's photo, and what nothing mentions."""

    photos: tuple[Photo, ...]
    numbers: Mapping[int, int]
    unused: tuple[str, ...]


@dataclass(slots=True)
class _Mentioned:
    """What the text says about one file: the first words, and every declaration."""

    alt: str
    rows: list[PhotoRow] = field(default_factory=list)


def gather(
    source: Source,
    folder: Path,
    references: Sequence[Reference],
    everyone: Set[str],
    staff: Set[str],
) -> Gathered:
    """Find the photos of the post in `folder`; what is wrong is noted in `source`.

    `everyone` is whom `all` stands for, `staff` are the ids of those who may attest.
    """
    names = {path.name for path in folder.iterdir() if path.is_file()}
    table = _read_table(source, folder, everyone, staff) if TABLE in names else {}
    mentioned: dict[str, _Mentioned] = {}
    files: dict[int, str] = {}
    for number, reference in enumerate(references):
        file = _file(source, reference, names)
        if file is None:
            continue
        files[number] = file
        said = mentioned.setdefault(file, _Mentioned(reference.alt))
        said.rows += _declared(source, file, reference, everyone, staff)
    album = [file for file in table if file not in mentioned]
    order = [*mentioned, *(file for file in album if _is_there(source, table[file], names))]
    photos = tuple(
        _photo(source, folder, file, mentioned.get(file), table.get(file)) for file in order
    )
    return Gathered(
        photos=tuple(photo for photo in photos if photo is not None),
        numbers={number: order.index(file) for number, file in files.items()},
        unused=tuple(sorted(n for n in names - set(order) if is_original_name(n))),
    )


def _file(source: Source, reference: Reference, names: Set[str]) -> str | None:
    """The name of the file that an image stands for, or None when it is no photo of the post."""
    src = reference.src
    if not reference.alt:
        todo = "describe between the brackets what is to be seen, without names"
        source.in_text(src, "has no description", todo)
    name = unquote(src).removeprefix("./")
    fault = _fault(src, name, names)
    if fault is None:
        return name
    source.in_text(src, *fault)
    return None


def _fault(src: str, name: str, names: Set[str]) -> tuple[str, str] | None:
    beside = "put the photo in the post's folder and write its name only, as in bos-1.jpg"
    if src.startswith(("{", "|")) or _SCHEME.match(src) or not src:
        return "is not a photo of this post", beside
    if "/" in name or "\\" in name:
        return "is outside the post's folder", beside
    if is_film_name(name):
        return "is a film, and films cannot be shown yet", "leave it out"
    if not is_photo_name(name):
        return "is not a photo that can be shown", "save it as JPEG, PNG or WebP"
    if name not in names:
        return "is not in the post's folder", _near(name, names)
    return None


def _near(name: str, names: Set[str]) -> str:
    near = get_close_matches(name, sorted(filter(is_photo_name, names)), n=1)
    return f"did you mean {near[0]}?" if near else "put it there, or correct its name"


def _is_there(source: Source, row: PhotoRow, names: Set[str]) -> bool:
    """Whether the file of a row that the text does not mention is a photo of the post."""
    fault = _fault(row.file, row.file, names)
    if fault is not None:
        source.problems.append(_in_table(source, row, *fault))
    return fault is None


def _declared(
    source: Source, file: str, reference: Reference, everyone: Set[str], staff: Set[str]
) -> list[PhotoRow]:
    """What one image declares, if it does."""
    if reference.people is None and reference.attested_by is None:
        return []
    by = reference.attested_by or None
    if by is not None and by not in staff:
        source.in_text(reference.src, f"is attested by {by}, who is not on the staff", _ATTEST)
    try:
        people = parse_people(reference.people or "", everyone)
    except FieldError as error:
        source.in_text(reference.src, f"has people=…, which {error.what}", error.todo)
        return []
    line = source.line_of(reference.src) or 1
    return [PhotoRow(file, people, by, None, "", reference.alt, line)]


_ATTEST = "write the id of a staff member, as in staff.csv"


def _read_table(
    source: Source, folder: Path, everyone: Set[str], staff: Set[str]
) -> dict[str, PhotoRow]:
    if (folder / TABLE).resolve().parent != folder.resolve():
        todo = "put the table itself in the post's folder"
        source.problems.append(Problem(_table_name(source), "is a link to elsewhere", todo))
        return {}
    rows, problems = read_photos_csv(folder / TABLE, everyone)
    source.problems += [replace(problem, file=_table_name(source)) for problem in problems]
    for row in rows.values():
        if row.attested_by is not None and row.attested_by not in staff:
            what = f"is attested by {row.attested_by}, who is not on the staff"
            source.problems.append(_in_table(source, row, what, _ATTEST))
    return rows


def _in_table(source: Source, row: PhotoRow, what: str, todo: str) -> Problem:
    return Problem(_table_name(source), what, todo, row.line, "file", row.file)


def _table_name(source: Source) -> str:
    return f"{source.file.rpartition('/')[0]}/{TABLE}"


def _photo(
    source: Source, folder: Path, file: str, said: _Mentioned | None, row: PhotoRow | None
) -> Photo | None:
    """One photo with its declaration; None when its file cannot be trusted."""
    path = folder / file
    try:
        if path.resolve(strict=True).parent != folder.resolve():
            source.in_text(file, "is a link to a file elsewhere", "copy the photo itself")
            return None
        sha256 = digest(path)
    except OSError:
        source.in_text(file, "cannot be opened", "look at the file")
        return None
    rows = said.rows if said else []
    if any((one.people, one.attested_by) != (rows[0].people, rows[0].attested_by) for one in rows):
        source.in_text(file, "is declared twice, differently", "declare it once")
    alt = said.alt if said else row.alt.strip() if row else ""
    declaration = declare(file, rows[0] if rows else None, row, sha256)
    return Photo(file, path, alt, sha256, declaration, album=said is None)
