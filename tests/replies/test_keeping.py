"""What is kept of replies: told to who asks, gone with who has left, set aside by who must."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.answers.answering import Answering
from lichtbrief.jobs.answers.desk import Desk
from lichtbrief.jobs.answers.notes import note_of
from lichtbrief.jobs.ground.filing import Mark
from lichtbrief.jobs.office.forgetting import forget, plan_leaving
from lichtbrief.jobs.office.subject import kept_about
from lichtbrief.jobs.runs.inbox import filed_for, set_aside
from lichtbrief.roster import read_roster
from lichtbrief.sealing import write_ring
from tests.jobs.given import RING, decide_now
from tests.replies.office import NOW, Office, choice, reply_id, word
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
    kept = kept_about(office.decided, (), "anna-b", "g1", office.cabinet.all())
    (row,) = dict(kept.sections)["What you sent from letters"]
    assert {"said": "2026-11-20 14:55", "kind": "word", "words": "Anna is moe"} == row


def test_who_has_left_is_forgotten_in_the_cabinet_too(school: SmallSchool, office: Office) -> None:
    path = school.folder / "school/memberships.csv"
    here = "noor-d,groep-5,2026-08-01,"
    path.write_text(path.read_text().replace(here, f"{here}2026-11-01"))
    roster, today = read_roster(school.folder / "school"), office.decided.moment.date()
    office.cabinet.mark(office.cabinet.all()[-1], Mark.done)
    desk = Desk(office.cabinet, office.notes)
    forget(office.decided.settings, plan_leaving(roster, (), "noor-d", today), desk)
    assert [] == list(office.store.list("marks/"))
    assert [reply_id(1), reply_id(2)] == [one.reply.id for one in office.cabinet.all()]


def test_a_message_that_is_unsuitable_goes_to_the_director(office: Office) -> None:
    teacher = office.decided.roster.staff["juf-sanne"]
    set_aside(office.decided, office.cabinet, teacher, reply_id(1))
    assert [] == heard(office, "juf-sanne")
    assert reply_id(1) in heard(office, "directeur-els")


def test_nobody_sets_aside_what_is_for_another(office: Office) -> None:
    teacher = office.decided.roster.staff["meester-tom"]
    with pytest.raises(LichtbriefError, match="names no message"):
        set_aside(office.decided, office.cabinet, teacher, reply_id(1))


def write(office: Office, guardian: str, by: str, words: str) -> None:
    settings, roster = office.decided.settings, office.decided.roster
    office.notes.add(note_of(settings, roster, guardian, by, words))


def test_a_note_goes_into_one_guardians_letter_and_no_other(office: Office) -> None:
    write(office, "g2", "juf-sanne", "Sem heeft goed gelezen.")
    assert not any(b"gelezen" in office.store.get(name) for name in office.store.list())
    notes = office.notes.all()
    answering = Answering.of(office.decided, (), notes, NOW)
    shown = {
        guardian: answering.asks(guardian)["notes"] for guardian in office.decided.roster.guardians
    }
    note = {"by": "Juf Sanne", "at": "2026-11-20T15:00", "words": "Sem heeft goed gelezen."}
    assert {who: [note] if who == "g2" else [] for who in shown} == shown
    later = replace(office.decided, moment=office.decided.moment + timedelta(days=61))
    assert [] == Answering.of(later, (), notes, NOW).asks("g2")["notes"]


@pytest.mark.parametrize(
    ("guardian", "by", "words", "what"),
    [
        ("g4", "juf-sanne", "Dag", "no child in the groups"),
        ("g9", "juf-sanne", "Dag", "no guardian of that id"),
        ("g2", "juf-x", "Dag", "nobody on the staff"),
        ("g2", "juf-sanne", " \n", "no words"),
        ("g2", "juf-sanne", "\x1b[2J", "cannot show"),
        ("g2", "juf-sanne", "a" * 2001, "cannot show"),
    ],
)
def test_what_cannot_be_written_is_refused(
    office: Office, guardian: str, by: str, words: str, what: str
) -> None:
    with pytest.raises(LichtbriefError, match=what):
        write(office, guardian, by, words)


def test_the_director_writes_to_everybody_and_who_has_left_is_forgotten(office: Office) -> None:
    write(office, "g4", "directeur-els", "Dag")
    office.notes.take_out(lambda note: note.guardian == "g1")
    assert ["g4"] == [note.guardian for note in office.notes.all()]
    office.notes.take_out(lambda note: note.guardian == "g4")
    assert () == office.notes.all()
