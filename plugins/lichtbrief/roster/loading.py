"""Loading: one sheet's table becomes values, each with its row, and problems."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from lichtbrief.errors import Problem, shape
from lichtbrief.roster.fields import FieldError
from lichtbrief.roster.rows import Rule
from lichtbrief.roster.sheets import Column, Sheet
from lichtbrief.roster.tables import Row, Table, read_table

T = TypeVar("T")
MOST_KNOWN = 100_000  # different cells of one column remembered while a table is read
_NEW = object()
SHOWN = 80  # characters of a value repeated in a problem


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value and the row where it stands."""

    line: int
    value: T


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """A sheet that was read: the table, the rows that make sense, and every problem so far."""

    table: Table
    found: tuple[Found[T], ...]
    problems: tuple[Problem, ...]

    @property
    def values(self) -> tuple[T, ...]:
        """The values, in the order of the file."""
        return tuple(found.value for found in self.found)

    def mentioned(self, *columns: str) -> frozenset[tuple[str, ...]] | None:
        """What the rows say in these columns, also rows that are wrong elsewhere.

        None when that is not known, because rows or columns could not be read: then nothing
        may be called unknown.
        """
        if not self.table.whole or not self.table.columns.issuperset(columns):
            return None
        every = (*self.table.rows, *self.table.ragged)
        return frozenset(tuple(row.cells.get(column, "") for column in columns) for row in every)


def load(folder: Path, sheet: Sheet[T]) -> Loaded[T]:
    """Read one sheet of the roster in `folder`; whatever is wrong is in `problems`."""
    columns, path = sheet.columns, folder / f"{sheet.name}.csv"
    if not sheet.needed and not path.exists():
        return Loaded(Table(path.name, frozenset(), (), (), (), whole=True), (), ())
    needed = [column.name for column in columns if column.needed]
    optional = [column.name for column in columns if not column.needed]
    table = read_table(path, needed, optional)
    problems = list(table.problems)
    found: list[Found[T]] = []
    usable = [_Reader(column) for column in columns if column.name in table.columns]
    for row in table.rows:
        values, wrong = _read_row(row, usable, sheet.rules)
        problems += (_problem(table.file, row, column, error) for column, error in wrong)
        if not wrong and table.columns.issuperset(needed):
            found.append(Found(row.line, sheet.make(**values)))
    return Loaded(table, tuple(found), tuple(problems))


class _Reader:
    """Reads the cells of one column; of cells that say the same only the first."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self.field = column.field or column.name
        self._known: dict[str, object] = {}

    def read(self, text: str) -> object:
        """The value; raises `FieldError`."""
        value = self._known.get(text, _NEW)
        if value is _NEW:
            value = self.column.read(text)
            if len(self._known) < MOST_KNOWN:
                self._known[text] = value
        return value


def _read_row(
    row: Row, readers: Sequence[_Reader], rules: Sequence[Rule]
) -> tuple[dict[str, object], list[tuple[Column, FieldError]]]:
    """The values by field as far as they can be read, and what is wrong in which column."""
    values: dict[str, object] = {}
    wrong: list[tuple[Column, FieldError]] = []
    for reader in readers:
        try:
            values[reader.field] = reader.read(row.cells[reader.column.name])
        except FieldError as error:
            wrong.append((reader.column, error))
    for rule in rules:
        if clash := rule(values):
            name, misfit = clash
            wrong.append((next(r.column for r in readers if r.column.name == name), misfit))
    return values, wrong


def _problem(file: str, row: Row, column: Column, error: FieldError) -> Problem:
    text = row.cells[column.name]
    shown = (shape(text) if column.personal else text)[:SHOWN]
    return Problem(file, error.what, error.todo, row.line, column.name, shown)
