"""Changing single cells of a table: every other byte of the file stays as it was saved."""

import re
from collections.abc import Iterator, Mapping

from lichtbrief.roster.appending import BOM

_LINE_END = re.compile("\r\n|\r|\n")


def change_cells(data: bytes, changes: Mapping[str, Mapping[str, str]]) -> bytes:
    """The file with these cells, by `id` of their row and by column, instead of what was there.

    `data` is a table that reads without a problem, and holds each of these cells; the new ones
    are words that need no quotes. ValueError for a row or a column that is not there.
    """
    mark = BOM if data.startswith(BOM) else b""
    text = data[len(mark) :].decode("utf-8")
    rows = _rows(text)
    columns = [_value(cell) for cell in next(rows)]
    places: dict[tuple[int, int], str] = {}
    missing = dict(changes)
    for row in rows:
        named = dict(zip(columns, row, strict=False))
        for column, value in missing.pop(_value(named["id"]), {}).items():
            if column not in named:
                raise ValueError("there is no such cell")
            places[_inside(named[column])] = value
    if missing:
        raise ValueError("there is no such row")
    for (begin, end), value in sorted(places.items(), reverse=True):
        text = text[:begin] + value + text[end:]
    return mark + text.encode()


def _rows(text: str) -> Iterator[list[re.Match[str]]]:
    """The cells of each row as they stand in the text (RFC 4180); empty rows are passed over."""
    delimiter = ";" if ";" in _LINE_END.split(text, maxsplit=1)[0] else ","
    cell = re.compile(rf'("(?:[^"]|"")*"|[^{delimiter}\r\n]*)({delimiter}|\r\n|\r|\n|\Z)')
    row: list[re.Match[str]] = []
    place = 0
    while place < len(text):
        found = cell.match(text, place)
        if found is None:
            raise ValueError("this is no table")
        row.append(found)
        place = found.end()
        if found[2] != delimiter:
            if any(each[1] for each in row):
                yield row
            row = []


def _inside(cell: re.Match[str]) -> tuple[int, int]:
    """Where the value of a cell stands: without quotes, or without spaces around it."""
    whole, begin = cell[1], cell.start(1)
    if whole.startswith('"'):
        return begin + 1, cell.end(1) - 1
    before = len(whole) - len(whole.lstrip())
    return begin + before, begin + before + len(whole.strip())


def _value(cell: re.Match[str]) -> str:
    begin, end = _inside(cell)
    return cell.string[begin:end].replace('""', '"').strip()
