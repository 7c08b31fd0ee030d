from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.consent import PhotoRow, parse_cover, read_photos_csv
from lichtbrief.errors import Problem

CLASS = frozenset({"anna-b", "sem-k"})
HEADER = "file,people,attested_by,sha256,cover"
DIGEST = "AB" * 32


def read(folder: Path, text: str) -> tuple[dict[str, PhotoRow], tuple[Problem, ...]]:
    post = folder / "2026-11-17-bos"
    post.mkdir(exist_ok=True)
    (post / "photos.csv").write_text(text, encoding="utf-8", newline="")
    return read_photos_csv(post / "photos.csv", CLASS)


def test_an_album_is_declared_in_a_table(tmp_path: Path) -> None:
    rows, problems = read(
        tmp_path,
        f"{HEADER},alt\n"
        f"bos-1.jpg,all,,{DIGEST},,Bladeren zoeken\n"
        "bos 2.jpg,all -sem-k,,,,\n"
        "bos-3.jpg,nobody,juf-sanne,,,Een paddenstoel\n",
    )
    assert () == problems
    assert {
        "bos-1.jpg": PhotoRow("bos-1.jpg", CLASS, None, "ab" * 32, (), "Bladeren zoeken", 2),
        "bos 2.jpg": PhotoRow("bos 2.jpg", frozenset({"anna-b"}), None, None, (), "", 3),
        "bos-3.jpg": PhotoRow(
            "bos-3.jpg", frozenset(), "juf-sanne", None, (), "Een paddenstoel", 4
        ),
    } == rows


def test_whoever_asks_to_cover_a_child_does_not_find_that_child_shown(tmp_path: Path) -> None:
    rows, problems = read(tmp_path, f"{HEADER}\nbos-1.jpg,all,,,sem-k 10 20 30 40\n")
    assert {} == rows
    assert [(2, "cover")] == [(problem.line, problem.column) for problem in problems]


def test_a_child_can_be_covered_and_whoever_has_looked_is_noted(tmp_path: Path) -> None:
    row = f"bos.jpg,anna-b sem-k others=2,juf-sanne,{DIGEST},sem-k=0.41/0.2/0.12/0.18,juf-sanne"
    rows, problems = read(tmp_path, f"{HEADER},confirmed_by\n{row}\n")
    assert () == problems
    (read_row,) = rows.values()
    assert (parse_cover("sem-k=0.41/0.20/0.12/0.18"), 2) == (read_row.cover, read_row.others)
    assert "juf-sanne" == read_row.confirmed_by


def test_a_look_at_no_file_in_particular_counts_for_nothing(tmp_path: Path) -> None:
    rows, problems = read(tmp_path, f"{HEADER},confirmed_by\nbos.jpg,all,,,,juf-sanne\n")
    assert {} == rows
    (problem,) = problems
    assert ("confirmed_by", "does not say which file was looked at") == (
        problem.column,
        problem.what,
    )


def test_a_dutch_excel_saves_it_with_semicolons_and_without_alt(tmp_path: Path) -> None:
    text = f"\ufeff{HEADER}\nbos-1.jpg,sem-k zoe-x,,,\n".replace(",", ";").replace("\n", "\r\n")
    rows, problems = read(tmp_path, text)
    assert () == problems
    assert frozenset({"sem-k", "zoe-x"}) == rows["bos-1.jpg"].people


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("../bos.jpg,all,,,", "file", "../bos.jpg"),
        ("c:\\bos.jpg,all,,,", "file", "c:\\bos.jpg"),
        (r"\\server\bos.jpg,all,,,", "file", r"\\server\bos.jpg"),
        ("..,all,,,", "file", ".."),
        (",all,,,", "file", ""),
        ("bos.jpg,,,,", "people", ""),
        ("bos.jpg,,juf-sanne,,", "people", ""),
        ("bos.jpg,Anna sem-k,,,", "people", "xxxx sem-k"),
        ("bos.jpg,all -zoe-x,,,", "people", "all -zoe-x"),
        ("bos.jpg,nobody,Juf Sanne,,", "attested_by", "xxx xxxxx"),
        ("bos.jpg,all,,abc,", "sha256", "abc"),
        (f"bos.jpg,all,,{DIGEST[:-1]}g,", "sha256", f"{DIGEST[:-1]}g"),
        ("bos.jpg,anna-b,,,sem-k=0.1/0.1/0.1/0.1", "cover", "sem-k=0.1/0.1/0.1/0.1"),
        ("bos.jpg,sem-k,,,sem-k=0.1/0.1/0.1/1.1", "cover", "sem-k=0.1/0.1/0.1/1.1"),
        ("bos.jpg,sem-k others=2,,,", "people", "sem-k others=2"),
    ],
)
def test_a_wrong_cell_is_named_and_its_photo_stays_undeclared(
    tmp_path: Path, row: str, column: str, value: str
) -> None:
    rows, problems = read(tmp_path, f"{HEADER}\ngood.jpg,all,,,\n{row}\n")
    assert ["good.jpg"] == list(rows)
    assert [("2026-11-17-bos/photos.csv", 3, column, value)] == [
        (problem.file, problem.line, problem.column, problem.value) for problem in problems
    ]
    assert problems[0].todo


def test_two_rows_about_one_photo_declare_nothing(tmp_path: Path) -> None:
    row = "bos.jpg,sem-k,,,"
    rows, problems = read(tmp_path, "\n".join((HEADER, row, row, "x.jpg,all,,,", row)))
    assert ["x.jpg"] == list(rows)
    assert [(3, "file"), (5, "file")] == [(problem.line, problem.column) for problem in problems]


def test_every_problem_of_the_table_comes_at_once_by_its_row(tmp_path: Path) -> None:
    rows, problems = read(tmp_path, f"{HEADER}\na/b.jpg,Anna,,x,\nb.jpg,all\nc.jpg,everybody!,,,\n")
    assert {"b.jpg": CLASS} == {name: row.people for name, row in rows.items()}
    assert [(2, "file"), (2, "people"), (2, "sha256"), (4, "people")] == [
        (problem.line, problem.column) for problem in problems
    ]


@pytest.mark.parametrize(
    "text", ["", "bos.jpg,all,,,\n", "file,people\nbos.jpg,all\n", f"{HEADER},people\n"]
)
def test_a_table_without_its_columns_declares_nothing(tmp_path: Path, text: str) -> None:
    rows, problems = read(tmp_path, text)
    assert {} == rows
    assert problems


def test_a_table_that_is_not_there_declares_nothing(tmp_path: Path) -> None:
    rows, problems = read_photos_csv(tmp_path / "photos.csv", CLASS)
    assert {} == rows
    assert ["is missing"] == [problem.what for problem in problems]


@given(st.text(alphabet='abc,;"\n\r-./\\ 019', max_size=80))
def test_no_table_ends_in_an_exception(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    rows, _ = read(tmp_path_factory.getbasetemp(), f"{HEADER}\n{text}")
    assert all("/" not in name and "\\" not in name for name in rows)
