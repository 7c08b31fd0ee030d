"""Whom a name in a file means, and what it says against a declaration that lacks them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.consent import Clash, Deny, Names, Permit, Reason, clash
from lichtbrief.consent.named import folded
from lichtbrief.roster import Membership, Pupil
from tests.consent.case import LONG_AGO, POSTED, ROSTER, SEM_ALONE, Case, said

PUPILS = {
    "sem-k": Pupil("sem-k", "Sem", "Klaver"),
    "sem-v": Pupil("sem-v", "Sem", "van der Vliet"),
    "tess-v": Pupil("tess-v", "Tess", "Vink"),
    "noel-b": Pupil("noel-b", "Noël", "O’Brien"),
    "noel-o": Pupil("noel-o", "Noel", "O'Brien"),
    "left-l": Pupil("left-l", "Lea", "Los"),
}
MEMBERSHIPS = tuple(
    Membership(pupil, "groep-5" if pupil in ("tess-v", "noel-o") else "groep-3", LONG_AGO, until)
    for pupil, until in ((one, date(2026, 11, 1) if one == "left-l" else None) for one in PUPILS)
)
KNOWN = replace(ROSTER, pupils=PUPILS, memberships=MEMBERSHIPS)
HERE = KNOWN.members("groep-3", POSTED)

MEANT = {
    "Sem Klaver": {"sem-k"},
    "  SEM   klaver ": {"sem-k"},
    "Klaver, Sem": {"sem-k"},
    "sem-k": {"sem-k"},
    "Sem K.": {"sem-k"},
    "Sem v": {"sem-v"},
    "Sem": {"sem-k", "sem-v"},
    "Tess": {"tess-v"},  # of another group, but of this name there is no other
    "noel o brien": {"noel-b"},  # the one in this group
    "Noël": {"noel-b"},
    "Lea Los": {"left-l"},  # no longer there, which is for the decision
    "Lea": set(),
    "S": {"juf-sanne"},
    "juf sanne": {"juf-sanne"},
    "Se": set(),
    "Bello": set(),
    "": set(),
    "…": set(),
}


@pytest.mark.parametrize("name", MEANT)
def test_whom_a_name_means(name: str) -> None:
    assert MEANT[name] == Names(KNOWN).whom(name, HERE, POSTED)


@given(st.text())
def test_a_name_is_compared_the_same_however_often_it_is_folded(name: str) -> None:
    assert folded(name) == folded(folded(name))


@given(st.text())
def test_any_text_means_somebody_known_or_nobody(name: str) -> None:
    assert Names(KNOWN).whom(name, HERE, POSTED) <= PUPILS.keys() | KNOWN.staff.keys()


def test_names_that_are_declared_say_nothing_against_it() -> None:
    assert clash([{"sem-k"}, {"tess-v"}], {"sem-k", "tess-v", "noel-b"}) is None
    assert clash([{"sem-k", "sem-v"}], {"sem-v"}) is None
    assert clash([], set()) is None


def test_a_name_that_is_not_declared_does() -> None:
    assert Clash(frozenset({"tess-v"})) == clash([{"sem-k"}, {"tess-v"}], {"sem-k"})
    assert Clash(frozenset({"sem-k", "sem-v"})) == clash([{"sem-k", "sem-v"}], {"tess-v"})


def test_a_name_of_nobody_does_unless_so_many_others_are_declared() -> None:
    assert Clash(strangers=1) == clash([set()], {"sem-k"})
    assert clash([set()], {"sem-k"}, others=1) is None
    assert Clash(strangers=2) == clash([set(), set()], {"sem-k"}, others=1)


SEM_MAY = Case().on_file(said("yes"), said("yes", "bob"))


def test_a_photo_whose_file_names_somebody_else_is_not_shown() -> None:
    assert Permit() == SEM_MAY.decided()
    clashing = replace(SEM_ALONE, clash=Clash(frozenset({"tess-v"})))
    expected = Deny(Reason.contradiction, frozenset({"tess-v"}))
    assert expected == SEM_MAY.declared(clashing).decided()


def test_nor_one_whose_file_names_a_stranger_or_cannot_be_read() -> None:
    stranger = replace(SEM_ALONE, clash=Clash(strangers=1))
    assert Deny(Reason.contradiction) == SEM_MAY.declared(stranger).decided()
    unreadable = replace(SEM_ALONE, clash=Clash(readable=False))
    assert Deny(Reason.unreadable) == SEM_MAY.declared(unreadable).decided()


@given(st.sampled_from([True, 0, "", (), Clash()]))
def test_a_clash_of_any_kind_permits_nothing(junk: object) -> None:
    declaration = replace(SEM_ALONE)
    object.__setattr__(declaration, "clash", junk)
    assert isinstance(SEM_MAY.declared(declaration).decided(), Deny)
