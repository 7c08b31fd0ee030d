"""The table of talks, which a school need not have: what may stand in it, and what may not."""

from datetime import datetime
from pathlib import Path

import pytest

from lichtbrief.roster import Appointment, append_rows, appointment_row, read_roster
from tests.roster.office import keep, problems_of

HEADER = "post,pupil,guardians,teacher,start,status,changed_at\n"
ROW = "groep-3/2026-11-20-praten,sem-k,g01 g02,juf-sanne,2026-12-01T15:30,,2026-11-27T10:00\n"
TALK = Appointment(
    "groep-3/2026-11-20-praten",
    "sem-k",
    ("g01", "g02"),
    "juf-sanne",
    datetime(2026, 12, 1, 15, 30),
    False,
    datetime(2026, 11, 27, 10),
)


def test_a_school_without_the_table_has_no_talks(tmp_path: Path) -> None:
    assert () == read_roster(keep(tmp_path)).talks


def test_a_row_is_a_talk_and_is_written_as_it_is_read(tmp_path: Path) -> None:
    assert (TALK,) == read_roster(keep(tmp_path, talks=HEADER + ROW)).talks
    written = append_rows(HEADER.encode(), [appointment_row(TALK)]).decode()
    assert HEADER + ROW.replace("10:00\n", "10:00:00\n") == written


def test_as_a_dutch_spreadsheet_saves_it(tmp_path: Path) -> None:
    row = ROW.replace("2026-12-01T15:30,,2026-11-27T10:00", "1-12-2026 15:30,Afgezegd,")
    table = "\ufeff" + (HEADER + row).replace(",", ";").replace("\n", "\r\n")
    (talk,) = read_roster(keep(tmp_path, talks=table)).talks
    assert (TALK.start, True, None) == (talk.start, talk.cancelled, talk.changed_at)


@pytest.mark.parametrize(
    ("old", "new", "column", "what"),
    [
        ("groep-3/2026-11-20-praten", "praten", "post", "is not a post"),
        ("groep-3/2026-11-20-praten", "../groep-3/praten", "post", "is not a post"),
        ("sem-k", "mia-z", "pupil", "is not in school/pupils.csv"),
        ("g01 g02", "", "guardians", "is not a list of ids"),
        ("g01 g02", "g01 & g02", "guardians", "is not a list of ids"),
        ("g01 g02", "g01 g09", "guardians", "is not in school/guardians.csv"),
        ("g01 g02", "g01 g03", "guardians", "never had a relation to sem-k"),
        ("juf-sanne", "sanne", "teacher", "is not in school/staff.csv"),
        ("2026-12-01T15:30", "2026-12-01", "start", "lacks the time of day"),
        ("2026-12-01T15:30", "2026-12-01 half vier", "start", "is not a moment"),
        ("2026-12-01T15:30", "2026-12-01T25:30", "start", "is not a moment"),
        (",,", ",misschien,", "status", "is unknown"),
        ("2026-11-27T10:00", "gisteren", "changed_at", "is not a moment"),
    ],
)
def test_what_cannot_be_read_surely_is_an_error_with_its_row(
    tmp_path: Path, old: str, new: str, column: str, what: str
) -> None:
    (problem,) = problems_of(keep(tmp_path, talks=HEADER + ROW.replace(old, new)))
    assert ("school/talks.csv", 2, column) == (problem.file, problem.line, problem.column)
    assert what == problem.what


@pytest.mark.parametrize(
    ("second", "columns"),
    [
        ("tess-v,g03,juf-sanne", ["teacher"]),
        ("sem-k,g02,gym-karim", ["pupil", "guardians"]),
        ("sem-k,g01 g02,juf-sanne", ["teacher", "pupil", "guardians", "guardians"]),
    ],
)
def test_nobody_is_in_two_talks_at_one_moment(
    tmp_path: Path, second: str, columns: list[str]
) -> None:
    pupil, guardians, teacher = second.split(",")
    row = f"groep-5/2026-11-20-praten,{pupil},{guardians},{teacher},1-12-2026 15:30,,\n"
    problems = problems_of(keep(tmp_path, talks=HEADER + ROW + row))
    assert columns == [problem.column for problem in problems]
    assert {(3, "has the talk of row 2 at the same time")} == {
        (problem.line, problem.what) for problem in problems
    }
    off = row.replace(",,", ",cancelled,")
    assert 2 == len(read_roster(keep(tmp_path, talks=HEADER + ROW + off)).talks)


def test_a_table_with_other_columns_is_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(keep(tmp_path, talks=HEADER.replace(",changed_at", "")))
    assert ("is missing from the header", "changed_at") == (problem.what, problem.column)
