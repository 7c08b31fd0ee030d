"""Names in a text: what is found and what is not, by sentences written for it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.consent import NameFinder
from lichtbrief.roster import Pupil, Role, Staff

VECTORS = json.loads(Path("tests/vectors/name-sentences.json").read_text(encoding="utf-8"))
PUPILS = {id_: Pupil(id_, first, last) for id_, (first, last) in VECTORS["pupils"].items()}
STAFF = [
    Staff(f"staff-{number}", name, "", Role.teacher, frozenset(), photo=True)
    for number, name in enumerate(VECTORS["staff"])
]
EVERYBODY = frozenset(PUPILS)
FINDER = NameFinder.of(PUPILS.values(), STAFF)
SENTENCES = [(text, frozenset(meant.split())) for text, meant in VECTORS["sentences"]]


def found(text: str, present: frozenset[str] = EVERYBODY) -> set[str]:
    """Everybody who may be meant in a text."""
    return {pupil for mention in FINDER.find(text, present) for pupil in mention.pupils}


def pupils(*names: str) -> NameFinder:
    """A finder of pupils with these first names, who are called by them as ids too."""
    return NameFinder.of([Pupil(name, name, "Vos") for name in names], [])


def test_of_the_sentences_no_pupil_who_is_named_is_missed() -> None:
    figures = {
        "sentences": len(SENTENCES),
        "named": sum(len(meant) for _, meant in SENTENCES),
        "missed": sum(len(meant - found(text)) for text, meant in SENTENCES),
        "false": sum(len(found(text) - meant) for text, meant in SENTENCES),
    }
    # The same figures stand in docs/consent.md.
    assert {"sentences": 229, "named": 188, "missed": 0, "false": 17} == figures


def test_the_false_ones_are_words_at_a_beginning_and_parts_of_a_double_name() -> None:
    wrong = {pupil for text, meant in SENTENCES for pupil in found(text) - meant}
    first = {"bloem-v", "wolf-d", "storm-b", "mei-l", "ben-k", "elke-d", "can-t", "zon-h", "bo-v"}
    assert {"janwillem-g"} | first == wrong


@pytest.mark.parametrize("text", ["Anna is er.", "Annaatje is er.", "Anna Bakker is er."])
def test_only_who_is_at_the_school_that_day_can_be_meant(text: str) -> None:
    assert {"anna-b"} == found(text, EVERYBODY - {"anna-v"})
    assert set() == found(text, EVERYBODY - {"anna-b", "anna-v"})


def test_the_whole_name_of_somebody_who_has_left_does_not_hide_who_is_there() -> None:
    assert {"anna-v"} == found("Anna Bakker is er.", EVERYBODY - {"anna-b"})


def test_two_with_one_whole_name_are_both_meant() -> None:
    twins = NameFinder.of([Pupil("a", "Anna", "Bakker"), Pupil("b", "Anna", "Bakker")], [])
    assert [frozenset("ab")] == [m.pupils for m in twins.find("Anna Bakker", frozenset("ab"))]


def test_somebody_whose_very_name_it_is_is_meant_rather_than_a_slip_of_spelling() -> None:
    finder = pupils("Luka", "Lukas", "Emma", "Emmie")
    present = frozenset(("Luka", "Lukas", "Emma", "Emmie"))
    assert [{"Lukas"}, {"Emmie"}] == [m.pupils for m in finder.find("Lukas en Emmie", present)]
    only = frozenset(("Luka", "Emma"))
    assert [{"Luka"}, {"Emma"}] == [m.pupils for m in finder.find("Lukas en Emmie", only)]


def test_a_pupil_with_the_name_of_a_teacher_is_found_all_the_same() -> None:
    member = Staff("els", "Els Vos", "", Role.management, frozenset(), photo=True)
    finder = NameFinder.of([Pupil("els-v", "Els", "Vos")], [member])
    assert [{"els-v"}] == [m.pupils for m in finder.find("Els Vos", frozenset({"els-v"}))]
    assert [] == list(finder.find("juf Els", frozenset({"els-v"})))


def test_a_name_in_letters_without_case_is_found() -> None:
    assert [{"نور"}] == [m.pupils for m in pupils("نور").find("صورة نور هنا", frozenset({"نور"}))]


def test_a_name_of_no_letters_at_all_is_nowhere() -> None:
    assert [] == list(pupils("?", "7").find("? 7 !", frozenset("?7")))


@given(
    st.sampled_from(sorted(EVERYBODY)),
    st.sampled_from([str, str.upper, str.title]),
    st.text(alphabet=" \n,.;:!?()\"'’-–0123456789_@#", max_size=3),
    st.text(alphabet=" \n,.;:!?()\"'’-–0123456789_@#", max_size=3),
)
def test_a_name_is_found_whatever_marks_stand_around_it(
    pupil: str, written: type[str], before: str, after: str
) -> None:
    name = written(PUPILS[pupil].first_name)
    assert pupil in found(f"van{before or ' '}{name}{after or ' '}en")


@given(st.text(max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    assert EVERYBODY >= found(text)
