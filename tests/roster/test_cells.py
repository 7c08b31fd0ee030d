"""A cell that the program changes is the only thing that changes in the office's file."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.roster import change_cells, read_table

COLUMNS = ("id", "name", "email", "language", "delivery")
FILE = (
    "\ufeff delivery ;name;id;language;email;;\r\n"
    '"weekly";"Ouder ""Een"", Breda";g1; nl ;g1@home.example;;\r\n'
    "\r\n"
    ';"twee\r\nregels; g3";;;\r\n'
    "PAPER;Twee;g2;pl;\r\n"
).encode()


def test_only_those_cells_change_whatever_stands_around_them() -> None:
    changed = change_cells(FILE, {"g1": {"delivery": "direct", "language": "tr"}})
    assert changed == FILE.replace(b'"weekly"', b'"direct"').replace(b"; nl ;", b"; tr ;")
    changed = change_cells(FILE, {"g2": {"delivery": "weekly"}})
    assert changed == FILE.replace(b"PAPER", b"weekly")


@pytest.mark.parametrize("changes", [{"g3": {"delivery": "paper"}}, {"g1": {"mobile": "1"}}])
def test_what_is_not_there_is_not_guessed(changes: dict[str, dict[str, str]]) -> None:
    with pytest.raises(ValueError, match="there is no such"):
        change_cells(FILE, changes)


CELL = st.text(st.sampled_from('ab,;"\n é'), max_size=6)


@given(
    names=st.lists(CELL, min_size=1, max_size=5),
    separator=st.sampled_from(",;"),
    end=st.sampled_from(("\n", "\r\n", "\r")),
    quoted=st.booleans(),
    data=st.data(),
)
def test_whatever_the_names_the_table_reads_as_before_but_for_one_cell(
    names: list[str],
    separator: str,
    end: str,
    quoted: bool,
    data: st.DataObject,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    def cell(text: str) -> str:
        bare = not quoted and not re.search('[,;"\n]', text)
        return text if bare else '"' + text.replace('"', '""') + '"'

    rows = [COLUMNS, *((f"g{n}", name, "", "nl", "paper") for n, name in enumerate(names))]
    text = "".join(separator.join(map(cell, row)) + end for row in rows)
    path = tmp_path_factory.mktemp("roster") / "guardians.csv"
    path.write_bytes(text.encode())
    before = [dict(row.cells) for row in read_table(path, COLUMNS).rows]
    chosen = data.draw(st.integers(0, len(names) - 1))
    path.write_bytes(change_cells(path.read_bytes(), {f"g{chosen}": {"language": "uk"}}))
    before[chosen]["language"] = "uk"
    assert before == [dict(row.cells) for row in read_table(path, COLUMNS).rows]
