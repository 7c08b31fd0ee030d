"""Reading `photos.csv`: the declarations of the photos of one post, in a table beside it."""

import re
from collections.abc import Callable, Set
from pathlib import Path
from typing import TypeVar

from lichtbrief.consent.cover import Covered, check_cover, parse_cover
from lichtbrief.consent.declaration import (
    ALL,
    NOBODY,
    OTHERS,
    PhotoRow,
    check_others,
    parse_others,
    parse_people,
)
from lichtbrief.errors import Problem, shape
from lichtbrief.roster import FieldError, Row, is_id, read_table

T = TypeVar("T")
COLUMNS = ("file", "people", "attested_by", "sha256", "cover")
OPTIONAL = ("alt", "confirmed_by")
PEOPLE = ("people", "attested_by", "confirmed_by")
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
        text = row.cells.get(column, "")
        try:
            return read(text)
        except FieldError as error:
            shown = _shown(text) if column in PEOPLE else text[:SHOWN]
            wrong.append(Problem(file, error.what, error.todo, row.line, column, shown))
            return None

    name = take("file", _file_name)
    people = take("people", lambda text: parse_people(text, everyone))
    attested_by = take("attested_by", _staff_id)
    sha256 = take("sha256", _digest)
    cover = take("cover", lambda text: _cover(text, people))
    others = take("people", lambda text: _others(text, attested_by)) if people is not None else 0
    confirmed_by = take("confirmed_by", lambda text: _confirmed(text, sha256))
    if name is None or people is None or cover is None or others is None or wrong:
        return None, wrong
    alt = row.cells.get("alt", "")
    read = PhotoRow(name, people, attested_by, sha256, cover, alt, row.line, others, confirmed_by)
    return read, wrong


def _cover(text: str, people: frozenset[str] | None) -> tuple[Covered, ...]:
    """Whoever asks for a child to be covered must not find that child shown."""
    covered = parse_cover(text)
    if people is not None:
        check_cover(covered, people)
    return covered


def _others(text: str, attested_by: str | None) -> int:
    others = parse_others(text)
    check_others(others, attested_by)
    return others


def _confirmed(text: str, sha256: str | None) -> str | None:
    """Whoever has looked has looked at one file: another one would have to be looked at again."""
    confirmed_by = _staff_id(text)
    if confirmed_by and sha256 is None:
        todo = "let lichtbrief confirm write the row, which notes the file's digest in sha256"
        raise FieldError("does not say which file was looked at", todo)
    return confirmed_by


def _shown(text: str) -> str:
    """Ids and words of ours as they are; of any other word, which may be a name, the shape."""
    return " ".join(word if _is_ours(word) else shape(word) for word in text.split())[:SHOWN]


def _is_ours(word: str) -> bool:
    return word in (ALL, NOBODY) or is_id(word.removeprefix("-")) or word.startswith(OTHERS)


def _file_name(text: str) -> str:
    """A photo lies beside the table: a path, also one of Windows, could lead elsewhere."""
    if not text or text in (".", "..") or any(mark in text for mark in "/\\:"):
        raise FieldError(
            "is not the name of a photo", "write the file's name only, as in bos-1.jpg"
        )
    return text


def _staff_id(text: str) -> str | None:
    if text and not is_id(text):
        raise FieldError("is not an id", "write the id of a staff member, as in juf-sanne")
    return text or None


def _digest(text: str) -> str | None:
    digest = text.lower()
    if digest and not _SHA256.fullmatch(digest):
        raise FieldError("is not a SHA-256 digest", "write its 64 hexadecimal digits, or nothing")
    return digest or None
