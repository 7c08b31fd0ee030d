"""What parents answered is written again where consents.csv lacks it, and undoes nothing newer."""

from pathlib import Path

import pytest

from lichtbrief.roster import read_roster
from tests.jobs.given import decide_now
from tests.replies.office import Office, choice
from tests.school import SmallSchool, answer


@pytest.fixture
def school(tmp_path: Path) -> SmallSchool:
    return SmallSchool.build(tmp_path / "school")


@pytest.fixture
def export(school: SmallSchool) -> bytes:
    """The table as the school's administration exports it: without what came in letters."""
    return table(school)


@pytest.fixture
def office(school: SmallSchool, export: bytes) -> Office:
    """Noor's mother said no to photos in the group and yes to paper, and that was carried out."""
    assert b"letter" not in export
    office = Office(decide_now(school, LICHTBRIEF_REPLIES="post"))
    said = {"at": "2026-11-20T13:55:41Z"}
    office.put("g4", choice(1, "noor-d", group_photo="no", paper_photo="yes") | said)
    office.empty()
    office.act()
    return office


def table(school: SmallSchool) -> bytes:
    return (school.folder / "school/consents.csv").read_bytes()


def rows(school: SmallSchool) -> list[tuple[str, str]]:
    """What stands in the roster of letters: audience and decision."""
    answers = read_roster(school.folder / "school").answers
    return [(each.audience, each.decision) for each in answers if each.source == "letter"]


BOTH = [("group", "no"), ("paper", "yes")]


def test_rows_that_were_lost_are_written_again_as_they_were(
    school: SmallSchool, export: bytes, office: Office
) -> None:
    before = table(school)
    school.write("school/consents.csv", export.decode())
    done = office.act()
    assert (2, True, BOTH) == (done.answers, done.renews, rows(school))
    assert before == table(school)
    assert 0 == office.act().answers


def test_a_form_that_has_changed_since_does_not_make_an_old_yes_new(
    school: SmallSchool, export: bytes, office: Office
) -> None:
    school.write("school/consents.csv", export.decode())
    forms = {"paper/photo": 2}
    later = Office(
        decide_now(school, LICHTBRIEF_REPLIES="post", LICHTBRIEF_CONSENT_FORMS=forms), office.store
    )
    later.act()
    answers = read_roster(school.folder / "school").answers
    assert {1} == {each.form for each in answers if each.source == "letter"}


def test_a_spreadsheet_that_cuts_the_seconds_off_makes_no_row_twice(
    school: SmallSchool, office: Office
) -> None:
    school.write("school/consents.csv", table(school).decode().replace("T14:55:41,", " 14:55,"))
    assert 0 == office.act().answers
    assert BOTH == rows(school)


@pytest.mark.parametrize("said", ["2026-11-20T16:00", "2026-11-20", "2026-11-21T09:00"])
def test_an_older_yes_is_not_written_beside_a_newer_no(
    school: SmallSchool, export: bytes, office: Office, said: str
) -> None:
    no = answer("noor-d", "g4", "no", audience="paper", said=said)
    school.write("school/consents.csv", export.decode() + no)
    assert 1 == office.act().answers
    assert [("group", "no")] == rows(school)


def test_an_older_no_is_written_and_undoes_no_newer_yes(
    school: SmallSchool, export: bytes, office: Office
) -> None:
    yes = answer("noor-d", "g4", "yes", said="2026-11-20T16:00")
    school.write("school/consents.csv", export.decode() + yes)
    office.act()
    assert BOTH == rows(school)
    decided = decide_now(school, LICHTBRIEF_MOMENT="2026-11-20T18:00")
    (found,) = (one for (_, name), one in decided.decisions.items() if name == "bord.jpg")
    assert "Permit" == type(found).__name__


def test_who_is_no_guardian_of_the_child_any_more_gets_no_row_that_breaks_the_table(
    school: SmallSchool, export: bytes, office: Office
) -> None:
    text = (school.folder / "school/relations.csv").read_text()
    kept = [line for line in text.splitlines(keepends=True) if not line.startswith("g4,noor-d")]
    school.write("school/relations.csv", "".join(kept))
    lines = export.decode().splitlines(keepends=True)
    school.write("school/consents.csv", "".join(x for x in lines if not x.startswith("noor-d,g4")))
    assert 0 == office.act().answers
    assert () != read_roster(school.folder / "school").answers
