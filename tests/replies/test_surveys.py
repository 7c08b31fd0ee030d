"""A survey: one answer of each guardian, counted with four others, and nobody's from then on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from lichtbrief.jobs.answers.answering import rights_of
from lichtbrief.jobs.answers.balloting import Counted, Counting
from lichtbrief.jobs.answers.survey_news import SurveyNews
from lichtbrief.jobs.answers.surveys import FOLDER, Surveys
from lichtbrief.jobs.office.subject import kept_about
from lichtbrief.replies import Scale, Why
from tests.jobs.given import RING, decide_now
from tests.replies.office import NOW, Office, reply
from tests.replies.shelves import MemoryStore
from tests.school import SmallSchool

SURVEY = "school/2026-11-18-vragen"
QUESTIONS = "Fijn dat u meedenkt.\n\n1. Gaat uw kind graag?\n2. Hoort u genoeg?\n"
HEAD = "Kind: survey\nUntil: 2026-11-27\n"
FIVE = ("g1", "g2", "g3", "g4", "g7")
OVER = NOW + timedelta(days=8)


@pytest.fixture
def school(tmp_path: Path) -> SmallSchool:
    """The small school with a survey for everybody, and two more guardians who read."""
    school = SmallSchool.build(tmp_path / "school")
    school.post(SURVEY, "directeur-els", QUESTIONS, HEAD)
    for guardian in ("g7", "g8"):
        school.add("school/guardians.csv", f"{guardian},Ouder,{guardian}@home.example,nl,weekly\n")
        school.add("school/relations.csv", f"{guardian},anna-b,no,yes,2020-01-01,\n")
    return school


@pytest.fixture
def office(school: SmallSchool) -> Office:
    return Office(decide_now(school, LICHTBRIEF_REPLIES="post"))


def code(office: Office) -> str:
    return next(post.code for post in office.decided.posts if post.id == SURVEY)


def said(
    office: Office, number: int, first: str, second: str = "", words: str = "", ago: int = 5
) -> dict[str, Any]:
    body = {"post": code(office), "answers": [first, second], "words": words}
    return reply(number, "survey", body, ago)


def count(office: Office, now: Any = NOW) -> Counted:  # noqa: ANN401 -- a moment
    received = office.empty()
    counting = Counting(office.decided, rights_of(office.decided), office.store, RING, now)
    return counting.run(received.ballots)


def everybody(office: Office, guardians: Sequence[str] = FIVE) -> None:
    for number, guardian in enumerate(guardians):
        answer = ("yes", "mostly", "no")[number % 3]
        office.put(guardian, said(office, number + 1, answer, words=f"Woord {number}"))


def surveys(office: Office) -> Surveys:
    return Surveys(office.store, RING, 2026)


def test_four_answers_wait_and_the_fifth_counts_them_all(office: Office) -> None:
    everybody(office, FIVE[:4])
    done = count(office)
    assert (0, 4) == (done.counted, done.waiting)
    assert ({}, 4) == (surveys(office).all(), len(office.lying()))
    office.put("g7", said(office, 5, "hardly"))
    assert 5 == count(office).counted
    tally = surveys(office).all()[code(office)]
    assert (5, ("Gaat uw kind graag?", "Hoort u genoeg?")) == (tally.people, tally.questions)
    expected = {Scale.yes: 2, Scale.mostly: 1, Scale.no: 1, Scale.hardly: 1}
    assert expected == tally.sums[0]
    assert ("Woord 0", "Woord 1", "Woord 2", "Woord 3") == tally.words
    assert ([], ()) == (office.lying(), office.cabinet.all()), "nothing is filed under anybody"


def test_whoever_answers_first_the_state_is_the_same_to_the_byte(school: SmallSchool) -> None:
    states = set()
    for order in list(permutations(range(5)))[::40]:
        office = Office(decide_now(school, LICHTBRIEF_REPLIES="post"), MemoryStore())
        for number in order:
            office.put(FIVE[number], said(office, 9 - number, "yes", words=f"Woord {order[0]}"[:5]))
        count(office)
        ((name, _),) = office.store.list(f"{FOLDER}/").items()
        states.add(office.store.get(name))
    assert 1 == len(states)


def test_at_its_end_what_has_come_in_counts_and_later_answers_do_not(office: Office) -> None:
    everybody(office, FIVE[:2])
    assert 2 == count(office).waiting
    assert 2 == count(office, OVER).counted
    assert not surveys(office).all()[code(office)].is_told


def test_each_guardian_counts_once_with_what_they_said_last(office: Office) -> None:
    everybody(office, FIVE[1:])
    office.put("g1", said(office, 20, "no", ago=9))
    office.put("g1", said(office, 21, "yes", ago=3))
    assert 5 == count(office).counted
    office.put("g1", said(office, 22, "no", ago=1))
    assert {Why.again: 1} == dict(count(office).refused)
    assert 5 == surveys(office).all()[code(office)].people
    assert [] == office.lying()


@pytest.mark.parametrize("guardian", ["g5", "g6"])
def test_who_may_not_answer_is_refused_and_nothing_of_it_is_kept(
    school: SmallSchool, guardian: str
) -> None:
    text = (school.folder / "school/relations.csv").read_text()
    school.write("school/relations.csv", text.replace("g5,tess-v,yes,yes", "g5,tess-v,yes,no"))
    office = Office(decide_now(school, LICHTBRIEF_REPLIES="post"))
    office.put(guardian, said(office, 1, "yes"))
    assert {Why.rights: 1} == dict(count(office).refused)
    assert ([], {}) == (office.lying(), surveys(office).all())
    assert not list(office.decided.settings.state.rglob("aside/*"))


@pytest.mark.parametrize("answers", [["yes"], ["yes"] * 3])
def test_answers_to_other_questions_are_refused(office: Office, answers: list[str]) -> None:
    office.put("g1", reply(1, "survey", {"post": code(office), "answers": answers, "words": ""}))
    assert {Why.rights: 1} == dict(count(office).refused)


@pytest.mark.parametrize(
    "body",
    [
        {"answers": ["", ""], "words": " "},
        {"answers": ["perhaps", ""], "words": ""},
        {"answers": [5, 4], "words": ""},
        {"answers": {"0": "yes"}, "words": ""},
        {"answers": [["yes"]], "words": ""},
        {"answers": ["yes"] * 21, "words": ""},
        {"answers": [], "words": "x"},
        {"answers": ["yes", "no"], "words": "", "name": "x"},
    ],
)
def test_what_is_no_answer_is_malformed(office: Office, body: dict[str, Any]) -> None:
    office.put("g1", reply(1, "survey", {"post": code(office), **body}))
    assert {Why.malformed: 1} == dict(office.empty().aside)


def test_an_answer_waits_while_its_post_is_broken(school: SmallSchool, office: Office) -> None:
    everybody(office)
    school.post(SURVEY, "juf-niemand", QUESTIONS, HEAD)
    broken = Office(decide_now(school, LICHTBRIEF_REPLIES="post"), office.store)
    assert 5 == count(broken).waiting
    assert 5 == count(office).counted


class KilledError(BaseException):
    """The machine dies."""


def test_killed_before_any_write_no_answer_is_lost_and_none_counted_twice(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for killed_at in range(30):
        store = MemoryStore()
        dying = replace(office, store=store)
        everybody(dying)
        left = [killed_at]

        def step(
            act: Any,  # noqa: ANN401 -- a method of the store
            left: list[int] = left,
        ) -> Any:  # noqa: ANN401 -- the same
            def run(*arguments: object, **more: object) -> object:
                left[0] -= 1
                if left[0] < 0:
                    raise KilledError
                return act(*arguments, **more)

            return run

        with monkeypatch.context() as patch:
            patch.setattr(MemoryStore, "put", step(MemoryStore.put))
            patch.setattr(MemoryStore, "delete", step(MemoryStore.delete))
            try:
                count(dying)
            except KilledError:
                pass
            else:
                break
        count(dying)
        tally = surveys(dying).all()[code(office)]
        assert (5, 5, 5) == (tally.people, len(tally.tokens), sum(tally.sums[0].values()))
        assert [] == dying.lying()
        assert 1 == len(store.list(f"{FOLDER}/"))
    assert killed_at > 5


def test_a_letter_says_that_it_was_answered_and_nothing_of_what(office: Office) -> None:
    everybody(office)

    def asks(guardian: str) -> dict[str, bool]:
        rights = rights_of(office.decided)
        return dict(SurveyNews.of(office.decided, rights, office.store, RING).asks(guardian))

    assert {code(office): False} == asks("g1")
    count(office)
    assert ({code(office): True}, {code(office): False}) == (asks("g1"), asks("g8"))
    assert {} == asks("g6"), "who reads nothing is asked nothing"


def test_who_asks_is_told_that_they_took_part_and_not_what_anybody_said(office: Office) -> None:
    everybody(office)
    count(office)

    def told(guardian: str) -> list[object]:
        asked = office.decided, office.decided.posts, "anna-b", guardian
        kept = kept_about(*asked, surveys=[surveys(office)])
        return list(dict(kept.sections)["Surveys that you answered"])

    assert [{"post": SURVEY, "answers": "counted, without a name"}] == told("g1")
    assert [] == told("g8")


def test_who_is_forgotten_is_no_longer_among_those_who_answered(office: Office) -> None:
    everybody(office)
    count(office)
    surveys(office).forget(["g1"])
    tally = surveys(office).all()[code(office)]
    assert (5, 4) == (tally.people, len(tally.tokens))
    assert surveys(office).token(code(office), "g1") not in tally.tokens
    assert 1 == len(office.store.list(f"{FOLDER}/"))
