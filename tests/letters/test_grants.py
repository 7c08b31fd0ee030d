"""Who may read which group's news: siblings, separated parents, children who move."""

from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.editions import Week
from lichtbrief.letters import ever_granted, grants
from lichtbrief.roster import Delivery, Group, Guardian, Membership, Pupil, Relation, Roster

WEEK = Week.parse("2026-W47")
MONDAY, WEDNESDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 18), date(2026, 11, 20)
SUMMER = date(2026, 8, 1)
GROUPS = ("groep-1", "school", "groep-3", "groep-7")


def school(relations: Sequence[Relation], memberships: Sequence[Membership]) -> Roster:
    guardians = {relation.guardian for relation in relations}
    pupils = {relation.pupil for relation in relations}
    return Roster(
        groups={name: Group(name, name.title()) for name in GROUPS},
        staff={},
        pupils={pupil: Pupil(pupil, "Sem", "Visser") for pupil in pupils},
        guardians={
            name: Guardian(name, "A. Visser", "a@example.org", "nl", Delivery.weekly)
            for name in guardians
        },
        memberships=tuple(memberships),
        relations=tuple(relations),
        answers=(),
        blocks=(),
    )


def reads(
    guardian: str,
    pupil: str,
    *,
    decides: bool = True,
    reads: bool = True,
    since: date = SUMMER,
    until: date | None = None,
) -> Relation:
    return Relation(guardian, pupil, decides, reads, since, until)


def member(pupil: str, group: str, since: date = SUMMER, until: date | None = None) -> Membership:
    return Membership(pupil, group, since, until)


def test_a_mother_of_two_reads_both_groups_and_the_schools_news_last() -> None:
    roster = school(
        [reads("mother", "sem"), reads("mother", "anna")],
        [member("sem", "groep-7"), member("anna", "groep-3")],
    )
    assert grants(roster, WEEK, FRIDAY) == {"mother": ("groep-3", "groep-7", "school")}


def test_twins_in_one_group_give_that_group_once() -> None:
    roster = school(
        [reads("father", "sem"), reads("father", "anna")],
        [member("sem", "groep-3"), member("anna", "groep-3")],
    )
    assert grants(roster, WEEK, FRIDAY) == {"father": ("groep-3", "school")}


def test_separated_parents_each_get_their_own_letter() -> None:
    roster = school([reads("father", "sem"), reads("mother", "sem")], [member("sem", "groep-3")])
    expected = ("groep-3", "school")
    assert grants(roster, WEEK, FRIDAY) == {"father": expected, "mother": expected}


def test_a_grandmother_who_does_not_decide_may_read() -> None:
    roster = school([reads("grandmother", "sem", decides=False)], [member("sem", "groep-3")])
    assert grants(roster, WEEK, FRIDAY) == {"grandmother": ("groep-3", "school")}


def test_a_father_who_decides_but_does_not_read_gets_nothing() -> None:
    roster = school([reads("father", "sem", reads=False)], [member("sem", "groep-3")])
    assert grants(roster, WEEK, FRIDAY) == {}


def test_a_child_who_moved_on_wednesday_was_in_both_groups_this_week() -> None:
    moved = [
        member("sem", "groep-3", until=WEDNESDAY),
        member("sem", "groep-7", since=WEDNESDAY),
    ]
    roster = school([reads("mother", "sem")], moved)
    assert grants(roster, WEEK, FRIDAY) == {"mother": ("groep-3", "groep-7", "school")}


def test_a_child_who_moved_on_monday_was_not_in_the_old_group_this_week() -> None:
    moved = [member("sem", "groep-3", until=MONDAY), member("sem", "groep-7", since=MONDAY)]
    roster = school([reads("mother", "sem")], moved)
    assert grants(roster, WEEK, FRIDAY) == {"mother": ("groep-7", "school")}


def test_after_a_child_has_left_the_school_its_parents_read_nothing() -> None:
    roster = school([reads("mother", "sem")], [member("sem", "groep-3", until=MONDAY)])
    assert grants(roster, WEEK, FRIDAY) == {}


def test_who_read_for_a_child_until_today_does_not_read_today() -> None:
    roster = school([reads("mother", "sem", until=FRIDAY)], [member("sem", "groep-3")])
    assert grants(roster, WEEK, FRIDAY) == {}
    assert grants(roster, WEEK, WEDNESDAY) == {"mother": ("groep-3", "school")}


def test_who_reads_from_today_reads_today() -> None:
    roster = school([reads("mother", "sem", since=FRIDAY)], [member("sem", "groep-3")])
    assert grants(roster, WEEK, FRIDAY) == {"mother": ("groep-3", "school")}
    assert grants(roster, WEEK, WEDNESDAY) == {}


def test_a_guardian_of_nobody_is_not_among_the_readers() -> None:
    assert grants(school([], []), WEEK, FRIDAY) == {}


DAYS = st.dates(date(2026, 11, 1), date(2026, 12, 6))
NAMES = st.sampled_from(["sem", "anna", "bo"])


@given(
    relations=st.lists(
        st.builds(
            Relation,
            st.sampled_from(["mother", "father"]),
            NAMES,
            st.booleans(),
            st.booleans(),
            DAYS,
            st.none() | DAYS,
        )
    ),
    memberships=st.lists(
        st.builds(Membership, NAMES, st.sampled_from(GROUPS), DAYS, st.none() | DAYS)
    ),
    day=DAYS,
)
def test_nobody_reads_a_group_without_a_child_in_it_this_week(
    relations: list[Relation], memberships: list[Membership], day: date
) -> None:
    for guardian, groups in grants(school(relations, memberships), WEEK, day).items():
        children = {row.pupil for row in relations if row.guardian == guardian and row.reads}
        theirs = {row.group for row in memberships if row.pupil in children}
        assert set(groups) <= theirs | {"school"}
        assert groups == (*sorted(set(groups) - {"school"}), "school")


def test_what_a_guardian_may_ever_have_had_is_every_group_their_children_were_in() -> None:
    ended = reads("father", "anna", reads=False, until=date(2026, 9, 1))
    moved = [member("anna", "groep-3", until=MONDAY), member("bram", "groep-7")]
    assert ever_granted(school([ended], moved), "father") == {"groep-3", "school"}


def test_of_somebody_without_any_relation_nobody_can_say_so_it_is_all_of_them() -> None:
    assert ever_granted(school([], []), "father") == set(GROUPS)
