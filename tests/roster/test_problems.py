from pathlib import Path

import pytest

from lichtbrief.errors import ProblemsError
from lichtbrief.roster import read_roster
from tests.roster.office import FILES, add, keep, places, problems_of

LAST_YES = "sem-k,g01,group,photo,yes,2026-09-01,2026-09-01,paper,1,kantoor-ria"


@pytest.mark.parametrize(
    ("file", "row", "column", "value", "what"),
    [
        ("groups", "groep-3,Nog een", "id", "groep-3", "already the id in row 3"),
        ("groups", "Groep 7,Groep 7", "id", "Groep 7", "not an id"),
        ("staff", "juf-x,X,x@example.org,chef,groep-3,yes", "role", "chef", "not one of the words"),
        ("staff", "juf-x,X,,teacher,groep-9,yes", "groups", "groep-9", "not in school/groups.csv"),
        ("staff", "sem-k,X,,teacher,groep-3,yes", "id", "sem-k", "the id of a pupil too"),
        ("staff", "juf-x,X,,teacher,groep-3,", "photo", "", "not one of the words"),
        ("pupils", "sem-k,Sem,Bos", "id", "sem-k", "already the id in row 2"),
        ("pupils", "all,Al,Lang", "id", "all", "a word with another meaning"),
        ("memberships", "mia-z,groep-3,2026-08-01,", "pupil", "mia-z", "not in school/pupils.csv"),
        ("memberships", "sem-k,groep-9,2026-08-01,", "group", "groep-9", "not in school/groups"),
        ("memberships", "sem-k,groep-3,1 aug,", "from", "1 aug", "not a date"),
        ("memberships", "sem-k,school,2026-08-01,2026-08-01", "until", "2026-08-01", "not after"),
        ("memberships", "tess-v,groep-3,2027-01-01,", "pupil", "tess-v", "already in groep-3 by r"),
        ("memberships", "sem-k,groep-3,2026-11-01,", "pupil", "sem-k", "already in groep-3 by row"),
        ("guardians", "g02,Nog een,,nl,paper", "id", "g02", "already the id in row 3"),
        ("guardians", "g04,Vier,,nl,weekly", "email", "", "empty while the delivery is weekly"),
        ("guardians", "g04,Vier,,nl,direct", "email", "", "empty while the delivery is direct"),
        ("guardians", "g04,Vier,a@b.nl,Dutch,weekly", "language", "Dutch", "not a language code"),
        ("guardians", "g04,Vier,a@b.nl,nl,pigeon", "delivery", "pigeon", "not one of the words"),
        (
            "relations",
            "g09,sem-k,yes,yes,2024-08-01,",
            "guardian",
            "g09",
            "not in school/guardians",
        ),
        ("relations", "g01,mia-z,yes,yes,2024-08-01,", "pupil", "mia-z", "not in school/pupils"),
        ("relations", "g01,tess-v,maybe,yes,2024-08-01,", "decides", "maybe", "not one of the"),
        (
            "relations",
            "g01,sem-k,no,yes,2025-08-01,",
            "guardian",
            "g01",
            "has other rights for sem",
        ),
        (
            "relations",
            "g01,tess-v,no,yes,2025-08-01,2025-07-31",
            "until",
            "2025-07-31",
            "not after",
        ),
        (
            "consents",
            LAST_YES.replace("sem-k", "tess-v"),
            "guardian",
            "g01",
            "never had a relation",
        ),
        ("consents", LAST_YES.replace("sem-k", "mia-z"), "pupil", "mia-z", "not in school/pupils"),
        ("consents", LAST_YES.replace("g01", "g09"), "guardian", "g09", "not in school/guardians"),
        ("consents", LAST_YES.replace("group", "world"), "audience", "world", "not one of the wor"),
        ("consents", LAST_YES.replace("photo", "smell"), "kind", "smell", "not one of the words"),
        ("consents", LAST_YES.replace("yes", "misschien"), "decision", "misschien", "not one of"),
        ("consents", LAST_YES.replace(",1,", ",0,"), "form", "0", "not the number of a form"),
        ("blocks", "sem-k,dispute,2026-09-01,2026-10-01,", "by", "", "a dispute that has ended"),
        ("blocks", "mia-z,safety,2026-09-01,,", "pupil", "mia-z", "not in school/pupils.csv"),
        ("blocks", "sem-k,secret,2026-09-01,,", "kind", "secret", "not one of the words"),
        ("blocks", "sem-k,safety,2026-09-01,2026-09-01,", "until", "2026-09-01", "not after from"),
    ],
)
def test_one_wrong_row_is_found_where_it_stands(
    tmp_path: Path, file: str, row: str, column: str, value: str, what: str
) -> None:
    problems = problems_of(keep(tmp_path, **{file: add(file, row)}))
    last_line = FILES[file].count("\n") + 1
    assert [(f"school/{file}.csv", last_line, column)] == places(problems)
    assert value == problems[0].value
    assert what in problems[0].what
    assert problems[0].todo


@pytest.mark.parametrize("name", list(FILES))
def test_a_missing_file_is_one_problem_and_makes_no_others(tmp_path: Path, name: str) -> None:
    school = keep(tmp_path)
    (school / f"{name}.csv").unlink()
    assert [(f"school/{name}.csv", None, None)] == places(problems_of(school))


@pytest.mark.parametrize("name", list(FILES))
def test_a_file_saved_by_an_old_excel_is_one_problem(tmp_path: Path, name: str) -> None:
    school = keep(tmp_path)
    with (school / f"{name}.csv").open("ab") as file:
        file.write("Zoë\n".encode("cp1252"))
    last_line = FILES[name].count("\n") + 1
    assert [(f"school/{name}.csv", last_line, None)] == places(problems_of(school))


def test_a_school_needs_its_general_group(tmp_path: Path) -> None:
    groups = FILES["groups"].replace("school,De hele school\n", "")
    assert [("school/groups.csv", None, "id")] == places(problems_of(keep(tmp_path, groups=groups)))


def test_a_duplicate_column(tmp_path: Path) -> None:
    pupils = FILES["pupils"].replace("last_name", "first_name")
    problems = problems_of(keep(tmp_path, pupils=pupils))
    assert (
        [
            ("school/pupils.csv", 1, "first_name"),
            ("school/pupils.csv", 1, "last_name"),
        ]
    ) == places(problems)


def test_the_same_rights_twice_contradict_nothing(tmp_path: Path) -> None:
    relations = add("relations", "g01,sem-k,yes,yes,2025-08-01,")
    assert 4 == len(read_roster(keep(tmp_path, relations=relations)).relations)


def test_rights_that_change_from_one_day_to_the_next_contradict_nothing(tmp_path: Path) -> None:
    ended = FILES["relations"].replace(
        "g01,sem-k,yes,yes,2024-08-01,", "g01,sem-k,yes,yes,2024-08-01,2026-01-01"
    )
    relations = ended + "g01,sem-k,no,yes,2026-01-01,\n"
    assert 4 == len(read_roster(keep(tmp_path, relations=relations)).relations)


def test_a_short_row_between_does_not_hide_a_long_one(tmp_path: Path) -> None:
    rows = (
        "tess-v,groep-5,2020-08-01,2027-01-01",
        "tess-v,groep-5,2020-09-01,2020-10-01",
        "tess-v,groep-5,2026-12-01,",
    )
    problems = problems_of(keep(tmp_path, memberships=add("memberships", *rows)))
    assert [6, 7] == [problem.line for problem in problems]
    assert all("by row 5" in problem.what for problem in problems)


def test_somebody_whose_relation_has_ended_may_have_answered(tmp_path: Path) -> None:
    relations = FILES["relations"].replace(
        "g01,sem-k,yes,yes,2024-08-01,", "g01,sem-k,yes,yes,2024-08-01,2024-09-01"
    )
    assert 2 == len(read_roster(keep(tmp_path, relations=relations)).answers)


def test_one_file_with_many_errors_gives_them_all_in_order(tmp_path: Path) -> None:
    consents = add(
        "consents",
        "mia-z,g01,group,photo,yes,2026-09-01,2026-09-01,paper,1,kantoor-ria",
        '"sem-k",g01,planet,smell,perhaps,soon,later,"a note\nof two lines",0,kantoor-ria',
        "",
        "sem-k,g01,group,photo,yes",
        "tess-v,g01,group,photo,yes,2026-09-01,gisteren,paper,1,kantoor-ria",
    )
    row = "school/consents.csv"
    wrong = ("audience", "kind", "decision", "said_at", "recorded_at", "form")
    assert [
        (row, 4, "pupil"),
        *((row, 5, column) for column in wrong),
        *((row, 7, column) for column in ("said_at", "recorded_at", "form")),
        (row, 8, "recorded_at"),
        (row, 8, "guardian"),
    ] == places(problems_of(keep(tmp_path, consents=consents)))


def test_errors_of_several_files_come_together_in_the_order_of_the_files(tmp_path: Path) -> None:
    school = keep(
        tmp_path,
        blocks=add("blocks", "sem-k,dispute,x,2026-10-01,"),
        guardians=add("guardians", "g04,Vier,,Dutch,weekly"),
        pupils=add("pupils", "Mia,Mia,Zand"),
    )
    assert [
        ("school/pupils.csv", 4, "id"),
        ("school/guardians.csv", 5, "language"),
        ("school/guardians.csv", 5, "email"),
        ("school/blocks.csv", 4, "from"),
        ("school/blocks.csv", 4, "by"),
    ] == places(problems_of(school))


def test_a_row_that_is_wrong_elsewhere_still_names_who_exists(tmp_path: Path) -> None:
    pupils = add("pupils", "mia-z,=Mia,Zand", "noa-y,Noa,Zand,Extra")
    memberships = add("memberships", "mia-z,groep-3,2026-08-01,", "noa-y,groep-3,2026-08-01,")
    problems = problems_of(keep(tmp_path, pupils=pupils, memberships=memberships))
    assert (
        [
            ("school/pupils.csv", 4, "first_name"),
            ("school/pupils.csv", 5, None),
        ]
    ) == places(problems)


def test_of_a_personal_value_only_the_shape_is_shown(tmp_path: Path) -> None:
    school = keep(
        tmp_path,
        pupils=add("pupils", "mia-z,=Mia,+Zand"),
        guardians=add("guardians", "g04,@Vier,mia.zand@@example.org,nl,weekly"),
        staff=add("staff", "juf-x,-Xandra,xandra@school,teacher,groep-3,yes"),
    )
    with pytest.raises(ProblemsError) as refused:
        read_roster(school)
    values = [problem.value for problem in refused.value.problems]
    assert ["-xxxxxx", "xxxxxx@xxxxxx", "=xxx", "+xxxx", "@xxxx", "xxx.xxxx@@xxxxxxx.xxx"] == values
    said = " ".join((str(refused.value), refused.value.hint, *map(str, refused.value.problems)))
    for name in ("Mia", "Zand", "Vier", "Xandra", "mia", "zand", "xandra"):
        assert name not in said


def test_the_error_says_how_many_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match=r"cannot be used: 1 problem") as refused:
        read_roster(keep(tmp_path, groups=add("groups", "groep-3,Nog een")))
    assert "nothing is built or sent" in refused.value.hint
    assert "school/groups.csv:5: id “groep-3” is already" in str(refused.value.problems[0])


def test_contradictions_are_found_in_time_that_grows_as_sorting_does(tmp_path: Path) -> None:
    memberships = ["tess-v,groep-5,2026-08-01,"] * 20_000
    problems = problems_of(keep(tmp_path, memberships=add("memberships", *memberships)))
    assert 19_999 == len(problems)
