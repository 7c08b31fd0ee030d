"""Tables: CSV as a Dutch Excel or LibreOffice saves it, read surely or not at all.

Comma or semicolon (the header tells which), UTF-8 with or without byte order mark, any line end,
quotes as in RFC 4180. Lines are counted as the spreadsheet counts its rows: the header is 1, and
a cell that holds line breaks does not make more rows.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lichtbrief.errors import Problem

SAVE_AS_UTF8 = (
    "save it again as “CSV UTF-8” (Excel: File, Save As; LibreOffice: character set UTF-8)"
)
# Bytes that are not UTF-8 arrive as lone surrogates; a second byte order mark is no letter either.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ud800-\udfff]")
_QUOTED = re.compile(r'"[^"]*(?:"|$)')
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the spreadsheet, and its cells by column, without outer spaces."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What could be read of one file, and what was wrong with its form.

    `file` is the name with its folder, as shown to people. `columns` are those that can be told
    apart. `ragged` rows have too many cells, or were cut off: each is among the problems and its
    cells may be shifted. `whole` is False when rows may be missing.
    """

    file: str
    columns: frozenset[str]
    rows: tuple[Row, ...]
    ragged: tuple[Row, ...]
    problems: tuple[Problem, ...]
    whole: bool


def read_table(path: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> Table:
    """Read a CSV file that must have `columns` and may have the `optional` ones.

    Raises nothing for what is in the file: `problems` of the result says all that is wrong.
    """
    file = f"{path.absolute().parent.name}/{path.name}"
    try:
        text = path.read_bytes().decode("utf-8-sig", "surrogateescape")
    except FileNotFoundError:
        todo = f"save it with the columns {','.join(columns)}"
        return _unread(Problem(file, "is missing", todo))
    except OSError:
        return _unread(Problem(file, "cannot be opened", "make it a file that you may read"))
    if strange := _NO_TEXT.search(text):
        line = _row_number(text, strange.start())
        return _unread(Problem(file, "is not text in UTF-8", SAVE_AS_UTF8, line))
    return _parse(file, text, columns, optional)


def _unread(problem: Problem) -> Table:
    return Table(problem.file, frozenset(), (), (), (problem,), whole=False)


def _row_number(text: str, position: int) -> int:
    return 1 + len(_LINE_END.findall(_QUOTED.sub("", text[:position])))


def _parse(file: str, text: str, columns: Sequence[str], optional: Sequence[str]) -> Table:
    delimiter = ";" if ";" in _LINE_END.split(text, maxsplit=1)[0] else ","
    lines, whole = _split(text, delimiter)
    problems: list[Problem] = []
    if not whole:
        what = "has a quote that is not closed, or text around a quote"
        todo = 'put quotes around the whole cell and write a quote inside it as ""'
        problems.append(Problem(file, what, todo, len(lines) + 1))
    if not lines:
        empty = [Problem(file, "is empty", f"begin it with the columns {','.join(columns)}")]
        return Table(file, frozenset(), (), (), tuple(problems or empty), whole=False)
    header = _stripped(lines[0])
    while header and not header[-1]:
        header.pop()
    usable = _usable(header, {*columns, *optional})
    problems += _header_problems(file, header, usable, columns, optional)
    if not usable:
        return Table(file, usable, (), (), tuple(problems), whole=False)
    cut_off = 0 if text.endswith(("\n", "\r")) else len(lines)
    rows, ragged = _rows(lines, header, usable, cut_off)
    problems += (_ragged_problem(file, row.line, lines, len(header)) for row in ragged)
    return Table(file, usable, rows, ragged, tuple(problems), whole)


def _split(text: str, delimiter: str) -> tuple[list[list[str]], bool]:
    """The cells of every row up to the first that is malformed, and whether there was none."""
    lines: list[list[str]] = []
    try:
        lines.extend(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return lines, False
    return lines, True


def _stripped(cells: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in cells]


def _usable(header: Sequence[str], known: Collection[str]) -> frozenset[str]:
    return frozenset(name for name, count in Counter(header).items() if name in known and count < 2)


def _header_problems(
    file: str,
    header: Sequence[str],
    usable: Collection[str],
    columns: Sequence[str],
    optional: Sequence[str],
) -> Iterator[Problem]:
    todo = f"the columns are {','.join((*columns, *optional))}"
    if not any(name in columns for name in header):
        # Its cells are not repeated: without a header the first row is somebody.
        yield Problem(file, "does not begin with a header", todo, 1)
        return
    for name, count in Counter(header).items():
        if name not in columns and name not in optional:
            yield Problem(file, "is not a column of this table", todo, 1, name or "(no name)")
        elif count > 1:
            yield Problem(file, "is a column twice", "remove or rename one of them", 1, name)
    for name in columns:
        if name not in header:
            yield Problem(file, "is missing from the header", todo, 1, name)


def _rows(
    lines: Sequence[Sequence[str]], header: Sequence[str], usable: Collection[str], cut_off: int
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The rows, and those whose number of cells is wrong; empty rows are passed over.

    Excel leaves out the last separators of rows whose last cells are empty. In a row of a file
    without a last line end they may as well have been cut off: `cut_off` is its number, or 0.
    """
    rows: list[Row] = []
    ragged: list[Row] = []
    is_plain = len(usable) == len(header)
    for line, unstripped in enumerate(lines[1:], start=2):
        cells = _stripped(unstripped)
        if not any(cells):
            continue
        if is_plain and len(cells) == len(header):  # nearly every row, made fast
            rows.append(Row(line, dict(zip(header, cells, strict=True))))
            continue
        is_short = len(cells) < len(header)
        # A spreadsheet also saves empty cells beyond the last column: nothing is lost in them.
        fits = not any(cells[len(header) :]) and not (is_short and line == cut_off)
        if is_short and fits:
            cells += [""] * (len(header) - len(cells))
        row = Row(line, {n: c for n, c in zip(header, cells, strict=False) if n in usable})
        (rows if fits else ragged).append(row)
    return tuple(rows), tuple(ragged)


def _ragged_problem(file: str, line: int, lines: Sequence[Sequence[str]], width: int) -> Problem:
    what = f"has {len(lines[line - 1])} cells where the header has {width}"
    todo = "give every row one cell per column, and quotes around a cell that holds a separator"
    return Problem(file, what, todo, line)
