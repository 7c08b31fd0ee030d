"""Changing rows of a CSV file while all else in it stays as the spreadsheet saved it."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lichtbrief.errors import ProblemsError
from lichtbrief.files import write_whole
from lichtbrief.roster.tables import read_table

BOM = "\ufeff"
MODE = 0o644


@dataclass(slots=True)
class OpenTable:
    """A table that was read to be changed: rows of cells by column, in the order of the file."""

    path: Path
    columns: list[str]
    rows: list[dict[str, str]]
    delimiter: str = ","
    beginning: str = ""
    line_end: str = "\n"

    @classmethod
    def read(cls, path: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> "OpenTable":
        """The table, which must have `columns`; `ProblemsError` when it cannot be read surely."""
        table = read_table(path, columns, optional)
        if table.problems:
            hint = "mend it in the spreadsheet first; nothing was changed"
            raise ProblemsError(f"{table.file} cannot be used", table.problems, hint)
        text = path.read_bytes().decode("utf-8-sig")
        header = text.splitlines()[0]
        delimiter = ";" if ";" in header else ","
        names = [name.strip() for name in next(csv.reader([header], delimiter=delimiter))]
        return cls(
            path,
            [name for name in names if name],
            [dict(row.cells) for row in table.rows],
            delimiter,
            BOM if path.read_bytes().startswith(BOM.encode()) else "",
            "\r\n" if "\r\n" in text else "\n",
        )

    def put(self, key: str, cells: Mapping[str, str]) -> None:
        """Change the cells of the row with this value of `key`, or add such a row at the end."""
        for row in self.rows:
            if row[key] == cells[key]:
                row.update(cells)
                return
        self.rows.append(dict(cells))

    def remove(self, is_over: Callable[[Mapping[str, str]], bool]) -> int:
        """Take out rows; says how many."""
        before = len(self.rows)
        self.rows = [row for row in self.rows if not is_over(row)]
        return before - len(self.rows)

    def save(self) -> None:
        """Write the file whole, or leave the old one; raises OSError."""
        out = io.StringIO(newline="")
        writer = csv.DictWriter(
            out, self.columns, "", delimiter=self.delimiter, lineterminator=self.line_end
        )
        writer.writeheader()
        writer.writerows(self.rows)
        mode = self.path.stat().st_mode & 0o777 if self.path.exists() else MODE
        write_whole(self.path, (self.beginning + out.getvalue()).encode(), mode)
