"""What a teacher types to say who is in a photo, and what that means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.consent import Unclear, candidates, choose, parse_people
from lichtbrief.roster import Pupil

GROUP = candidates(
    Pupil(f"{first.lower()}-{last[0].lower()}", first, last)
    for first, last in (
        ("Tess", "Vink"),
        ("Anna", "Bakker"),
        ("Annabel", "Groot"),
        ("Sem", "Klaver"),
        ("Sem", "Visser"),
        ("Bo", "Al"),
    )
)
KNOWN = {one.id for one in GROUP} | {"kees-z", "juf-sanne"}
EVERYBODY = {one.id for one in GROUP}

MEANT = {
    "1": "anna-b",
    "6 1": "anna-b tess-v",
    "1,6": "anna-b tess-v",
    "te bo": "bo-a tess-v",
    "TE": "tess-v",
    "anna": "anna-b",
    "annab": "annabel-g",
    "sem-k": "sem-k",
    "1 1 anna": "anna-b",
    "kees-z juf-sanne te": "juf-sanne kees-z tess-v",
    "all": "all",
    "ALL -te -4": "all -sem-k -tess-v",
    "all juf-sanne": "all juf-sanne",
    "others=2 te": "tess-v others=2",
    "OTHERS=1 all -te": "all -tess-v others=1",
    "nobody": "nobody",
    "Nobody": "nobody",
}
UNCLEAR = {
    "an": "2 Annabel",
    "sem": "4 Sem (sem-k) or 5 Sem (sem-v)",
    "all -sem": "4 Sem (sem-k)",
    "7": "no number 7",
    "0": "no number 0",
    "piet": "nobody in this group",
    "nobody te": "says nobody and somebody",
    "te -te": "leaves out",
    "te others=x": "counts others",
    "nobody others=1": "says nobody and somebody",
    "-te": "leaves out",
    "all -1 -2 -3 -4 -5 -6": "no pupil at all",
    "": "is empty",
    "…": "nobody in this group",
    "all -nobody": "nobody",
}


def test_candidates_are_numbered_by_first_name() -> None:
    labels = ["Anna", "Annabel", "Bo", "Sem (sem-k)", "Sem (sem-v)", "Tess"]
    assert labels == [one.label for one in GROUP]
    assert [1, 2, 3, 4, 5, 6] == [one.number for one in GROUP]


@pytest.mark.parametrize("typed", MEANT)
def test_what_is_typed_becomes_a_cell(typed: str) -> None:
    assert MEANT[typed] == choose(typed, GROUP, KNOWN)


@pytest.mark.parametrize("typed", UNCLEAR)
def test_what_is_not_sure_is_asked_again_and_says_why(typed: str) -> None:
    with pytest.raises(Unclear) as why:
        choose(typed, GROUP, KNOWN)
    assert UNCLEAR[typed] in str(why.value)


@given(st.text(max_size=40) | st.lists(st.sampled_from([*MEANT, *UNCLEAR])).map(" ".join))
def test_whatever_is_typed_is_a_declaration_or_asked_again(typed: str) -> None:
    try:
        cell = choose(typed, GROUP, KNOWN)
    except Unclear:
        return
    assert parse_people(cell, EVERYBODY) <= KNOWN
