"""The teachers' copy of the roster: the outcome and no more, and what it decides when read back."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.consent import Declaration, Facts, Permit, Permits, Rules, decide
from lichtbrief.roster import Audience, Kind, Relation, Roster, read_roster
from tests.consent.case import NOW, ROSTER, USUAL, block, said

YES = said("yes")
OLD = said("yes", at="2026-05-01T09:00")
OFFICE = read_roster(Path("school"))
MOMENT = datetime(2026, 11, 20, 15)
RULES = Rules(validity="school-year", forms={(Audience.school, Kind.photo): 2})


def text(roster: Roster = ROSTER, rules: Rules = USUAL) -> str:
    return Permits.of(roster, rules, NOW).to_json()


WITHOUT = {
    "silence": text(),
    "refused": text(replace(ROSTER, answers=(YES, said("no", at="2026-10-01")))),
    "withdrawn": text(replace(ROSTER, answers=(YES, said("withdrawn", at="2026-10-01")))),
    "of one of two": text(replace(ROSTER, answers=(YES, said("no", "bob")))),
    "safety": text(replace(ROSTER, answers=(YES,), blocks=(block("safety", "2026-09-01"),))),
    "objection": text(replace(ROSTER, answers=(YES,), blocks=(block("objection", "2026-09-01"),))),
    "dispute": text(replace(ROSTER, answers=(YES,), blocks=(block("dispute", "2026-09-01"),))),
    "expired": text(replace(ROSTER, answers=(OLD,)), Rules(validity="school-year")),
    "form": text(replace(ROSTER, answers=(YES,)), Rules(forms={(Audience.group, Kind.photo): 2})),
    "nobody decides": text(replace(ROSTER, answers=(YES,), relations=ROSTER.relations[2:])),
    "doubt": text(
        replace(
            ROSTER,
            answers=(YES, said("no", "bob")),
            relations=(
                *(row for row in ROSTER.relations if row.guardian != "bob"),
                Relation("bob", "sem-k", False, True, date(2024, 8, 1), None),
            ),
        )
    ),
}


@pytest.mark.parametrize("why", WITHOUT)
def test_whatever_the_reason_the_copy_is_the_same_to_the_byte(why: str) -> None:
    assert WITHOUT["silence"] == WITHOUT[why]
    assert WITHOUT[why] != text(replace(ROSTER, answers=(YES,)))


def test_it_holds_who_is_there_and_to_what_there_is_a_yes() -> None:
    permits = json.loads(text(replace(ROSTER, answers=(YES,))))
    assert ["sem-k", "tess-v"] == list(permits["pupils"])  # who has left is not in it
    assert ["group/photo"] == permits["pupils"]["sem-k"]["yes"]
    assert [] == permits["pupils"]["tess-v"]["yes"]
    assert [["groep-3", "", ""]] == permits["pupils"]["sem-k"]["groups"]
    assert {"format", "as_of", "groups", "staff", "pupils"} == permits.keys()
    assert {"first_name", "last_name", "groups", "yes"} == permits["pupils"]["sem-k"].keys()


def test_no_guardian_no_address_and_no_answer_of_the_office_is_in_it() -> None:
    copy = Permits.of(OFFICE, RULES, MOMENT).to_json()
    words = set(copy.replace('"', " ").replace(",", " ").split())
    assert set() == words & set(OFFICE.guardians)
    assert "@" not in copy
    assert set() == {one for one in OFFICE.guardians.values() if one.name in copy}
    assert set() == {"no", "withdrawn", "blocked", "safety", "dispute", "paper,1"} & words


def decisions(roster: Roster, rules: Rules, at: datetime, on: date) -> dict[object, bool]:
    """What everybody who is at the school may have of them shown, whatever is asked."""
    facts = Facts.of(roster)
    return {
        (pupil, audience, kind): isinstance(
            decide(
                Declaration(True, frozenset({pupil}), None, bytes_match=True),
                audience, kind, on, at, facts, rules,
            ),
            Permit,
        )
        for pupil in OFFICE.at_school(at.date())
        for audience in Audience
        for kind in Kind
    }  # fmt: skip


@given(st.integers(0, 60))
def test_read_back_it_decides_as_the_office_does_on_every_day_of_the_autumn(days: int) -> None:
    on = MOMENT.date() - timedelta(days)
    copy = Permits.parse(Permits.of(OFFICE, RULES, MOMENT).to_json())
    assert decisions(OFFICE, RULES, MOMENT, on) == decisions(copy.roster(), RULES, MOMENT, on)
    here = OFFICE.at_school(MOMENT.date())
    for group in OFFICE.groups:
        assert OFFICE.members(group, on) & here == copy.roster().members(group, on)


def test_what_was_a_yes_last_school_year_ends_with_it_as_at_the_office() -> None:
    summer = datetime(2026, 7, 1, 12)
    copy = Permits.of(replace(ROSTER, answers=(OLD,)), RULES, summer)
    assert ("group/photo",) == copy.pupils["sem-k"].yes
    alone = Declaration(True, frozenset({"sem-k"}), attested_by=None, bytes_match=True)
    asked = Audience.group, Kind.photo, NOW.date(), NOW
    assert not isinstance(decide(alone, *asked, Facts.of(copy.roster()), RULES), Permit)


def test_differences_are_counted_and_another_school_year_is_all_of_them() -> None:
    now = Permits.of(ROSTER, USUAL, NOW)
    assert 0 == now.differences(Permits.of(ROSTER, USUAL, NOW + timedelta(days=3)))
    assert 1 == now.differences(Permits.of(replace(ROSTER, answers=(YES,)), USUAL, NOW))
    other = Permits.of(ROSTER, USUAL, datetime(2027, 9, 1))
    assert len(other.pupils) + len(other.staff) == now.differences(other)


SPOILT = {
    "nothing": "",
    "another kind": '{"format": "something else"}',
    "a list": "[]",
    "no pupils": text().replace('"pupils"', '"pupil"'),
    "an unknown purpose": text(replace(ROSTER, answers=(YES,))).replace("group/photo", "all/photo"),
    "an odd id": text().replace('"sem-k"', '"../sem"'),
    "an odd day": text().replace('"groep-3",\n     ""', '"groep-3",\n     "tomorrow"'),
    "an odd role": text().replace('"teacher"', '"king"'),
    "a name that is a number": text().replace('"first_name": ""', '"first_name": 7'),
    "a moment elsewhere": text().replace("T12:00:00", "T12:00:00+01:00"),
    "a word too many": text().replace('"yes": []', '"yes": [], "why": 1'),
    "no moment": text().replace('"as_of": "2026', '"as_of": "x'),
    "deeply nested": "[" * 100_000,
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_copy_is_refused_whole(how: str) -> None:
    assert SPOILT[how] != text()
    with pytest.raises(ValueError, match=r"."):
        Permits.parse(SPOILT[how])


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(junk: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Permits.parse(junk)
