"""Whom a declaration has covered, and what that changes in the decision."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.consent import (
    Covered,
    Declaration,
    Deny,
    Permit,
    Reason,
    Region,
    check_cover,
    hold_back,
    parse_cover,
)
from lichtbrief.roster import FieldError
from tests.consent.case import Case, block, said

SEM = Covered("sem-k", Region(0.41, 0.2, 0.12, 0.18))
TESS = Covered("tess-v", Region(0.0, 0.5, 1.0, 0.5))
TESS_SAYS_YES = said("yes", "tom", pupil="tess-v")


def covering(*pupils: str, confirmed_by: str | None = "juf-sanne") -> Case:
    """Sem and Tess in a photo; Sem's parents have said nothing, Tess's yes."""
    known = {"sem-k": SEM, "tess-v": TESS}
    people = frozenset(("sem-k", "tess-v"))
    cover = tuple(known[pupil] for pupil in pupils)
    declaration = Declaration(True, people, None, True, cover=cover, confirmed_by=confirmed_by)
    return Case().declared(declaration).on_file(TESS_SAYS_YES)


def test_a_cover_says_who_and_where() -> None:
    assert (SEM,) == parse_cover("sem-k=0.41/0.20/0.12/0.18")
    assert (SEM, TESS) == parse_cover("  tess-v=0/0.5/1/0.5\n sem-k=0.41/0.2/0.12/0.18 ")
    assert () == parse_cover("")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("sem-k", "says nobody and no place"),
        ("=0.1/0.1/0.1/0.1", "says nobody and no place"),
        ("Sem=0.1/0.1/0.1/0.1", "says nobody and no place"),
        ("all=0.1/0.1/0.1/0.1", "says nobody and no place"),
        ("sem-k=0.1/0.1/0.1", "cannot be read"),
        ("sem-k=0.1/0.1/0.1/0.1/0.1", "cannot be read"),
        ("sem-k=0,1/0,1/0,1/0,1", "cannot be read"),
        ("sem-k=.1/.1/.1/.1", "cannot be read"),
        ("sem-k=41/20/12/18", "cannot be read"),
        ("sem-k=-0.1/0.1/0.1/0.1", "cannot be read"),
        ("sem-k=nan/0.1/0.1/0.1", "cannot be read"),
        ("sem-k=1e-1/0.1/0.1/0.1", "cannot be read"),
        ("sem-k=0.1/0.1/0/0.1", "no size"),
        ("sem-k=0.1/0.1/0.1/0.0", "no size"),
        ("sem-k=0.9/0.1/0.2/0.1", "not within the photo"),
        ("sem-k=0.1/1/0.1/0.1", "not within the photo"),
        ("sem-k=0.1/0.1/0.1/0.1 sem-k=0.2/0.2/0.1/0.1", "covers sem-k twice"),
    ],
)
def test_a_cover_that_cannot_be_read_surely_is_an_error(text: str, what: str) -> None:
    with pytest.raises(FieldError, match=what) as caught:
        parse_cover(text)
    assert caught.value.todo
    assert "Sem" not in str(caught.value)


def test_who_is_covered_is_among_the_people() -> None:
    check_cover((SEM,), frozenset({"sem-k", "tess-v"}))
    with pytest.raises(FieldError, match="covers sem-k, who is not among the people"):
        check_cover((SEM, TESS), frozenset({"tess-v"}))


part = st.integers(0, 1_000_000).map(lambda millionths: millionths / 1_000_000)


@given(st.tuples(part, part, part, part))
def test_a_region_is_read_as_it_is_written(parts: tuple[float, float, float, float]) -> None:
    covered = Covered("sem-k", Region(*parts))
    try:
        assert (covered,) == parse_cover(str(covered))
    except FieldError:
        left, top, width, height = parts
        assert not (width and height) or max(left + width, top + height) > 1


@given(st.text(alphabet="sem-k=/.01 9,x\n", max_size=40))
def test_whatever_is_written_each_region_lies_in_the_photo(text: str) -> None:
    try:
        cover = parse_cover(text)
    except FieldError:
        return
    for one in cover:
        assert 0 <= one.region.left < 1
        assert 0 < one.region.width <= 1 - one.region.left + 1e-6
        assert 0 < one.region.height <= 1 - one.region.top + 1e-6


def test_a_covered_child_is_as_if_not_in_the_photo() -> None:
    assert Deny(Reason.no_answer, frozenset({"sem-k"})) == covering().decided()
    assert Permit() == covering("sem-k").decided()


@pytest.mark.parametrize(
    "case",
    [
        covering("sem-k").on_file(TESS_SAYS_YES, said("no")),
        covering("sem-k").on_file(TESS_SAYS_YES, blocks=[block("safety", "2026-09-01")]),
        covering("sem-k").on_file(TESS_SAYS_YES, blocks=[block("dispute", "2026-09-01")]),
    ],
)
def test_nothing_about_the_covered_child_changes_the_decision(case: Case) -> None:
    assert Permit() == case.decided()


def test_the_others_are_still_asked_about() -> None:
    case = covering("tess-v")
    assert Deny(Reason.no_answer, frozenset({"sem-k"})) == case.decided()


def test_a_cover_waits_until_somebody_has_looked() -> None:
    waiting = covering("sem-k", confirmed_by=None)
    assert Deny(Reason.unconfirmed, frozenset({"sem-k"})) == waiting.decided()


def test_consent_comes_before_the_look() -> None:
    case = covering("sem-k", confirmed_by=None).on_file()
    assert Deny(Reason.no_answer, frozenset({"tess-v"})) == case.decided()


def test_somebody_who_is_not_on_the_staff_has_not_looked() -> None:
    case = covering("sem-k", confirmed_by="ann")
    assert Deny(Reason.unknown_person, frozenset({"ann"})) == case.decided()


def test_a_photo_in_which_everybody_is_covered_is_one_of_nobody() -> None:
    assert Permit() == covering("sem-k", "tess-v").decided()
    waiting = covering("sem-k", "tess-v", confirmed_by=None)
    assert Deny(Reason.unconfirmed, frozenset({"sem-k", "tess-v"})) == waiting.decided()


def test_an_unknown_child_is_unknown_under_a_cover_too() -> None:
    declaration = replace(
        covering().declaration,
        people=frozenset({"zoe-x", "tess-v"}),
        cover=(Covered("zoe-x", SEM.region),),
    )
    decided = covering().declared(declaration).decided()
    assert Deny(Reason.unknown_person, frozenset({"zoe-x"})) == decided


def test_who_is_covered_but_not_named_contradicts() -> None:
    alone = replace(covering("sem-k").declaration, people=frozenset({"tess-v"}))
    assert Deny(Reason.contradiction) == covering().declared(alone).decided()


def test_a_confirmed_photo_that_was_edited_has_not_been_looked_at() -> None:
    edited = replace(covering("sem-k").declaration, bytes_match=False)
    assert Deny(Reason.altered) == covering().declared(edited).decided()


def test_people_who_are_not_of_the_school_are_attested() -> None:
    tess = replace(covering().declaration, people=frozenset({"tess-v"}), others=2)
    assert Deny(Reason.undeclared) == covering().declared(tess).decided()
    attested = replace(tess, attested_by="juf-sanne")
    assert Permit() == covering().declared(attested).decided()
    assert 3 == attested.visible
    strange = replace(tess, attested_by="ann")
    assert Deny(Reason.unknown_person, frozenset({"ann"})) == covering().declared(strange).decided()


def test_others_excuse_nobody_of_the_school() -> None:
    both = replace(covering().declaration, others=1, attested_by="juf-sanne")
    assert Deny(Reason.no_answer, frozenset({"sem-k"})) == covering().declared(both).decided()


def test_a_number_of_others_that_is_none_is_a_no() -> None:
    odd = replace(covering("sem-k").declaration, others=-1, attested_by="juf-sanne")
    assert Deny(Reason.unreadable) == covering().declared(odd).decided()


@pytest.mark.parametrize(
    ("case", "visible"),
    [(covering(), 2), (covering("sem-k"), 1), (covering("sem-k", "tess-v"), 0)],
)
def test_more_faces_than_people_hold_a_photo_back(case: Case, visible: int) -> None:
    declaration = replace(case.declaration, confirmed_by=None)
    assert Permit() == hold_back(Permit(), declaration, visible)
    assert Deny(Reason.more_faces) == hold_back(Permit(), declaration, visible + 1)


def test_more_faces_are_fine_when_somebody_has_looked() -> None:
    assert Permit() == hold_back(Permit(), covering().declaration, 9)


def test_faces_never_show_what_consent_does_not_permit() -> None:
    refused = Deny(Reason.refused, frozenset({"sem-k"}))
    for confirmed_by in (None, "juf-sanne"):
        declaration = covering(confirmed_by=confirmed_by).declaration
        assert refused == hold_back(refused, declaration, 0)
        assert refused == hold_back(refused, declaration, 9)
