from dataclasses import replace
from datetime import datetime

from lichtbrief.consent import Facts
from lichtbrief.roster import Answer, Audience, Kind
from tests.consent.case import NOW, POSTED, ROSTER, said

PHOTO_IN_GROUP = (Audience.group, Kind.photo)


def facts_with(*answers: Answer) -> Facts:
    return Facts.of(replace(ROSTER, answers=answers))


def test_of_each_guardian_the_latest_answer_that_exists_is_current() -> None:
    sem = facts_with(
        said("yes", at="2026-09-01"),
        said("no", at="2026-10-01"),
        said("yes", at="2026-12-01"),
        said("yes", "bob"),
    ).pupils["sem-k"]
    current = sem.current(PHOTO_IN_GROUP, ["ann", "bob", "nobody-known"], NOW)
    assert [(False, datetime(2026, 10, 1)), (True, datetime(2026, 9, 1, 9))] == [
        (each.yes, each.said_at) for each in current
    ]


def test_every_pupil_has_facts_also_without_any_answer() -> None:
    facts = facts_with()
    assert facts.pupils.keys() == ROSTER.pupils.keys()
    assert facts.pupils["tess-v"].at_school(POSTED)
    assert ({"ann", "bob"}, set()) == facts.pupils["sem-k"].guardians(POSTED)


def test_a_row_about_nobody_known_is_passed_over() -> None:
    assert facts_with(said("yes", pupil="zoe-x")) == facts_with()


def test_only_the_pupil_about_whom_something_is_unknown_is_unreadable() -> None:
    odd = said("yes")
    object.__setattr__(odd, "decision", "perhaps")
    facts = facts_with(odd)
    assert frozenset({"sem-k"}) == facts.unreadable
    assert {"tess-v", "left-l"} == set(facts.pupils)


def test_staff_bring_whether_they_may_be_depicted() -> None:
    assert {"juf-sanne": True, "gym-karim": False} == facts_with().staff


def test_moments_that_are_only_text_are_unreadable_also_together() -> None:
    odd = said("yes", kind=Kind.video)
    object.__setattr__(odd, "said_at", "2026-09-01")
    object.__setattr__(odd, "recorded_at", "2026-09-01")
    assert frozenset({"sem-k"}) == facts_with(odd).unreadable
