"""What is kept of replies: told to who asks, gone with who has left, set aside by who must."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from lichtbrief.cli.inbox import show
from lichtbrief.cli.main import make_parser
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.filing import Cabinet
from lichtbrief.jobs.forgetting import forget, plan_leaving
from lichtbrief.jobs.inbox import filed_for, set_aside
from lichtbrief.jobs.subject import kept_about
from lichtbrief.roster import read_roster
from lichtbrief.sealing import write_ring
from tests.jobs.given import RING, decide_now
from tests.replies.office import Office, choice, reply_id, word
from tests.school import SmallSchool


@pytest.fixture
def school(tmp_path: Path) -> SmallSchool:
    school = SmallSchool.build(tmp_path / "school")
    write_ring(school.folder / ".lichtbrief/keys.json", RING)
    return school


@pytest.fixture
def office(school: SmallSchool) -> Office:
    """Something of Anna and Bram's mother, and of Noor's."""
    office = Office(decide_now(school, LICHTBRIEF_REPLIES="post"))
    office.put("g1", word(1, "anna-b", "Anna is moe"))
    office.put("g1", word(2, "bram-b", "Bram niet"))
    office.put("g4", choice(3, "noor-d", group_photo="yes"))
    office.empty()
    return office


def heard(office: Office, staff: str) -> list[str]:
    person = office.decided.roster.staff[staff]
    return [one.reply.id for one in filed_for(office.decided, office.cabinet, person)]


def test_who_asks_is_told_what_they_sent_about_that_child(office: Office) -> None:
    kept = kept_about(office.decided, (), "anna-b", "g1")
    (row,) = dict(kept.sections)["What you sent from letters"]
    assert {"said": "2026-11-20 14:55", "kind": "word", "words": "Anna is moe"} == row


def test_who_has_left_is_forgotten_in_the_cabinet_too(school: SmallSchool, office: Office) -> None:
    path = school.folder / "school/memberships.csv"
    here = "noor-d,groep-5,2026-08-01,"
    path.write_text(path.read_text().replace(here, f"{here}2026-11-01"))
    roster, today = read_roster(school.folder / "school"), office.decided.moment.date()
    forget(office.decided.settings, plan_leaving(roster, (), "noor-d", today))
    assert [reply_id(1), reply_id(2)] == [one.reply.id for one in office.cabinet.all()]


def test_a_machine_without_keys_finds_nothing_where_nothing_came_in(tmp_path: Path) -> None:
    school = SmallSchool.build(tmp_path / "other")
    assert () == Cabinet.found(decide_now(school).settings).all()


def test_a_message_that_is_unsuitable_goes_to_the_director(office: Office) -> None:
    teacher = office.decided.roster.staff["juf-sanne"]
    set_aside(office.decided, office.cabinet, teacher, reply_id(1))
    assert [] == heard(office, "juf-sanne")
    assert reply_id(1) in heard(office, "directeur-els")


def test_nobody_sets_aside_what_is_for_another(office: Office) -> None:
    teacher = office.decided.roster.staff["meester-tom"]
    with pytest.raises(LichtbriefError, match="names no message"):
        set_aside(office.decided, office.cabinet, teacher, reply_id(1))


def shown(office: Office, capsys: pytest.CaptureFixture[str], arguments: Sequence[str]) -> str:
    options = make_parser("inbox").parse_args(["inbox", *arguments])
    assert 0 == show(options)
    return capsys.readouterr().out


def test_a_teacher_reads_who_when_about_whom_and_the_words(
    school: SmallSchool,
    office: Office,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(school.folder)
    told = shown(office, capsys, ["--for", "juf-sanne"])
    assert (
        "00000000  2026-11-20 14:55  Ouder Een (g1)\n"
        "  to the teacher, about: anna-b\n"
        "  | Anna is moe\n"
    ) == told
    assert "Nothing has come in for juf-sanne.\n" == shown(
        office, capsys, ["--for", "juf-sanne", "--unsuitable", "00000000"]
    )
