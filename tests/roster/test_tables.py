import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.roster import Table, read_table

COLUMNS = ("id", "first_name")


def table(folder: Path, data: str | bytes) -> Table:
    path = folder / "pupils.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_table(path, COLUMNS, optional=("note",))


def only_problem(read: Table) -> tuple[int | None, str | None, str]:
    assert 1 == len(read.problems)
    problem = read.problems[0]
    assert problem.todo
    return problem.line, problem.column, problem.what


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_every_way_in_which_a_spreadsheet_saves(
    tmp_path: Path, mark: bytes, end: str, separator: str
) -> None:
    lines = (("id", "first_name"), ("zoe-b", "Zoë"), ("tim-a", '"de ""kleine"", Tim; ja"'))
    text = "".join(separator.join(line) + end for line in lines)
    read = table(tmp_path, mark + text.encode())
    assert () == read.problems
    assert ["Zoë", 'de "kleine", Tim; ja'] == [row.cells["first_name"] for row in read.rows]
    assert [2, 3] == [row.line for row in read.rows]


def test_a_cell_of_several_lines_is_one_row_as_in_the_spreadsheet(tmp_path: Path) -> None:
    read = table(tmp_path, 'id,first_name\na,"two\r\nlines, or\nthree"\nb,B\n')
    assert [
        (2, "two\r\nlines, or\nthree"),
        (3, "B"),
    ] == [(row.line, row.cells["first_name"]) for row in read.rows]


def test_empty_rows_are_passed_over_but_counted(tmp_path: Path) -> None:
    read = table(tmp_path, "id;first_name\n\n;\na;A\n")
    assert () == read.problems
    assert [4] == [row.line for row in read.rows]


def test_empty_cells_beyond_the_last_column_are_no_cells(tmp_path: Path) -> None:
    read = table(tmp_path, "id;first_name;;\na;A;;\nb;B\n")
    assert () == read.problems
    assert ["a", "b"] == [row.cells["id"] for row in read.rows]


def test_columns_come_in_any_order_and_the_optional_ones_may_be_there(tmp_path: Path) -> None:
    read = table(tmp_path, "note,first_name,id\nnew, A ,a\n")
    assert {"note": "new", "first_name": "A", "id": "a"} == read.rows[0].cells


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    read = read_table(tmp_path / "school" / "pupils.csv", COLUMNS)
    assert (None, None, "is missing") == only_problem(read)
    assert "school/pupils.csv" == read.problems[0].file
    assert not read.whole


def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    assert "cannot be opened" == only_problem(read_table(tmp_path, COLUMNS))[2]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("id;first_name\na;Anna\nz;Zoë\n".encode("cp1252"), 3),
        ("id;first_name\na;A\n".encode("utf-16"), 1),
        ("id;first_name\na;A\n".encode("utf-16-le"), 1),
        (b"id,first_name\na,A\nb,B\x00B\n", 3),
        (b'id,first_name\na,"two\nlines"\nb,\xeb\n', 3),
        (b'id,first_name\na,"two\n\xeb lines"\n', 2),
        (b"\xef\xbb\xbf\xef\xbb\xbfid,first_name\na,A\n", 1),
        (b"id,first_name\na,A\n\xef\xbb\xbfb,B\n", 3),
        (b"id,first_name\r\na,A\x1b[2J\r\n", 2),
        (b"\x89PNG\r\n\x1a\n", 1),
        (b"PK\x03\x04 a spreadsheet that was only renamed", 1),
    ],
)
def test_a_file_that_is_not_utf_8_text_says_how_to_save_it(
    tmp_path: Path, data: bytes, line: int
) -> None:
    read = table(tmp_path, data)
    assert (line, None, "is not text in UTF-8") == only_problem(read)
    assert "CSV UTF-8" in read.problems[0].todo
    assert () == read.rows


def test_an_empty_file(tmp_path: Path) -> None:
    assert (None, None, "is empty") == only_problem(table(tmp_path, ""))


def test_a_file_without_a_header_does_not_repeat_who_is_in_its_first_row(tmp_path: Path) -> None:
    read = table(tmp_path, "anna-b,Anna\nsem-k,Sem\n")
    assert (1, None, "does not begin with a header") == only_problem(read)
    assert "anna" not in str(read.problems[0]).lower()


def test_a_header_that_is_only_almost_right_lists_everything(tmp_path: Path) -> None:
    read = table(tmp_path, "id,id,firstname,,note\na,b,A,,\n")
    assert [
        ("id", 1),
        ("firstname", 1),
        ("(no name)", 1),
        ("first_name", 1),
    ] == [(problem.column, problem.line) for problem in read.problems]
    assert frozenset({"note"}) == read.columns


def test_excel_leaves_out_the_last_separators_of_rows_that_end_empty(tmp_path: Path) -> None:
    read = table(tmp_path, "id,first_name,note\na,A\nb,B,x\nc\n")
    assert ["", "x", ""] == [row.cells["note"] for row in read.rows]
    assert (("A", "B", ""), ()) == (
        tuple(row.cells["first_name"] for row in read.rows),
        read.problems,
    )


def test_a_file_that_was_cut_off_in_its_last_row_is_refused(tmp_path: Path) -> None:
    read = table(tmp_path, "id,first_name,note\na,A,\nb,B")
    assert 3 == only_problem(read)[0]
    assert ["b"] == [row.cells["id"] for row in read.ragged]


@pytest.mark.parametrize("row", ["b,B,B", 'b,"B,B",x'])
def test_a_row_with_too_many_cells(tmp_path: Path, row: str) -> None:
    read = table(tmp_path, f"id,first_name\na,A\n{row}\nc,C\n")
    line, column, what = only_problem(read)
    assert (3, None) == (line, column)
    assert "where the header has 2" in what
    assert ["a", "c"] == [row.cells["id"] for row in read.rows]
    assert ["b"] == [row.cells["id"] for row in read.ragged]
    assert read.whole


@pytest.mark.parametrize(
    "row",
    ['b,"B', 'b,"B"x', f'b,"{"x" * 10_000_000}"'],
    ids=["not closed", "closed too early", "ten megabytes"],
)
def test_a_quote_that_is_not_closed_ends_the_reading(tmp_path: Path, row: str) -> None:
    read = table(tmp_path, f"id,first_name\na,A\n{row}\nc,C\n")
    assert 3 == only_problem(read)[0]
    assert "quote" in read.problems[0].what
    assert ["a"] == [row.cells["id"] for row in read.rows]
    assert not read.whole


def test_a_line_of_ten_megabytes_is_one_problem(tmp_path: Path) -> None:
    read = table(tmp_path, "id,first_name\na,A\n" + "b," * 5_000_000 + "\nc,C\n")
    assert 2 == len(read.rows) + len(read.ragged) - 1
    many = table(tmp_path, "id,first_name\na,A\n" + "b," * 5_000_000 + "b\nc,C\n")
    assert 3 == only_problem(many)[0]


@given(st.binary(max_size=200))
def test_no_bytes_at_all_end_in_an_exception(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    read = table(tmp_path_factory.getbasetemp(), data)
    assert read.problems or read.rows or read.columns


CELL = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), max_size=12
).map(str.strip)


@given(st.lists(st.tuples(CELL.filter(bool), CELL), max_size=8), st.sampled_from(",;"))
def test_whatever_a_spreadsheet_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], separator: str
) -> None:
    sheet = io.StringIO()
    csv.writer(sheet, delimiter=separator).writerows([COLUMNS, *rows])
    read = table(tmp_path_factory.getbasetemp(), sheet.getvalue())
    assert () == read.problems
    assert rows == [(row.cells["id"], row.cells["first_name"]) for row in read.rows]
