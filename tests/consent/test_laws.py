"""What holds of every decision, whatever is on file."""

import random
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from hypothesis import assume, given
from hypothesis import strategies as st

from lichtbrief.consent import (
    Decider,
    Decision,
    Declaration,
    Deny,
    Facts,
    Permit,
    Reason,
    Rules,
    decide,
)
from lichtbrief.roster import (
    Answer,
    Answered,
    Audience,
    Block,
    BlockKind,
    Kind,
    Membership,
    Relation,
    Roster,
)
from tests.consent.case import NOW, POSTED, ROSTER, Case, said

# Few values, close together: ties and borders are what matters.
MOMENTS = st.integers(-3, 3).map(lambda n: NOW + timedelta(hours=12 * n)) | st.sampled_from(
    [datetime(2026, 7, 31, 23, 59), datetime(2026, 8, 1), datetime(2025, 9, 1)]
)
DAYS = MOMENTS.map(datetime.date)
PUPILS = st.sampled_from(["sem-k", "tess-v"])
GUARDIANS = st.sampled_from(["ann", "bob", "tom", "oma"])
ANSWERS = st.builds(
    Answer,
    pupil=PUPILS,
    guardian=GUARDIANS,
    audience=st.sampled_from([Audience.group, Audience.group, Audience.school]),
    kind=st.sampled_from([Kind.photo, Kind.photo, Kind.video]),
    decision=st.sampled_from([Answered.yes, *Answered]),
    said_at=MOMENTS,
    recorded_at=MOMENTS,
    form=st.integers(1, 2),
    source=st.just(""),
    recorded_by=st.just(""),
)
RELATIONS = st.builds(
    Relation,
    guardian=GUARDIANS,
    pupil=PUPILS,
    decides=st.sampled_from([True, True, False]),
    reads=st.booleans(),
    since=DAYS,
    until=st.none() | DAYS,
)
BLOCKS = st.builds(
    Block,
    pupil=PUPILS,
    kind=st.sampled_from(BlockKind),
    since=DAYS,
    until=DAYS,
    by=st.just(""),
)
EVERYBODY_SAYS_YES = tuple(
    said("yes", guardian, "2026-11-01", pupil=pupil, form=2)
    for guardian, pupil in (("ann", "sem-k"), ("bob", "sem-k"), ("tom", "tess-v"))
)
ROSTERS = st.builds(
    lambda usual, answers, relations, blocks: replace(
        ROSTER,
        answers=(*usual, *answers),
        relations=(*ROSTER.relations, *relations),
        blocks=tuple(blocks),
    ),
    st.sampled_from([(), EVERYBODY_SAYS_YES, EVERYBODY_SAYS_YES]),
    st.lists(ANSWERS, max_size=6),
    st.lists(RELATIONS, max_size=2),
    st.lists(BLOCKS, max_size=1),
)
CASES = st.builds(
    Case,
    roster=ROSTERS,
    declaration=st.builds(
        Declaration,
        declared=st.just(True),
        people=st.sets(PUPILS, min_size=1).map(frozenset),
        attested_by=st.none(),
        bytes_match=st.just(True),
    ),
    rules=st.builds(
        Rules,
        rule=st.sampled_from(["one", "all"]),
        validity=st.sampled_from(["until-withdrawn", "school-year"]),
        forms=st.sampled_from([{}, {(Audience.group, Kind.photo): 2}]),
    ),
)
JUNK = st.sampled_from([None, "zzz", "", 0, 1.5, b"yes", (), "2026-09-01"])


def with_answers(case: Case, *answers: Answer) -> Case:
    return replace(case, roster=replace(case.roster, answers=answers))


@given(CASES, ANSWERS)
def test_one_more_no_never_turns_a_deny_into_a_permit(case: Case, answer: Answer) -> None:
    no = replace(answer, decision=Answered.no)
    after = with_answers(case, *case.roster.answers, no).decided()
    assert isinstance(case.decided(), Permit) or isinstance(after, Deny)


@given(CASES, BLOCKS)
def test_one_more_block_never_turns_a_deny_into_a_permit(case: Case, block: Block) -> None:
    roster = replace(case.roster, blocks=(*case.roster.blocks, block))
    after = replace(case, roster=roster).decided()
    assert isinstance(case.decided(), Permit) or isinstance(after, Deny)


@given(CASES, st.data())
def test_a_yes_that_had_been_a_no_never_turns_a_deny_into_a_permit(
    case: Case, data: st.DataObject
) -> None:
    assume(case.roster.answers)
    place = data.draw(st.integers(0, len(case.roster.answers) - 1))
    answers = list(case.roster.answers)
    answers[place] = replace(answers[place], decision=Answered.withdrawn)
    after = with_answers(case, *answers).decided()
    assert isinstance(case.decided(), Permit) or isinstance(after, Deny)


@given(CASES, st.lists(ANSWERS, min_size=1, max_size=4))
def test_many_more_noes_never_turn_a_deny_into_a_permit(case: Case, more: list[Answer]) -> None:
    noes = [replace(answer, decision=Answered.no) for answer in more]
    after = with_answers(case, *case.roster.answers, *noes).decided()
    assert isinstance(case.decided(), Permit) or isinstance(after, Deny)


@given(CASES)
def test_without_any_yes_nothing_is_permitted(case: Case) -> None:
    answers = [answer for answer in case.roster.answers if answer.decision is not Answered.yes]
    assert isinstance(with_answers(case, *answers).decided(), Deny)


T = TypeVar("T")


def shuffled(rows: tuple[T, ...], chance: random.Random) -> tuple[T, ...]:
    return tuple(chance.sample(rows, len(rows)))


@given(CASES, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_says_nothing(case: Case, chance: random.Random) -> None:
    roster = case.roster
    other = replace(
        roster,
        answers=shuffled(roster.answers, chance),
        relations=shuffled(roster.relations, chance),
        blocks=shuffled(roster.blocks, chance),
        memberships=shuffled(roster.memberships, chance),
    )
    assert case.decided() == replace(case, roster=other).decided()


@given(CASES)
def test_a_yes_never_counts_before_it_is_recorded(case: Case) -> None:
    known = [
        answer
        for answer in case.roster.answers
        if answer.decision is not Answered.yes or max(answer.recorded_at, answer.said_at) <= case.at
    ]
    assert with_answers(case, *known).decided() == case.decided()


@given(CASES)
def test_a_decision_depends_on_nothing_that_comes_after_its_moment(case: Case) -> None:
    """Neither said nor recorded by then, or holding from a later day on."""
    today, roster = case.at.date(), case.roster
    known = replace(
        roster,
        answers=tuple(a for a in roster.answers if min(a.said_at, a.recorded_at) <= case.at),
        relations=tuple(row for row in roster.relations if row.since <= today),
        blocks=tuple(row for row in roster.blocks if row.since <= today),
        memberships=tuple(row for row in roster.memberships if row.since <= max(today, case.on)),
    )
    assert case.decided() == replace(case, roster=known).decided()


@given(CASES, st.lists(ANSWERS | RELATIONS | BLOCKS, min_size=1, max_size=4))
def test_any_fact_about_one_child_changes_only_photos_with_that_child(
    case: Case, rows: list[Answer | Relation | Block]
) -> None:
    about_tess = [replace(row, pupil="tess-v") for row in rows]
    roster = case.roster
    more = replace(
        roster,
        answers=(*roster.answers, *(row for row in about_tess if isinstance(row, Answer))),
        relations=(*roster.relations, *(row for row in about_tess if isinstance(row, Relation))),
        blocks=(*roster.blocks, *(row for row in about_tess if isinstance(row, Block))),
    )
    sem = case.showing("sem-k")
    assert sem.decided() == replace(sem, roster=more).decided()


PHOTOS = st.tuples(
    st.sets(st.sampled_from(["sem-k", "tess-v", "left-l", "juf-sanne", "kees-x"]), min_size=1),
    st.sampled_from(Audience),
    st.sampled_from(Kind),
    st.sampled_from([POSTED, date(2026, 10, 30), date(2024, 7, 31)]),
)


@given(CASES, st.lists(PHOTOS, min_size=1, max_size=12))
def test_many_decisions_at_once_are_those_taken_one_by_one(
    case: Case, photos: list[tuple[set[str], Audience, Kind, date]]
) -> None:
    decider = Decider(case.at, Facts.of(case.roster), case.rules)
    for people, audience, kind, on in photos:
        asked = replace(case.showing(*people), audience=audience, kind=kind, on=on)
        together = decider.decide(asked.declaration, audience, kind, on)
        assert asked.decided() == together


@given(CASES)
def test_what_is_on_file_about_another_child_changes_nothing(case: Case) -> None:
    sem = case.showing("sem-k")
    roster = sem.roster
    alone = replace(
        roster,
        answers=tuple(row for row in roster.answers if row.pupil == "sem-k"),
        relations=tuple(row for row in roster.relations if row.pupil == "sem-k"),
        blocks=tuple(row for row in roster.blocks if row.pupil == "sem-k"),
        memberships=tuple(row for row in roster.memberships if row.pupil == "sem-k"),
    )
    assert sem.decided() == replace(sem, roster=alone).decided()


@given(CASES, st.sampled_from(["said_at", "form", "decision", "audience"]), JUNK)
def test_an_unreadable_fact_about_another_child_changes_nothing(
    case: Case, field: str, junk: object
) -> None:
    sem = case.showing("sem-k")
    tess = Answer(
        *("tess-v", "tom", Audience.group, Kind.photo, Answered.yes, NOW, NOW, 1, "", ""),
    )
    object.__setattr__(tess, field, junk)
    assert sem.decided() == with_answers(sem, *sem.roster.answers, tess).decided()


@given(CASES)
def test_what_was_answered_for_another_purpose_changes_nothing(case: Case) -> None:
    asked = [
        answer
        for answer in case.roster.answers
        if (answer.audience, answer.kind) == (Audience.group, Kind.photo)
    ]
    assert with_answers(case, *asked).decided() == case.decided()


@given(CASES)
def test_a_photo_of_several_is_shown_when_each_of_them_alone_would_be(case: Case) -> None:
    alone = {person: case.showing(person).decided() for person in case.declaration.people}
    decision = case.decided()
    assert (decision == Permit()) == all(each == Permit() for each in alone.values())
    if isinstance(decision, Deny):
        assert decision.people == {
            person
            for person, each in alone.items()
            if each == Deny(decision.reason, frozenset({person}))
        }


def decided_on(roster: Roster) -> Decision:
    return replace(Case(), roster=roster).decided()


PERMITTED = replace(
    ROSTER,
    memberships=(Membership("sem-k", "groep-3", date(2024, 8, 1), date(2027, 8, 1)),),
    relations=(Relation("ann", "sem-k", True, True, date(2024, 8, 1), date(2027, 8, 1)),),
    answers=(
        Answer("sem-k", "ann", Audience.group, Kind.photo, Answered.yes, NOW, NOW, 1, "", ""),
    ),
    blocks=(Block("sem-k", BlockKind.safety, date(2024, 8, 1), date(2025, 8, 1), ""),),
)
MATTERS = {
    "memberships": ("since", "until"),
    "relations": ("decides", "since", "until"),
    "answers": ("audience", "kind", "decision", "said_at", "recorded_at", "form"),
    "blocks": ("kind", "since", "until"),
}
PLACES = [(name, field) for name, columns in MATTERS.items() for field in columns]


def test_the_facts_to_spoil_permit() -> None:
    assert Permit() == decided_on(PERMITTED)


@given(st.sampled_from(PLACES), JUNK)
def test_a_fact_of_no_known_kind_is_never_permitted(place: tuple[str, str], junk: object) -> None:
    name, field = place
    assume((field, junk) != ("until", None))
    row = replace(getattr(PERMITTED, name)[0])
    object.__setattr__(row, field, junk)
    roster = replace(PERMITTED)
    object.__setattr__(roster, name, (row,))
    assert Deny(Reason.unreadable, frozenset({"sem-k"})) == decided_on(roster)


@given(st.sampled_from([field.name for field in fields(Case) if field.name != "roster"]), JUNK)
def test_a_question_of_no_known_kind_is_never_permitted(name: str, junk: object) -> None:
    case = replace(Case(), roster=PERMITTED)
    object.__setattr__(case, name, junk)
    assert Deny(Reason.unreadable) == case.decided()


@given(JUNK)
def test_without_facts_nothing_is_permitted(junk: object) -> None:
    case = replace(Case(), roster=PERMITTED)
    facts = Facts.of(PERMITTED)
    object.__setattr__(facts, "pupils", junk)
    asked = (case.declaration, case.audience, case.kind, POSTED, NOW)
    assert Deny(Reason.unreadable) == decide(*asked, facts, case.rules)


@given(
    st.sampled_from(["declared", "people", "bytes_match", "contradictory", "attested_by"]),
    JUNK,
)
def test_a_declaration_of_no_known_kind_is_never_permitted(name: str, junk: object) -> None:
    case = replace(Case(), roster=PERMITTED)
    declaration = replace(case.declaration)
    object.__setattr__(declaration, name, junk)
    decision = case.declared(declaration).decided()
    assert isinstance(decision, Deny) or (name, junk) == ("attested_by", None)


@given(JUNK)
def test_an_attestation_does_not_stand_for_people_that_cannot_be_read(junk: object) -> None:
    declaration = Declaration(True, frozenset(), "juf-sanne", bytes_match=True)
    assert Permit() == Case().declared(declaration).decided()
    object.__setattr__(declaration, "people", junk)
    assert Deny(Reason.unreadable) == Case().declared(declaration).decided()


@given(st.sampled_from(["rule", "validity", "forms"]), JUNK)
def test_rules_of_no_known_kind_permit_nothing(name: str, junk: object) -> None:
    rules = Rules()
    object.__setattr__(rules, name, junk)
    assert Deny(Reason.unreadable) == replace(Case(), roster=PERMITTED).under(rules).decided()


@given(st.sampled_from([0, -1, True, "2", 1.5, None]))
def test_a_form_of_no_known_kind_permits_nothing(form: object) -> None:
    forms = {(Audience.group, Kind.photo): 1}
    forms.update({(Audience.group, Kind.photo): form})  # type: ignore[dict-item]  # as a bug would
    case = replace(Case(), roster=PERMITTED).under(Rules(forms=forms))
    assert Deny(Reason.unreadable) == case.decided()
