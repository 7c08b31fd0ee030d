from datetime import date

from lichtbrief.roster import Group, Membership, Role, Roster, Staff

TUESDAY = date(2026, 11, 17)
ROSTER = Roster(
    groups={"school": Group("school", "School"), "groep-3": Group("groep-3", "Groep 3")},
    staff={},
    pupils={},
    guardians={},
    memberships=(
        Membership("sem-k", "groep-3", date(2025, 8, 1), date(2026, 11, 2)),
        Membership("sem-k", "groep-5", date(2026, 11, 2), None),
        Membership("tess-v", "groep-3", date(2026, 8, 1), None),
        Membership("zoe-x", "groep-3", date(2024, 8, 1), date(2026, 8, 1)),
    ),
    relations=(),
    answers=(),
    blocks=(),
)


def teacher(*groups: str) -> Staff:
    return Staff("juf-sanne", "Sanne", "", Role.teacher, frozenset(groups), photo=True)


def test_a_child_who_changed_groups_is_a_member_of_the_new_one_only() -> None:
    assert frozenset({"tess-v"}) == ROSTER.members("groep-3", TUESDAY)
    assert frozenset({"sem-k"}) == ROSTER.members("groep-5", TUESDAY)


def test_a_child_who_left_is_no_longer_at_the_school() -> None:
    assert frozenset({"sem-k", "tess-v"}) == ROSTER.at_school(TUESDAY)
    assert "zoe-x" in ROSTER.at_school(date(2026, 7, 31))


def test_a_child_belongs_to_both_groups_of_the_week_in_which_it_changed() -> None:
    monday, sunday = date(2026, 10, 26), date(2026, 11, 2)
    assert frozenset({"groep-3", "groep-5"}) == ROSTER.groups_between("sem-k", monday, sunday)
    assert frozenset({"groep-5"}) == ROSTER.groups_between("sem-k", sunday, TUESDAY)
    assert frozenset() == ROSTER.groups_between("nobody-there", monday, sunday)


def test_an_unknown_group_has_no_members() -> None:
    assert frozenset() == ROSTER.members("groep-9", TUESDAY)


def test_staff_post_to_their_own_groups() -> None:
    assert teacher("groep-3").may_post_to("groep-3")
    assert not teacher("groep-3").may_post_to("groep-5")
    assert not teacher().may_post_to("groep-3")
    assert teacher("all").may_post_to("groep-5")
