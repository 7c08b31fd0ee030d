"""Who gets which time: nobody twice at once, choices honoured, families together."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lichtbrief.errors import LichtbriefError
from lichtbrief.roster import Appointment
from lichtbrief.talks import Assigned, Booking, Wanted, assign
from lichtbrief.talks.booking import NEAR, WALK
from tests.talks.evenings import (
    GROEP_3,
    GROEP_5,
    THURSDAY,
    TUESDAY,
    doubles,
    hours,
    plan,
    times,
    wanted,
)


def test_two_who_both_want_the_first_time_get_their_first_and_second() -> None:
    found = assign([wanted("g1", 0, 1), wanted("g2", 0, 1)])
    assert {"15:30", "15:40"} == set(hours(found).values())
    assert {1, 2} == {one.rank for one in found.given}


def test_one_gives_way_so_that_another_gets_any_choice_at_all() -> None:
    found = assign([wanted("g1", 0), wanted("g2", 0, 1), wanted("g3", 1, 2)])
    expected = {"child-of-g1": "15:30", "child-of-g2": "15:40", "child-of-g3": "15:50"}
    assert expected == hours(found)


def test_whom_no_choice_is_left_for_gets_the_nearest_time_if_that_will_do() -> None:
    found = assign([wanted("g1", 1), wanted("g2", 1, elsewhere=True)])
    assert "15:40" == hours(found)["child-of-g1"]
    assert hours(found)["child-of-g2"] in ("15:30", "15:50")


def test_whom_no_other_time_will_do_for_is_told_of() -> None:
    found = assign([wanted("g1", 1), wanted("g2", 1)])
    assert 1 == len(found.given)
    assert 1 == len(found.without)


def test_two_teachers_named_together_talk_side_by_side() -> None:
    both = ("juf-sanne", "juf-noor")
    found = assign([wanted("g1", 0, teachers=both), wanted("g2", 0, teachers=both)])
    assert {("juf-sanne", "15:30"), ("juf-noor", "15:30")} == set(plan(found).values())


def test_a_family_with_children_in_two_groups_walks_from_one_to_the_other() -> None:
    anna = wanted("g1", 0, 3, pupil="anna", elsewhere=True)
    bram = wanted("g1", 1, 2, pupil="bram", post=GROEP_5, elsewhere=True)
    assert {"anna": "15:30", "bram": "15:50"} == hours(assign([anna, bram]))


def test_the_evening_is_the_same_for_a_whole_family() -> None:
    evenings = (*times(*range(6)), *times(*range(3), first=THURSDAY))
    anna = Wanted(
        GROEP_3, "anna", ("g1",), ("juf-sanne",), 10, evenings, (THURSDAY, TUESDAY), elsewhere=False
    )
    bram = wanted("g1", 2, 4, pupil="bram", post=GROEP_5)
    assert {"anna": "15:30", "bram": "15:50"} == hours(assign([anna, bram]))


def test_twins_are_talked_about_one_after_the_other() -> None:
    found = assign([wanted("g1", 0, 1, 5, pupil=name) for name in ("mia", "noa")])
    assert {"15:30", "15:40"} == set(hours(found).values())


def test_separated_parents_come_at_different_times_to_the_same_teacher() -> None:
    found = assign([wanted("g2", 0, 1, pupil="sem"), wanted("g3", 0, 1, pupil="sem")])
    assert {"15:30", "15:40"} == {hour for _, hour in plan(found).values()}


def test_nobody_wants_anything() -> None:
    assert Assigned((), ()) == assign([])


def test_a_child_without_a_teacher_is_told_of() -> None:
    nobody = Wanted(GROEP_3, "anna", ("g1",), (), 10, times(0, 1), times(0), elsewhere=True)
    assert (nobody,) == assign([nobody]).without


def test_a_talk_that_has_its_time_stays_where_nothing_better_is_free() -> None:
    held = Appointment(GROEP_3, "anna", ("g1",), "juf-sanne", times(4)[0], False, None)
    taken = wanted("g2").at("juf-sanne", times(0)[0])
    found = assign([wanted("g1", 0, pupil="anna", held=held)], [taken])
    assert {"anna": "16:10"} == hours(found)


def test_without_the_solver_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    with pytest.raises(LichtbriefError) as refused:
        assign([wanted("g1", 0)])
    assert 'pip install "lichtbrief[talks]"' == refused.value.hint


EVENINGS = [*times(*range(5)), *times(*range(3), first=THURSDAY, minutes=15)]


@st.composite
def families(draw: st.DrawFn) -> list[Wanted]:
    """A few talks of a few families, teachers and lengths, in whatever mixture."""
    found = {}
    for _ in range(draw(st.integers(0, 9))):
        pupil = draw(st.sampled_from("abcdef"))
        guardians = draw(st.lists(st.sampled_from(["g1", "g2", "g3"]), min_size=1, unique=True))
        one = Wanted(
            post=draw(st.sampled_from([GROEP_3, GROEP_5, "school/2026-11-20-praten"])),
            pupil=pupil,
            guardians=tuple(guardians),
            teachers=tuple(draw(st.lists(st.sampled_from(["t1", "t2"]), unique=True))),
            minutes=draw(st.sampled_from([5, 10, 15, 25])),
            starts=tuple(EVENINGS),
            choices=tuple(draw(st.lists(st.sampled_from(EVENINGS), max_size=3, unique=True))),
            elsewhere=draw(st.booleans()),
        )
        found[one.key] = one
    return list(found.values())


def bookings(assigned: Assigned) -> list[Booking]:
    return [one.booking for one in assigned.given]


def rushed(assigned: Sequence[Booking]) -> list[tuple[Booking, Booking]]:
    """Every two talks of a family with different teachers and no time to walk between."""
    return [
        (one, other)
        for one in assigned
        for other in assigned
        if one.people & other.people
        and one.teacher != other.teacher
        and one.post != other.post
        and timedelta(0) <= other.start - one.end < WALK
    ]


@settings(max_examples=60, deadline=None)
@given(families(), families())
def test_nobody_is_ever_in_two_talks_at_once_and_a_later_answer_moves_nobody(
    first: list[Wanted], later: list[Wanted]
) -> None:
    early = assign(first)
    assert [] == doubles(early.given)
    assert {one.key for one in first} == {
        *(one.wanted.key for one in early.given),
        *(one.key for one in early.without),
    }
    for one in early.given:
        chosen = one.start in one.wanted.choices
        assert one.teacher in one.wanted.teachers
        assert chosen or one.wanted.elsewhere
    fixed = bookings(early)
    late = assign([one for one in later if one.key not in {w.key for w in first}], fixed)
    assert [] == doubles(late.given, fixed)
    assert [] == rushed([*fixed, *bookings(late)])


def most_matched(choices: Mapping[str, Sequence[int]]) -> int:
    """How many can have one of their choices at all: a matching, made longer path by path."""
    holder: dict[int, str] = {}

    def finds(who: str, seen: set[int]) -> bool:
        for time in choices[who]:
            if time not in seen:
                seen.add(time)
                if time not in holder or finds(holder[time], seen):
                    holder[time] = who
                    return True
        return False

    return sum(finds(who, set()) for who in choices)


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([f"g{n}" for n in range(8)]),
        st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True),
    )
)
def test_as_many_as_can_be_get_a_time_that_they_chose(asked: dict[str, list[int]]) -> None:
    found = assign([wanted(who, *own, elsewhere=True) for who, own in asked.items()])
    assert most_matched(asked) == sum(one.rank > 0 for one in found.given)
    assert min(len(asked), 6) == len(found.given)


@settings(max_examples=25, deadline=None)
@given(families(), st.randoms())
def test_the_order_in_which_answers_came_changes_nothing(
    asked: list[Wanted], random: Random
) -> None:
    mixed = list(asked)
    random.shuffle(mixed)
    assert assign(asked) == assign(mixed)


def test_being_near_each_other_is_worth_a_lesser_choice() -> None:
    starts = (TUESDAY, TUESDAY + 2 * NEAR, TUESDAY + 2 * NEAR + timedelta(minutes=20))
    early_or_late, late = starts[:2], starts[2:]
    anna = replace(wanted("g1", pupil="anna", starts=starts), choices=early_or_late)
    bram = replace(wanted("g1", pupil="bram", post=GROEP_5, starts=starts), choices=late)
    assert {"anna": "16:30", "bram": "16:50"} == hours(assign([anna, bram]))
