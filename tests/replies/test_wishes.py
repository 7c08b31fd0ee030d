"""How a guardian wants the letter: in the office's table from the moment it is read, or told."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from lichtbrief.consent.lines import As, What
from lichtbrief.jobs.answers.wishing import Obstacle, obstacles_of
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.runs.inbox import tell
from lichtbrief.replies import Why
from lichtbrief.roster import Delivery, read_roster
from tests.jobs.given import decide_now
from tests.replies.office import Office, reply
from tests.school import SmallSchool


@pytest.fixture
def school(tmp_path: Path) -> SmallSchool:
    return SmallSchool.build(tmp_path / "school")


def office_of(school: SmallSchool) -> Office:
    return Office(decide_now(school, LICHTBRIEF_REPLIES="post"))


def wish(number: int, delivery: str, language: str = "nl", ago: int = 5) -> dict[str, Any]:
    return reply(number, "wishes", {"delivery": delivery, "language": language}, ago)


def take_in(office: Office, **said: Mapping[str, Any]) -> int:
    for guardian, content in said.items():
        office.put(guardian, content)
    office.empty()
    return office.act().wishes


def table(school: SmallSchool) -> str:
    return (school.folder / "school/guardians.csv").read_text()


def noted(office: Office) -> list[tuple[str, str]]:
    lines = Log.of(office.decided.settings.state).read().lines
    wished = [line for line in lines if line.what is What.wished]
    return [(line.about["delivery"], *line.people(As.guardian)) for line in wished]


def test_a_wish_stands_in_the_guardians_own_row_and_nowhere_else(school: SmallSchool) -> None:
    office, before = office_of(school), table(school)
    assert 2 == take_in(office, g1=wish(1, "direct", "pl"), g4=wish(2, "paper"))
    expected = before.replace("g1@home.example,nl,weekly", "g1@home.example,pl,direct")
    expected = expected.replace("g4@home.example,nl,weekly", "g4@home.example,nl,paper")
    assert expected == table(school)
    assert [("direct", "g1"), ("paper", "g4")] == noted(office)
    assert Delivery.paper is decide_now(school).roster.guardians["g4"].delivery


def test_an_older_wish_that_comes_in_later_does_not_undo_a_newer_one(school: SmallSchool) -> None:
    office = office_of(school)
    assert 1 == take_in(office, g1=wish(1, "direct", ago=10))
    assert 0 == take_in(office, g1=wish(2, "paper", ago=20))
    assert "g1@home.example,nl,direct" in table(school)
    assert 1 == take_in(office, g1=wish(3, "weekly", ago=5))


def test_a_wish_is_carried_out_once_and_then_the_table_is_the_office_s(school: SmallSchool) -> None:
    office, export = office_of(school), table(school)
    take_in(office, g1=wish(1, "direct"))
    school.write("school/guardians.csv", export)
    assert 0 == office.act().wishes
    assert export == table(school)


def test_a_run_that_was_killed_before_it_noted_the_wish_has_one_line_in_the_log(
    school: SmallSchool,
) -> None:
    office, before = office_of(school), table(school)
    take_in(office, g1=wish(1, "direct"))
    for text in (before, table(school)):  # killed before the table was written, and after
        school.write("school/guardians.csv", text)
        office.forget_marks()
        office.act()
        assert "g1@home.example,nl,direct" in table(school)
    assert [("direct", "g1")] == noted(office)


def test_what_cannot_be_is_left_to_the_office_and_the_rest_is_done(school: SmallSchool) -> None:
    text = table(school).replace("g4@home.example,nl,weekly", ",nl,paper")
    school.write("school/guardians.csv", text)
    school.add("school/guardians.csv", "g7,Ouder Zeven,g7@home.example,nl,weekly\n")
    school.add("school/relations.csv", "g7,anna-b,yes,no,2020-01-01,\n")
    office = office_of(school)
    said = {"g1": wish(1, "direct", "fi"), "g4": wish(2, "weekly"), "g7": wish(3, "paper", "uk")}
    assert 2 == take_in(office, **said)
    people = read_roster(school.folder / "school").guardians
    assert (Delivery.direct, "nl") == (people["g1"].delivery, people["g1"].language)
    assert Delivery.paper is people["g4"].delivery
    assert (Delivery.weekly, "uk") == (people["g7"].delivery, people["g7"].language)
    left = {one.guardian: obstacles_of(office.decided, one) for one in office.cabinet.all()}
    assert {
        "g1": (Obstacle.language,),
        "g4": (Obstacle.address,),
        "g7": (Obstacle.paper,),
    } == left


def test_the_office_is_told_once_of_what_is_left_to_it(school: SmallSchool, tmp_path: Path) -> None:
    school.add("school/staff.csv", "kantoor-ria,Ria,ria@dijk.example,office,,no\n")
    mail = {"LICHTBRIEF_MAIL": f"maildir://{tmp_path}/mail"}
    office = Office(decide_now(school, LICHTBRIEF_REPLIES="post", **mail))
    take_in(office, g1=wish(1, "weekly", "fi"), g2=wish(2, "direct"))
    assert (1, 0) == tell(office.decided, office.cabinet)
    assert (0, 0) == tell(office.decided, office.cabinet)
    (sent,) = (tmp_path / "mail/new").iterdir()
    assert "To: ria@dijk.example" in sent.read_text()
    assert "g1" not in sent.read_text()


def test_nobody_without_a_child_at_the_school_changes_anything(school: SmallSchool) -> None:
    text = (school.folder / "school/relations.csv").read_text()
    old = text.replace("g4,noor-d,yes,yes,2020-01-01,", "g4,noor-d,yes,yes,2020-01-01,2026-11-01")
    school.write("school/relations.csv", old)
    office, before = office_of(school), table(school)
    office.put("g4", wish(1, "paper"))
    assert {Why.rights: 1} == dict(office.empty().aside)
    assert (0, before) == (office.act().wishes, table(school))
