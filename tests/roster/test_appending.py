"""Rows that the program adds read back as what they are, and change nothing of the office's."""

import itertools
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.roster import Answer, Answered, Audience, Kind, answer_row, append_rows, read_table
from lichtbrief.roster.sheets import CONSENTS

COLUMNS = tuple(column.name for column in CONSENTS.columns)
NOW = datetime(2026, 11, 25, 10, 4, 5)
ANSWER = Answer(
    pupil="anna-b",
    guardian="g7",
    audience=Audience.group,
    kind=Kind.photo,
    decision=Answered.withdrawn,
    said_at=NOW,
    recorded_at=NOW,
    form=2,
    source="lichtbrief withdraw",
    recorded_by="kantoor-ria",
)
ROW = ("sem-k", "g2", "school", "video", "nee", "1-9-2026", "1-9-2026", "papier; kopie", "1", "ria")


def file_of(order: tuple[str, ...], separator: str, end: str, *, mark: bool, last: bool) -> bytes:
    """A file of the office with one answer, as its spreadsheet writes it."""
    cells = dict(zip(COLUMNS, ROW, strict=True))
    row = separator.join(f'"{cells[c]}"' if "; " in cells[c] else cells[c] for c in order)
    text = separator.join(order) + end + row + (end if last else "")
    return (b"\xef\xbb\xbf" if mark else b"") + text.encode()


@pytest.mark.parametrize("separator", ",;")
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("mark", "last"), list(itertools.product((True, False), repeat=2)))
def test_an_answer_is_added_as_the_rest_of_the_file_is_written(
    separator: str, end: str, mark: bool, last: bool, tmp_path: Path
) -> None:
    order = tuple(reversed(COLUMNS))
    before = file_of(order, separator, end, mark=mark, last=last)
    path = tmp_path / "consents.csv"
    path.write_bytes(append_rows(before, [answer_row(ANSWER)]))
    assert path.read_bytes().startswith(before)
    table = read_table(path, COLUMNS)
    assert () == table.problems
    assert [dict(zip(COLUMNS, ROW, strict=True)), answer_row(ANSWER)] == [
        dict(row.cells) for row in table.rows
    ]
    assert end.encode() == path.read_bytes()[-len(end) :]


def test_a_file_with_nothing_but_its_first_line_gets_its_first_answer(tmp_path: Path) -> None:
    path = tmp_path / "consents.csv"
    path.write_bytes(append_rows(",".join(COLUMNS).encode(), [answer_row(ANSWER)]))
    (row,) = read_table(path, COLUMNS).rows
    assert answer_row(ANSWER) == row.cells


TEXT = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20)


@given(source=TEXT, separator=st.sampled_from(",;"))
def test_any_text_reads_back(source: str, separator: str, tmp_path_factory: object) -> None:
    assert isinstance(tmp_path_factory, pytest.TempPathFactory)
    path = tmp_path_factory.mktemp("roster") / "consents.csv"
    row = {**answer_row(ANSWER), "source": source}
    path.write_bytes(append_rows(separator.join(COLUMNS).encode(), [row]))
    assert [row] == [dict(each.cells) for each in read_table(path, COLUMNS).rows]
