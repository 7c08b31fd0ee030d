"""Everything that can be wrong with a post's header, each in words, with file and line."""

from pathlib import Path

import pytest

from lichtbrief.editions import RawPost, read_posts
from tests.editions.school import HEADER, POST, Desk, only, read, roster

TALKS = {"Kind": "talks", "Dates": "2026-12-01 15:30-16:00"}


def header(**changes: str) -> str:
    """The usual header with other or further lines; an empty value removes the line."""
    lines = {"Title": "Naar het bos", "Date": "2026-11-17 14:30", "Author": "juf-sanne"}
    lines.update(changes)
    return "".join(f"{key}: {value}\n" for key, value in lines.items() if value)


@pytest.mark.parametrize(
    ("changes", "column", "line", "what"),
    [
        ({"Title": ""}, "Title", 1, "is missing"),
        ({"Date": ""}, "Date", 1, "is missing"),
        ({"Author": ""}, "Author", 1, "is missing"),
        ({"Date": "morgen"}, "Date", 2, "cannot be read"),
        ({"Date": "2026-11-31"}, "Date", 2, "cannot be read"),
        ({"Date": "2026-11-18"}, "Date", 2, "is another day than the folder's"),
        ({"Author": "juf-x"}, "Author", 3, "is nobody on the staff"),
        ({"Groups": "groep-3 groep-5"}, "Author", 3, "may not post to groep-5"),
        ({"Groups": "groep-3, groep-9"}, "Groups", 4, "names groep-9, which is no group"),
        ({"Kind": "party"}, "Kind", 4, "is unknown"),
        ({"Status": "hidden"}, "Status", 4, "is unknown"),
        ({"Lang": "Nederlands"}, "Lang", 4, "is no code of a language"),
        ({"Tags": "bos"}, "Tags", 4, "is not something a post can say"),
        ({"Kind": "event"}, "Start", 1, "is missing in an event"),
        ({"Kind": "event", "Start": "half acht"}, "Start", 5, "cannot be read"),
        ({"Kind": "event", "Start": "2026-11-24"}, "Start", 5, "cannot be read"),
        (
            {"Kind": "event", "Start": "2026-11-24 19:30", "End": "2026-11-24 19:00"},
            "End", 6, "is not after Start",
        ),
        (
            {"Start": "2026-11-24 19:30"},
            "Start", 4, "belongs to a post of another kind, not to message",
        ),
        ({"Kind": "talks"}, "Dates", 1, "are missing in talks"),
        (
            {"Kind": "talks", "Dates": "2026-12-01 15:30"},
            "Dates", 5, "cannot be read at “2026-12-01 15:30”",
        ),
        (
            {"Kind": "talks", "Dates": "2026-12-01 17:30-15:30"},
            "Dates", 5, "end before they begin at “2026-12-01 17:30-15:30”",
        ),
        ({**TALKS, "Length": "kort"}, "Length", 6, "is no length of a talk"),
        ({**TALKS, "Length": "4"}, "Length", 6, "is no length of a talk"),
        ({**TALKS, "Length": "10.5"}, "Length", 6, "is no length of a talk"),
        ({**TALKS, "Length": "٣٠"}, "Length", 6, "is no length of a talk"),
        ({**TALKS, "Length": "45"}, "Length", 6, "is longer than one of the Dates"),
        ({**TALKS, "Teachers": "juf-sanne"}, "Teachers", 6, "stand there, but no Length"),
        (
            {**TALKS, "Length": "10", "Teachers": "juf-x"},
            "Teachers", 7, "names juf-x, who is nobody on the staff",
        ),
        (
            {**TALKS, "Length": "10", "Dates": "2026-12-01 15:30-16:00, 2026-12-01 15:50-16:20"},
            "Dates", 5, "overlap",
        ),
        (
            {**TALKS, "Length": "5", "Dates": "2026-12-01 00:00-23:00"},
            "Dates", 5, "give more than 200 times",
        ),
        (
            {"Length": "10"},
            "Length", 4, "belongs to a post of another kind, not to message",
        ),
    ],
)  # fmt: skip
def test_the_header(desk: Desk, changes: dict[str, str], column: str, line: int, what: str) -> None:
    desk.write("Hallo", header(**changes))
    problem = only(desk)
    assert (POST, column, line, what) == (problem.file, problem.column, problem.line, problem.what)


def test_talks_with_somebody_who_does_not_teach_the_group(desk: Desk) -> None:
    more = {**TALKS, "Author": "els", "Length": "10", "Teachers": "els, juf-sanne"}
    desk.write("Hallo", header(**more), place="groep-5/2026-11-17-bos")
    what = "names juf-sanne, who may not write for this group"
    assert ("Teachers", 7, what) == (only(desk).column, only(desk).line, only(desk).what)


def test_a_key_twice(desk: Desk) -> None:
    desk.write("Hallo", HEADER + "Title: Toch niet\n")
    assert ("Title", 1, "stands on more than one line") == (
        only(desk).column, only(desk).line, only(desk).what,
    )  # fmt: skip


def test_an_unknown_key_is_answered_with_those_that_exist(desk: Desk) -> None:
    desk.write("Hallo", header(Tags="bos"))
    for key in ("Title", "Date", "Author", "Groups", "Kind", "Status", "Lang", "Start", "Dates"):
        assert key in only(desk).todo


def test_no_header_at_all(desk: Desk) -> None:
    desk.write("Hallo", "")
    assert {"Title", "Date", "Author"} == {problem.column for problem in desk.read()[1]}


def test_everything_at_once(desk: Desk) -> None:
    desk.write("![](weg.jpg)\n\n[film](dag.mp4)", "Title: A\nDate: ooit\nAuthor: ik\nKind: x\n")
    assert [
        (2, "cannot be read"),
        (3, "is nobody on the staff"),
        (4, "is unknown"),
        (6, "has no description"),
        (6, "is not in the post's folder"),
        (8, "is a link to a film"),
    ] == sorted((problem.line or 0, problem.what) for problem in desk.read()[1])


def test_a_post_in_another_encoding(desk: Desk) -> None:
    (desk.write("x") / "post.md").write_bytes((HEADER + "\ncafé").encode("cp1252"))
    assert "is not readable text" == only(desk).what


def test_a_reader_that_stumbles_over_the_date_is_explained(desk: Desk) -> None:
    def stumbling(path: Path) -> RawPost:
        raise ValueError("'morgen' is not a valid date")

    desk.write("Hallo", header(Date="morgen", Author="ik"))
    _, problems = read_posts(desk.groups, stumbling, roster())
    assert [("Date", 2), ("Author", 3)] == [(one.column, one.line) for one in problems]


def test_a_reader_that_stumbles_over_nothing_we_know_is_a_problem_of_that_post(desk: Desk) -> None:
    def stumbling(path: Path) -> RawPost:
        if "bos" in str(path):
            raise RecursionError("deep")
        return read(path)

    desk.write("Hallo")
    desk.write("Hallo", place="groep-3/2026-11-17-gym")
    posts, problems = read_posts(desk.groups, stumbling, roster())
    assert ["groep-3/2026-11-17-gym"] == [post.id for post in posts]
    assert [(POST, "cannot be read (RecursionError)")] == [(one.file, one.what) for one in problems]


def test_a_header_that_a_windows_editor_saved(desk: Desk) -> None:
    folder = desk.write("x")
    text = "\ufeff" + (header(Date="ooit") + "\nHallo\n").replace("\n", "\r\n")
    (folder / "post.md").write_bytes(text.encode())
    _, problems = desk.read()
    assert ("Date", 2) in [(one.column, one.line) for one in problems]
