"""Whose access was ended follows from the log, also from one that goes on from the store's head."""

from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.consent.lines import As, Event, What
from lichtbrief.consent.log import Chain
from lichtbrief.consent.revoking import Revocations, continued

AT = "2026-11-20T14:00:00Z"
ELS = (As.staff, "directeur-els")


def revoked(guardian: str, *groups: str, week: str = "2026-W47") -> Event:
    about = {"groups": list(groups), "week": week}
    return Event(What.revoked, about, ((As.guardian, guardian), ELS))


def restored(guardian: str) -> Event:
    return Event(What.restored, {}, ((As.guardian, guardian), ELS))


def chain(*events: Event) -> Chain:
    return Chain().add(events, AT, bytes)


def sum_of(*events: Event) -> Revocations:
    return Revocations.of(chain(*events).lines)


def test_nobody_is_revoked_at_first() -> None:
    none = sum_of()
    assert (frozenset(), 0) == (none.ended, none.of_edition("groep-3", "2026-W47"))


def test_what_a_revoked_guardian_could_read_is_of_a_further_generation() -> None:
    found = sum_of(revoked("g3", "groep-3", "school"))
    assert frozenset({"g3"}) == found.ended
    weeks = ("2026-W34", "2026-W47", "2026-W48", "2027-W01")
    assert [1, 1, 0, 0] == [found.of_edition("groep-3", week) for week in weeks]
    assert [1, 1, 0, 0] == [found.of_letter("g3", week) for week in weeks]
    assert 0 == found.of_edition("groep-5", "2026-W47")
    assert 0 == found.of_letter("g2", "2026-W47")


def test_who_is_restored_gets_letters_of_a_generation_of_their_own() -> None:
    found = sum_of(revoked("g3", "school"), restored("g3"), revoked("g3", "school"), restored("g3"))
    assert frozenset() == found.ended
    assert 2 == found.of_letter("g3", "2026-W47") == found.of_edition("school", "2026-W47")


def test_who_is_forgotten_is_named_no_more_and_their_editions_stay_as_they_are() -> None:
    events = (revoked("g3", "groep-3"), revoked("g4", "groep-5"))
    found = Revocations.of(chain(*events).forget({"g3"}).lines)
    assert frozenset({"g4"}) == found.ended
    assert 1 == found.of_edition("groep-3", "2026-W47")


GUARDIANS = st.sampled_from(["g1", "g2", "g3"])
EVENTS = st.lists(
    st.builds(restored, GUARDIANS)
    | st.builds(
        lambda who, groups, week: revoked(who, *sorted(groups), week=week),
        GUARDIANS,
        st.sets(st.sampled_from(["groep-3", "groep-5", "school"])),
        st.sampled_from(["2026-W46", "2026-W47", "2027-W02"]),
    )
)


@given(EVENTS, EVENTS, st.sets(GUARDIANS))
def test_a_machine_that_goes_on_from_the_head_knows_the_same(
    before: list[Event], after: list[Event], left: set[str]
) -> None:
    there = chain(*before).forget(left)
    head = Revocations.of(there.lines).summary()
    here = chain(continued(there.length, there.head, head), *after)
    assert Revocations.of(there.add(after, AT, bytes).lines) == Revocations.of(here.lines)
    assert Revocations.of(here.forget(left).lines).ended.isdisjoint(left)


def test_a_head_of_an_earlier_version_says_nothing_of_it() -> None:
    assert Revocations() == sum_of(continued(12, "0" * 64, {"withheld": {}}))
