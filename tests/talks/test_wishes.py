"""From answers and the office's table to the talks that are wanted still."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from lichtbrief.editions import Offer, Post, PostKind, Talk
from lichtbrief.replies import Times
from lichtbrief.roster import Appointment, Relation, Roster, read_roster
from lichtbrief.talks import Asked, Wishes, pupils_of, teachers_of, wishes_of
from tests.school import SmallSchool
from tests.talks.evenings import TUESDAY, times

NOW = datetime(2026, 11, 23, 9, 0)
BEFORE, AFTER = datetime(2026, 11, 21, 12, 0), datetime(2026, 11, 22, 12, 0)
BETWEEN = datetime(2026, 11, 22, 0, 0)
LONG_AGO = datetime(2020, 1, 1).date()
POST = Post(
    id="groep-3/2026-11-20-praten",
    path=Path("post.md"),
    title="Praten",
    at=datetime(2026, 11, 20, 14, 0),
    author="juf-sanne",
    groups=("groep-3",),
    kind=PostKind.talks,
    lang="nl",
    html="",
    photos=(),
    talks=(Talk(TUESDAY, times(6)[0]),),
    offer=Offer(10, ("juf-sanne",)),
)


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Roster:
    """The small school: g2 and g3 are Sem's parents, who live apart."""
    folder = tmp_path_factory.mktemp("wishes")
    return read_roster(SmallSchool.build(folder).folder / "school")


def asks(
    guardian: str,
    *choices: int,
    together: bool = True,
    elsewhere: bool = False,
    at: datetime = BEFORE,
    post: Post = POST,
) -> Asked:
    return Asked(guardian, Times(post.code, times(*choices), together, elsewhere, ""), at)


def row(
    *guardians: str, pupil: str = "sem-k", hour: int = 0, cancelled: bool = False
) -> Appointment:
    """A row that came into the table between `BEFORE` and `AFTER`."""
    at = times(hour)[0]
    return Appointment(POST.id, pupil, guardians, "juf-sanne", at, cancelled, BETWEEN)


def wishes(roster: Roster, *asked: Asked, rows: tuple[Appointment, ...] = ()) -> Wishes:
    return wishes_of([POST], asked, replace(roster, talks=rows), NOW)


def who(found: Wishes) -> list[tuple[str, ...]]:
    return [(one.pupil, *one.guardians) for one in found.wanted]


def test_parents_who_come_together_have_one_talk_which_both_see(roster: Roster) -> None:
    found = wishes(roster, asks("g2", 0, 2))
    assert [("sem-k", "g2", "g3")] == who(found)
    assert times(0, 2) == found.wanted[0].choices
    assert ("juf-sanne",) == found.wanted[0].teachers


def test_a_parent_who_wants_a_talk_alone_has_one_that_the_other_does_not_see(
    roster: Roster,
) -> None:
    assert [("sem-k", "g2")] == who(wishes(roster, asks("g2", 0, together=False)))
    both = wishes(roster, asks("g2", 0, together=False), asks("g3", 1))
    assert [("sem-k", "g2"), ("sem-k", "g3")] == who(both)


def test_of_parents_who_come_together_the_later_answer_counts(roster: Roster) -> None:
    found = wishes(roster, asks("g2", 0, at=AFTER), asks("g3", 1, at=BEFORE))
    assert [times(0)] == [one.choices for one in found.wanted]


def test_one_who_cannot_come_does_not_call_off_the_talk_of_the_other(roster: Roster) -> None:
    found = wishes(roster, asks("g2", 0, at=BEFORE), asks("g3", at=AFTER))
    assert [("sem-k", "g2", "g3")] == who(found)


def test_whom_no_time_suits_is_told_of(roster: Roster) -> None:
    found = wishes(roster, asks("g2"))
    assert ([], [(POST.id, "sem-k", ("g2", "g3"))]) == (found.wanted, found.cannot)


def test_only_the_newest_answer_of_a_guardian_counts(roster: Roster) -> None:
    found = wishes(roster, asks("g2", 0, at=AFTER), asks("g2", 3, at=BEFORE))
    assert [times(0)] == [one.choices for one in found.wanted]


def test_who_has_a_time_since_that_answer_wants_nothing_more(roster: Roster) -> None:
    found = wishes(roster, asks("g2", 1), rows=(row("g2", "g3"),))
    assert Wishes() == found


def test_a_row_that_the_office_wrote_without_a_moment_is_settled(roster: Roster) -> None:
    own = replace(row("g2", "g3"), changed_at=None)
    assert Wishes() == wishes(roster, asks("g2", 1, at=AFTER), rows=(own,))


def test_who_answers_again_keeps_the_time_until_there_is_a_better_one(roster: Roster) -> None:
    own = row("g2", "g3")
    (found,) = wishes(roster, asks("g2", 4, at=AFTER), rows=(own,)).wanted
    assert (own, (own,)) == (found.held, found.replaces)


def test_who_answers_again_with_the_time_that_they_have_changes_nothing(roster: Roster) -> None:
    assert Wishes() == wishes(roster, asks("g2", 0, at=AFTER), rows=(row("g2", "g3"),))


def test_who_cannot_come_after_all_is_called_off(roster: Roster) -> None:
    own = row("g2", "g3")
    found = wishes(roster, asks("g2", at=AFTER), rows=(own,))
    assert ([own], []) == (found.off, found.wanted)


def test_what_the_office_called_off_stays_off_until_somebody_asks_again(roster: Roster) -> None:
    off = row("g2", "g3", cancelled=True)
    assert Wishes() == wishes(roster, asks("g2", 1, at=BEFORE), rows=(off,))
    (again,) = wishes(roster, asks("g2", 1, at=AFTER), rows=(off,)).wanted
    assert (None, (off,)) == (again.held, again.replaces)


def test_a_parent_who_parts_from_a_shared_talk_leaves_it_to_the_other(roster: Roster) -> None:
    shared = row("g2", "g3")
    found = wishes(roster, asks("g2", 0), asks("g3", 2, together=False, at=AFTER), rows=(shared,))
    assert [("sem-k", "g3")] == who(found)
    assert [(shared, replace(shared, guardians=("g2",)))] == found.parted


def test_parents_who_come_together_after_all_give_one_of_two_times_back(roster: Roster) -> None:
    rows = (row("g2"), row("g3", hour=3))
    (found,) = wishes(roster, asks("g2", 5, at=AFTER), asks("g3", 3, at=AFTER), rows=rows).wanted
    assert (("g2", "g3"), rows) == (found.guardians, found.replaces)


def test_who_may_not_read_about_a_child_has_no_talk_about_it(roster: Roster) -> None:
    assert Wishes() == wishes(roster, asks("g6", 0)), "g6 decides for Tess, and does not read"
    assert Wishes() == wishes(roster, asks("g4", 0)), "no child of g4 is in groep 3"
    ended = Relation("g3", "sem-k", False, True, LONG_AGO, NOW.date())
    others = tuple(one for one in roster.relations if one.guardian != "g3")
    parted = replace(roster, relations=(*others, ended))
    assert [("sem-k", "g2")] == who(wishes(parted, asks("g2", 0), asks("g3", 1)))


def test_times_that_are_past_or_not_on_offer_are_no_choices(roster: Roster) -> None:
    later = replace(POST, talks=(*POST.talks, Talk(BEFORE, NOW)))
    asked = Asked("g2", Times(later.code, (BEFORE, *times(1)), True, False, ""), BEFORE)
    (found,) = wishes_of([later], [asked], roster, NOW).wanted
    assert (times(1), times(*range(6))) == (found.choices, found.starts)


def test_in_a_post_to_the_whole_school_each_child_has_its_own_teacher(roster: Roster) -> None:
    offer = Offer(10, ("juf-sanne", "meester-tom"))
    post = replace(POST, id="school/2026-11-20-praten", groups=("school",), offer=offer)
    assert roster.at_school(NOW.date()) == set(pupils_of(roster, post, NOW.date()))
    assert [("juf-sanne",), ("meester-tom",)] == [
        teachers_of(roster, post, pupil, NOW.date()) for pupil in ("anna-b", "bram-b")
    ]
    found = wishes_of([post], [asks("g1", 0, post=post)], roster, NOW)
    assert [("anna-b", "g1"), ("bram-b", "g1")] == who(found)
