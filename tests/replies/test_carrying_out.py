"""What follows from a reply: a row, a photo that is hidden, and nothing twice."""

from dataclasses import replace
from pathlib import Path

import pytest

from lichtbrief.consent.standing import photo_id
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.runs.inbox import filed_for
from lichtbrief.roster import Role, read_roster
from tests.jobs.given import decide_now
from tests.replies.office import Office, choice, reply, word
from tests.school import SmallSchool, photo


@pytest.fixture
def school(tmp_path: Path) -> SmallSchool:
    return SmallSchool.build(tmp_path / "school")


def office_of(school: SmallSchool, **more: object) -> Office:
    return Office(decide_now(school, LICHTBRIEF_REPLIES="post", **more))


def rows(school: SmallSchool) -> list[tuple[str, str, str]]:
    """The answers that came in a letter: pupil, audience and kind, decision."""
    answers = read_roster(school.folder / "school").answers
    return [
        (each.pupil, f"{each.audience}/{each.kind}", each.decision)
        for each in answers
        if each.source == "letter"
    ]


def is_shown(school: SmallSchool, file: str) -> bool:
    """Whether a photo may be seen now, in whichever post it is."""
    decided = decide_now(school)
    (found,) = (one for (_, name), one in decided.decisions.items() if name == file)
    return type(found).__name__ == "Permit"


def test_a_no_in_a_letter_becomes_a_row_and_hides(school: SmallSchool) -> None:
    office = office_of(school)
    office.put("g4", choice(1, "noor-d", group_photo="no", paper_photo="yes"))
    office.empty()
    done = office.act()
    assert (2, 0, True) == (done.answers, done.hidden, done.renews)
    expected = [("noor-d", "group/photo", "no"), ("noor-d", "paper/photo", "yes")]
    assert expected == rows(school)
    assert not is_shown(school, "bord.jpg")


def test_an_older_yes_that_comes_in_later_does_not_undo_a_no(school: SmallSchool) -> None:
    office = office_of(school)
    office.put("g4", choice(1, "noor-d", group_photo="no", ago=10))
    office.empty()
    office.act()
    office.put("g4", choice(2, "noor-d", group_photo="yes", ago=20))
    office.empty()
    office.act()
    assert 2 == len(rows(school))
    assert not is_shown(school, "bord.jpg")


def test_what_was_carried_out_is_not_carried_out_again(school: SmallSchool) -> None:
    office = office_of(school)
    office.put("g4", choice(1, "noor-d", group_photo="no"))
    office.empty()
    office.act()
    office.forget_marks()  # killed before it was noted as done
    done = office.act()
    assert (0, True) == (done.answers, done.renews), "it may not have been brought to light yet"
    assert 1 == len(rows(school))
    assert not office.act().renews


def test_a_doubt_hides_the_photo_that_it_is_about(school: SmallSchool) -> None:
    office = office_of(school, LICHTBRIEF_DOUBT_HIDES=True)
    (post,) = (post for post in office.decided.posts if post.id.endswith("bos"))
    about = {"post": post.code, "photo": "Twee laarzen in een plas", "words": "liever niet"}
    office.put("g2", reply(1, "doubt", about))
    office.empty()
    assert 1 == office.act().hidden
    (digest,) = (one.digest for one in post.photos if one.file == "plas.jpg")
    assert {photo_id(digest)} == Log.of(office.decided.settings.state).standing().taken_down


@pytest.mark.parametrize("alt", ["", "No such words", "Tweemaal"])
def test_a_doubt_of_which_the_photo_is_not_clear_hides_the_post(
    school: SmallSchool, alt: str
) -> None:
    twice = "".join(f'![Tweemaal]({n}.jpg){{: people="sem-k" }}\n\n' for n in ("a", "b"))
    school.post("groep-3/2026-11-19-twee", "juf-sanne", twice, a=photo(7), b=photo(8))
    office = office_of(school, LICHTBRIEF_DOUBT_HIDES=True)
    (post,) = (post for post in office.decided.posts if post.id.endswith("twee"))
    office.put("g2", reply(1, "doubt", {"post": post.code, "photo": alt, "words": ""}))
    office.empty()
    assert 1 == office.act().hidden
    assert {post.id} == Log.of(office.decided.settings.state).standing().taken_down


def test_without_the_setting_a_doubt_hides_nothing(school: SmallSchool) -> None:
    office = office_of(school)
    (post,) = (post for post in office.decided.posts if post.id.endswith("bos"))
    office.put("g2", reply(1, "doubt", {"post": post.code, "photo": "", "words": ""}))
    office.empty()
    assert (0, False) == (office.act().hidden, office.act().renews)


def test_a_table_that_cannot_be_read_leaves_the_answer_waiting(school: SmallSchool) -> None:
    office = office_of(school)
    office.put("g4", choice(1, "noor-d", group_photo="no"))
    office.empty()
    school.add("school/consents.csv", "broken\n")
    with pytest.raises(LichtbriefError):
        office.act()
    text = (school.folder / "school/consents.csv").read_text()
    school.write("school/consents.csv", text.removesuffix("broken\n"))
    assert 1 == office.act().answers


def test_words_reach_only_whom_they_are_for(school: SmallSchool) -> None:
    office = office_of(school)
    office.put("g1", word(1, "anna-b"))
    director = {"to": "director", "pupil": "bram-b", "words": "Kan ik u spreken?"}
    office.put("g1", reply(2, "word", director))
    office.put("g4", reply(3, "wishes", {"delivery": "paper", "language": "pl"}))
    office.empty()
    staff = office.decided.roster.staff
    heard = {
        name: [int(one.reply.id, 16) for one in filed_for(office.decided, office.cabinet, person)]
        for name, person in staff.items()
    }
    assert {"juf-sanne": [1], "meester-tom": [], "directeur-els": [2, 3]} == heard


def test_a_word_to_a_teacher_whom_nobody_is_reaches_the_director(school: SmallSchool) -> None:
    office = office_of(school)
    office.put("g1", word(1, "anna-b"))
    office.empty()
    staff = {n: replace(one, role=Role.subject) for n, one in office.decided.roster.staff.items()}
    staff |= {"directeur-els": office.decided.roster.staff["directeur-els"]}
    without = replace(office.decided, roster=replace(office.decided.roster, staff=staff))
    heard = [n for n, one in staff.items() if filed_for(without, office.cabinet, one)]
    assert ["directeur-els"] == heard
