"""Rows change; the rest of the file stays as the spreadsheet saved it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.errors import ProblemsError
from lichtbrief.roster import OpenTable, read_table

EXCEL = '\ufefffile;people;note\r\na.jpg;anna-b;"twee; of ""drie"""\r\nb.jpg;sem-k\r\n'


def opened(tmp_path: Path, text: str = EXCEL) -> OpenTable:
    path = tmp_path / "photos.csv"
    path.write_bytes(text.encode())
    return OpenTable.read(path, ("file", "people"), ("note",))


def test_a_row_changes_and_one_is_added_as_excel_would(tmp_path: Path) -> None:
    table = opened(tmp_path)
    table.put("file", {"file": "b.jpg", "people": "tess-v"})
    table.put("file", {"file": "c.jpg", "people": "noor-d"})
    table.save()
    assert (
        '\ufefffile;people;note\r\na.jpg;anna-b;"twee; of ""drie"""\r\n'
        "b.jpg;tess-v;\r\nc.jpg;noor-d;\r\n"
    ) == table.path.read_bytes().decode()


def test_rows_are_removed(tmp_path: Path) -> None:
    table = opened(tmp_path)
    assert 1 == table.remove(lambda row: row["people"] == "anna-b")
    table.save()
    assert "\ufefffile;people;note\r\nb.jpg;sem-k;\r\n" == table.path.read_bytes().decode()


def test_a_table_that_cannot_be_read_surely_is_not_touched(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError):
        opened(tmp_path, "file,people\na.jpg,anna-b,too,many\n")
    assert "too,many" in (tmp_path / "photos.csv").read_text()


CELLS = st.text(st.characters(exclude_categories=["C"]), max_size=8).map(str.strip)


@given(st.lists(st.tuples(CELLS, CELLS).filter(any), max_size=5))
def test_what_is_saved_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("table") / "t.csv"
    table = OpenTable(path, ["one", "two"], [{"one": a, "two": b} for a, b in rows])
    table.save()
    again = read_table(path, ("one", "two"))
    assert ((), table.rows) == (again.problems, [dict(row.cells) for row in again.rows])
