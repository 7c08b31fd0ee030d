from dataclasses import replace
from datetime import date, datetime

import pytest

from lichtbrief.consent import Decision, Declaration, Deny, Permit, Reason, Rules, audience_of
from lichtbrief.roster import Audience, Block, Kind
from tests.consent.case import SEM_ALONE, Case, block, related, said

SEM_MAY = Case().on_file(said("yes"))
NOBODY = replace(SEM_ALONE, people=frozenset())
TESS_YES = said("yes", "tom", pupil="tess-v")


def deny(reason: Reason, *people: str) -> Deny:
    return Deny(reason, frozenset(people or ("sem-k",)))


def test_the_child_whose_mother_said_yes_is_shown() -> None:
    assert Permit() == SEM_MAY.decided()


def test_the_child_whose_father_withdrew_is_not_shown() -> None:
    case = Case().on_file(said("yes"), said("yes", "bob"), said("withdrawn", "bob", "2026-11-20"))
    assert deny(Reason.refused) == case.decided()


def test_a_father_who_decides_no_more_can_neither_permit_nor_refuse() -> None:
    ended = [related("ann", True, "2024-08-01"), related("bob", True, "2024-08-01", "2026-10-01")]
    assert Permit() == Case().on_file(said("yes"), said("no", "bob"), relations=ended).decided()
    assert deny(Reason.no_answer) == (Case().on_file(said("yes", "bob"), relations=ended).decided())


def test_a_yes_from_before_authority_counts_once_there_is_authority() -> None:
    coming = [related("ann", True, "2026-11-20")]
    assert Permit() == Case().on_file(said("yes"), relations=coming).decided()
    day_before = replace(Case(), at=datetime(2026, 11, 19, 23, 59))
    assert deny(Reason.no_answer) == day_before.on_file(said("yes"), relations=coming).decided()


def test_somebody_who_decides_by_one_row_and_not_by_another_does_not_decide() -> None:
    both = [related("ann", True, "2024-08-01"), related("ann", False, "2025-08-01")]
    assert deny(Reason.no_answer) == Case().on_file(said("yes"), relations=both).decided()
    assert deny(Reason.dispute) == Case().on_file(said("no"), relations=both).decided()


@pytest.mark.parametrize("word", ["no", "withdrawn"])
def test_the_no_of_a_guardian_who_does_not_decide_is_a_dispute(word: str) -> None:
    relations = [related("ann", True, "2024-08-01"), related("oma", False, "2024-08-01")]
    case = Case().on_file(said("yes"), said(word, "oma"), relations=relations)
    assert deny(Reason.dispute) == case.decided()
    later = said("yes", "oma", "2026-10-01")
    settled = Case().on_file(said("yes"), said(word, "oma"), later, relations=relations)
    assert Permit() == settled.decided()


def test_the_no_of_a_stranger_is_nothing() -> None:
    assert Permit() == Case().on_file(said("yes"), said("no", "neighbour")).decided()


@pytest.mark.parametrize("rule", ["one", "all"])
def test_a_child_without_deciding_guardians_is_not_shown(rule: str) -> None:
    case = Case().on_file(said("yes"), relations=[]).under(Rules(rule=rule))
    assert deny(Reason.no_answer) == case.decided()


def test_where_all_must_agree_every_deciding_guardian_says_yes() -> None:
    strict = Case().under(Rules(rule="all"))
    assert deny(Reason.no_answer) == strict.on_file(said("yes")).decided()
    assert Permit() == strict.on_file(said("yes"), said("yes", "bob")).decided()


def test_of_two_answers_the_later_said_counts_and_not_the_later_recorded() -> None:
    late = said("yes", at="2026-09-01T09:00", recorded="2026-10-10T09:00")
    assert deny(Reason.refused) == Case().on_file(said("no", at="2026-10-01T09:00"), late).decided()


def test_of_two_answers_at_the_same_moment_the_no_counts() -> None:
    for answers in (said("yes"), said("no")), (said("no"), said("yes")):
        assert deny(Reason.refused) == Case().on_file(*answers).decided()


def test_of_two_yeses_at_the_same_moment_the_older_form_counts() -> None:
    case = Case().under(Rules(forms={(Audience.group, Kind.photo): 2}))
    for answers in (said("yes"), said("yes", form=2)), (said("yes", form=2), said("yes")):
        assert deny(Reason.form_changed) == case.on_file(*answers).decided()


def test_a_no_that_is_announced_works_at_once() -> None:
    announced = said("no", at="2026-12-01T00:00", recorded="2026-11-20T12:00")
    assert deny(Reason.refused) == Case().on_file(said("yes"), announced).decided()


def test_a_no_counts_from_when_it_was_said_also_if_recorded_later() -> None:
    afterwards = said("no", at="2026-11-20T12:00", recorded="2026-11-27T09:00")
    assert deny(Reason.refused) == Case().on_file(said("yes"), afterwards).decided()


@pytest.mark.parametrize(
    ("at", "recorded"),
    [("2026-11-20T12:01", "2026-11-20T12:00"), ("2026-11-20T12:00", "2026-11-20T12:01")],
)
def test_a_yes_counts_from_the_later_of_said_and_recorded(at: str, recorded: str) -> None:
    case = Case().on_file(said("yes", at=at, recorded=recorded))
    assert deny(Reason.no_answer) == case.decided()
    assert Permit() == replace(case, at=datetime(2026, 11, 20, 12, 1)).decided()


def test_a_yes_to_come_does_not_lift_the_no_before_it() -> None:
    case = Case().on_file(said("no"), said("yes", at="2026-11-20T12:01"))
    assert deny(Reason.refused) == case.decided()


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("kind", list(Kind))
def test_a_yes_for_one_purpose_is_for_no_other(audience: Audience, kind: Kind) -> None:
    asked = replace(SEM_MAY, audience=audience, kind=kind)
    same = (audience, kind) == (Audience.group, Kind.photo)
    assert (Permit() if same else deny(Reason.no_answer)) == asked.decided()


@pytest.mark.parametrize("audience", [Audience.school, Audience.paper])
def test_a_no_for_one_purpose_refuses_no_other(audience: Audience) -> None:
    case = Case().on_file(said("yes"), said("no", "bob", audience=audience))
    assert Permit() == case.decided()


def test_a_yes_of_last_school_year_has_expired_where_it_is_asked_each_year() -> None:
    yearly = Case().under(Rules(validity="school-year"))
    last_day, first_day = said("yes", at="2026-07-31T23:59"), said("yes", at="2026-08-01T00:00")
    assert deny(Reason.expired) == yearly.on_file(last_day).decided()
    assert Permit() == yearly.on_file(first_day).decided()
    assert Permit() == yearly.on_file(last_day, replace(first_day, guardian="bob")).decided()


def test_on_the_first_of_august_the_yeses_of_the_year_before_expire() -> None:
    yearly = Case().under(Rules(validity="school-year")).on_file(said("yes", at="2025-09-01"))
    assert Permit() == replace(yearly, at=datetime(2026, 7, 31, 23, 59)).decided()
    assert deny(Reason.expired) == replace(yearly, at=datetime(2026, 8, 1)).decided()


def test_a_no_never_expires_and_never_ages() -> None:
    rules = Rules(validity="school-year", forms={(Audience.group, Kind.photo): 3})
    case = Case().under(rules).on_file(said("no", at="2020-09-01"), said("yes", "bob", form=3))
    assert deny(Reason.refused) == case.decided()


def test_a_yes_on_an_older_form_is_not_enough() -> None:
    case = SEM_MAY.under(Rules(forms={(Audience.group, Kind.photo): 2}))
    assert deny(Reason.form_changed) == case.decided()
    assert Permit() == case.on_file(said("yes", form=2)).decided()
    assert Permit() == SEM_MAY.under(Rules(forms={(Audience.school, Kind.photo): 2})).decided()


def test_an_expired_yes_is_named_before_an_old_form_and_both_before_silence() -> None:
    forms = {(Audience.group, Kind.photo): 2}
    case = Case().under(Rules(rule="all", validity="school-year", forms=forms))
    expired, old = said("yes", at="2025-09-01"), said("yes", "bob")
    assert deny(Reason.expired) == case.on_file(expired, old).decided()
    assert deny(Reason.form_changed) == case.on_file(old).decided()
    assert deny(Reason.no_answer) == case.on_file().decided()


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("safety", Reason.blocked),
        ("objection", Reason.objection),
        ("dispute", Reason.dispute),
    ],
)
def test_a_block_holds_from_its_first_day_until_its_last(kind: str, reason: Reason) -> None:
    case = Case().on_file(said("yes"), blocks=[block(kind, "2026-11-20", "2026-11-21")])
    for at, expected in (
        (datetime(2026, 11, 19, 23, 59), Permit()),
        (datetime(2026, 11, 20, 0, 0), deny(reason)),
        (datetime(2026, 11, 20, 23, 59), deny(reason)),
        (datetime(2026, 11, 21, 0, 0), Permit()),
    ):
        assert expected == replace(case, at=at).decided()


def test_an_undeclared_photo_is_not_shown() -> None:
    undeclared = replace(SEM_ALONE, declared=False)
    assert Deny(Reason.undeclared) == SEM_MAY.declared(undeclared).decided()
    assert Deny(Reason.undeclared) == SEM_MAY.declared(undeclared).showing().decided()


@pytest.mark.parametrize(
    ("attested_by", "expected"),
    [
        ("juf-sanne", Permit()),
        (None, Deny(Reason.undeclared)),
        ("", Deny(Reason.undeclared)),
        ("juf-x", deny(Reason.unknown_person, "juf-x")),
        ("sem-k", deny(Reason.unknown_person, "sem-k")),
    ],
)
def test_nobody_in_sight_is_for_a_staff_member_to_attest(
    attested_by: str | None, expected: Decision
) -> None:
    assert expected == SEM_MAY.declared(replace(NOBODY, attested_by=attested_by)).decided()


def test_a_photo_that_was_edited_is_not_shown() -> None:
    edited = replace(SEM_ALONE, bytes_match=False)
    assert Deny(Reason.altered) == SEM_MAY.declared(edited).decided()
    edited = replace(NOBODY, attested_by="juf-sanne", bytes_match=False)
    assert Deny(Reason.altered) == SEM_MAY.declared(edited).decided()


@pytest.mark.parametrize(
    "declaration",
    [
        replace(SEM_ALONE, contradictory=True),
        replace(SEM_ALONE, attested_by="juf-sanne"),
        Declaration(False, frozenset({"zoe-x"}), "juf-sanne", False, True),
    ],
)
def test_two_stories_about_one_photo_contradict(declaration: Declaration) -> None:
    assert Deny(Reason.contradiction) == SEM_MAY.declared(declaration).decided()


def test_somebody_whom_the_roster_does_not_know() -> None:
    assert deny(Reason.unknown_person, "zoe-x") == SEM_MAY.showing("sem-k", "zoe-x").decided()


def test_a_child_who_was_not_at_the_school_on_the_day_of_the_post() -> None:
    case = Case().on_file(said("yes", "lea", pupil="left-l")).showing("left-l")
    assert deny(Reason.unknown_person, "left-l") == case.decided()
    assert Permit() == replace(case, on=date(2026, 10, 31)).decided()


def test_staff_are_shown_when_they_may_be() -> None:
    assert Permit() == SEM_MAY.showing("sem-k", "juf-sanne").decided()
    assert deny(Reason.refused, "gym-karim") == SEM_MAY.showing("sem-k", "gym-karim").decided()


def test_everybody_in_the_photo_must_pass() -> None:
    both = Case().showing("sem-k", "tess-v")
    assert Permit() == both.on_file(said("yes"), TESS_YES).decided()
    assert deny(Reason.no_answer, "tess-v") == both.on_file(said("yes")).decided()
    assert deny(Reason.no_answer, "sem-k", "tess-v") == both.on_file().decided()


SEM_IS = {
    Reason.blocked: Case().on_file(TESS_YES, blocks=[block("safety", "2026-01-01")]),
    Reason.objection: Case().on_file(TESS_YES, blocks=[block("objection", "2026-01-01")]),
    Reason.dispute: Case().on_file(TESS_YES, blocks=[block("dispute", "2026-01-01")]),
    Reason.refused: Case().on_file(TESS_YES, said("no")),
    Reason.expired: Case()
    .on_file(TESS_YES, said("yes", at="2025-09-01"))
    .under(Rules(validity="school-year")),
    Reason.form_changed: Case()
    .on_file(replace(TESS_YES, form=2), said("yes"))
    .under(Rules(forms={(Audience.group, Kind.photo): 2})),
    Reason.no_answer: Case().on_file(TESS_YES),
}


@pytest.mark.parametrize("reason", SEM_IS)
def test_the_one_person_of_whom_the_reason_holds_is_named(reason: Reason) -> None:
    assert deny(reason) == SEM_IS[reason].showing("sem-k", "tess-v", "juf-sanne").decided()


@pytest.mark.parametrize(
    ("of_sem", "of_tess"),
    [
        ([block("safety", "2026-01-01")], [block("objection", "2026-01-01", pupil="tess-v")]),
        ([block("objection", "2026-01-01")], [block("dispute", "2026-01-01", pupil="tess-v")]),
        ([block("dispute", "2026-01-01")], []),
    ],
)
def test_the_gravest_reason_goes_before_those_of_other_people(
    of_sem: list[Block], of_tess: list[Block]
) -> None:
    no = said("no", "tom", pupil="tess-v")
    blocks = [*of_sem, *of_tess]
    decision = Case().on_file(no, blocks=blocks).showing("sem-k", "tess-v").decided()
    assert isinstance(decision, Deny)
    assert SEM_ALONE.people == decision.people


def test_one_class_asks_for_the_group_and_anything_wider_for_the_school() -> None:
    assert Audience.group is audience_of(["groep-3"])
    assert Audience.group is audience_of(["groep-3", "groep-3"])
    assert Audience.school is audience_of(["groep-3", "groep-5"])
    assert Audience.school is audience_of(["school"])
    assert Audience.school is audience_of({"school", "groep-3"})
    with pytest.raises(ValueError, match="one group at least"):
        audience_of([])
