"""Reading `photos.csv`: the declarations of the photos of one post, in a table beside it."""

import re
from collections.abc import Callable, Set
from pathlib import Path
from typing import TypeVar

from lichtbrief.consent.declaration import ALL, NOBODY, PhotoRow, parse_people
from lichtbrief.errors import Problem, shape
from lichtbrief.roster import FieldError, Row, is_id, read_table

T = TypeVar("T")
COLUMNS = ("file", "people", "attested_by", "sha256", "cover")
OPTIONAL = ("alt",)
PEOPLE = ("people", "attested_by")
SHOWN = 80  # characters of a value repeated in a problem
_SHA256 = re.compile(r"[0-9a-f]{64}")


def read_photos_csv(
    path: Path, everyone: Set[str]
) -> tuple[dict[str, PhotoRow], tuple[Problem, ...]]:
    """The rows of a `photos.csv` by file name, and everything that is wrong with it.

    `everyone` is whom `all` stands for. A row with a problem is not among the rows; of two rows
    about one photo neither is. Raises nothing.
    """
    table = read_table(path, COLUMNS, OPTIONAL)
    problems = list(table.problems)
    rows: dict[str, PhotoRow] = {}
    first: dict[str, int] = {}
    for row in table.rows if table.columns.issuperset(COLUMNS) else ():
        read, wrong = _read_row(table.file, row, everyone)
        name = row.cells["file"]
        if name in first:
            what, todo = f"is already in row {first[name]}", "keep one row for each photo"
            wrong.append(Problem(table.file, what, todo, row.line, "file", name[:SHOWN]))
            rows.pop(name, None)
        first.setdefault(name, row.line)
        problems += wrong
        if read is not None and not wrong:
            rows[name] = read
    return rows, tuple(sorted(problems, key=lambda problem: problem.line or 0))


def _read_row(file: str, row: Row, everyone: Set[str]) -> tuple[PhotoRow | None, list[Problem]]:
    wrong: list[Problem] = []

    def take(column: str, read: Callable[[str], T]) -> T | None:
        text = row.cells[column]
        try:
            return read(text)
        except FieldError as error:
            shown = _shown(text) if column in PEOPLE else text[:SHOWN]
            wrong.append(Problem(file, error.what, error.todo, row.line, column, shown))
            return None

    name = take("file", _file_name)
    people = take("people", lambda text: parse_people(text, everyone))
    attested_by = take("attested_by", _attester)
    sha256 = take("sha256", _digest)
    cover = take("cover", _cover)
    if name is None or people is None or cover is None or wrong:
        return None, wrong
    alt = row.cells.get("alt", "")
    return PhotoRow(name, people, attested_by, sha256, cover, alt, row.line), wrong


def _cover(text: str) -> str:
    """Whoever asks for a child to be covered must not find that child shown."""
    if text:
        raise FieldError("asks to cover somebody, which is not possible yet", "leave it empty")
    return text


def _shown(text: str) -> str:
    """Ids and words of ours as they are; of any other word, which may be a name, the shape."""
    return " ".join(
        word if word in (ALL, NOBODY) or is_id(word.removeprefix("-")) else shape(word)
        for word in text.split()
    )[:SHOWN]


def _file_name(text: str) -> str:
    """A photo lies beside the table: a path, also one of Windows, could lead elsewhere."""
    if not text or text in (".", "..") or any(mark in text for mark in "/\\:"):
        raise FieldError(
            "is not the name of a photo", "write the file's name only, as in bos-1.jpg"
        )
    return text


def _attester(text: str) -> str | None:
    if text and not is_id(text):
        raise FieldError("is not an id", "write the id of a staff member, as in juf-sanne")
    return text or None


def _digest(text: str) -> str | None:
    digest = text.lower()
    if digest and not _SHA256.fullmatch(digest):
        raise FieldError("is not a SHA-256 digest", "write its 64 hexadecimal digits, or nothing")
    return digest or None
