"""What the log adds up to: a later yes brings nothing back, and what is taken down stays down."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.consent import Decision, Deny, Permit, Reason
from lichtbrief.consent.lines import As, Event, What
from lichtbrief.consent.log import Chain
from lichtbrief.consent.standing import WITHHOLDING, PhotoKey, Standing, summary

POST, OTHER = "groep-3/2026-11-17-bos", "groep-5/2026-11-19-sommen"
FOREST = POST, "a" * 32
SUMS = OTHER, "b" * 32
KNOWN = {"anna-b": As.pupil, "sem-k": As.pupil, "juf-sanne": As.staff}
REFUSED = Deny(Reason.refused, frozenset({"anna-b"}))


class School:
    """A school whose runs decide and write, one after the other."""

    def __init__(self) -> None:
        self.chain = Chain()

    @property
    def standing(self) -> Standing:
        return Standing.of(self.chain.lines)

    def write(self, *events: Event) -> None:
        self.chain = self.chain.add(events, "2026-11-20T14:00:00Z", bytes)

    def run(self, *, over: bool = True, **consent: Decision) -> Mapping[PhotoKey, Decision]:
        """One run: what consent says of `forest` and `sums` is settled and written."""
        keys = {"forest": FOREST, "sums": SUMS}
        settled = {
            keys[name]: self.standing.settle(decision, keys[name], week_is_over=over)
            for name, decision in consent.items()
        }
        self.write(*self.standing.changes(settled, KNOWN))
        return settled


@pytest.fixture
def school() -> School:
    return School()


def republish(key: PhotoKey) -> Event:
    return Event(What.republished, {"post": key[0], "photos": [key[1]]})


def test_a_run_that_decides_as_before_writes_nothing(school: School) -> None:
    school.run(forest=Permit(), sums=REFUSED)
    assert 2 == school.chain.length
    school.run(forest=Permit(), sums=REFUSED)
    assert 2 == school.chain.length
    assert {FOREST: None, SUMS: "refused"} == school.standing.last


def test_a_week_of_photos_that_may_be_shown_is_one_line_a_post(school: School) -> None:
    photos = {(POST, f"{number:032}"): Permit() for number in range(300)}
    assert 1 == len(school.standing.changes(photos, KNOWN))


def test_a_denial_names_who_is_in_the_roster_and_nobody_else(school: School) -> None:
    people = frozenset({"anna-b", "juf-sanne", "Anna Bakker, 06-12345678"})
    (event,) = school.standing.changes({FOREST: Deny(Reason.refused, people)}, KNOWN)
    assert ((As.pupil, "anna-b"), (As.staff, "juf-sanne")) == event.who
    assert "Bakker" not in str(event)


@pytest.mark.parametrize("reason", sorted(WITHHOLDING))
@pytest.mark.parametrize("over", [True, False])
def test_a_photo_that_was_seen_and_withdrawn_comes_back_only_when_asked_for(
    school: School, reason: Reason, over: bool
) -> None:
    school.run(over=over, forest=Permit())
    school.run(over=over, forest=Deny(reason))
    for _ in range(2):
        assert {FOREST: Deny(Reason.held)} == school.run(over=over, forest=Permit())
    school.write(republish(FOREST))
    for _ in range(2):
        assert {FOREST: Permit()} == school.run(over=over, forest=Permit())


def test_a_photo_never_seen_comes_with_the_yes_only_while_its_week_lasts(school: School) -> None:
    school.run(over=False, forest=REFUSED, sums=REFUSED)
    assert {FOREST: Permit()} == school.run(over=False, forest=Permit())
    assert {SUMS: Deny(Reason.held)} == school.run(over=True, sums=Permit())


@pytest.mark.parametrize("reason", sorted(set(Reason) - WITHHOLDING - {Reason.held}))
def test_what_staff_mend_is_shown_at_once(school: School, reason: Reason) -> None:
    school.run(forest=Permit())
    school.run(forest=Deny(reason))
    assert {FOREST: Permit()} == school.run(forest=Permit())


def test_another_reason_in_between_brings_nothing_back(school: School) -> None:
    school.run(forest=Permit())
    school.run(forest=REFUSED)
    school.run(forest=Deny(Reason.altered))
    assert {FOREST: Deny(Reason.held)} == school.run(forest=Permit())


def test_asking_for_a_photo_does_not_outvote_a_no(school: School) -> None:
    school.run(forest=Permit())
    school.run(forest=REFUSED)
    school.write(republish(FOREST))
    assert {FOREST: REFUSED} == school.run(forest=REFUSED)


@pytest.mark.parametrize("what", FOREST)
def test_what_is_taken_down_stays_down_until_put_back(school: School, what: str) -> None:
    name = "post" if what == POST else "photo"
    about = {"post": "", "photo": ""} | {name: what}
    school.run(forest=Permit(), sums=Permit())
    school.write(Event(What.taken_down, about))
    down = {FOREST: Deny(Reason.taken_down), SUMS: Permit()}
    assert down == school.run(forest=Permit(), sums=Permit())
    school.write(republish(FOREST))
    assert down == school.run(forest=Permit(), sums=Permit())
    school.write(Event(What.put_back, about))
    assert {FOREST: Permit()} == school.run(forest=Permit())


def test_a_no_while_something_is_taken_down_outlives_that(school: School) -> None:
    about = {"post": POST, "photo": ""}
    school.run(forest=Permit())
    school.write(Event(What.taken_down, about))
    school.run(forest=REFUSED)
    school.write(Event(What.put_back, about))
    assert {FOREST: Deny(Reason.held)} == school.run(forest=Permit())


def test_what_was_seen_and_now_is_not_is_found(school: School) -> None:
    school.run(forest=Permit(), sums=Permit())
    assert [FOREST] == school.standing.hidden_by({FOREST: REFUSED, SUMS: Permit()})
    school.run(forest=REFUSED, sums=Permit())
    assert [] == school.standing.hidden_by({FOREST: REFUSED, SUMS: Permit()})


def test_a_forgotten_child_changes_nothing_that_is_shown(school: School) -> None:
    school.run(forest=Permit())
    school.run(forest=REFUSED)
    assert school.standing == Standing.of(school.chain.forget({"anna-b"}).lines)


DECISIONS = st.sampled_from([Permit(), REFUSED, Deny(Reason.undeclared), Deny(Reason.no_answer)])


@given(st.lists(st.tuples(st.booleans(), DECISIONS)), st.booleans(), DECISIONS)
def test_whoever_goes_on_without_the_log_shows_no_more(
    history: list[tuple[bool, Decision]], over: bool, now: Decision
) -> None:
    school = School()
    for was_over, decision in history:
        school.run(over=was_over, forest=decision)
    length, head = school.chain.length, school.chain.head
    about = {"after": length, "head": head, **summary(school.standing)}
    fresh = School()
    fresh.write(Event(What.continued, about))
    known = school.standing.settle(now, FOREST, week_is_over=over)
    without = fresh.standing.settle(now, FOREST, week_is_over=over)
    assert isinstance(known, Permit) or not isinstance(without, Permit)


@given(st.lists(st.tuples(st.booleans(), DECISIONS)))
def test_nothing_is_shown_that_consent_denies(history: list[tuple[bool, Decision]]) -> None:
    school = School()
    for over, decision in history:
        (settled,) = school.run(over=over, forest=decision).values()
        assert isinstance(decision, Permit) or decision == settled


def test_objects_come_and_go(school: School) -> None:
    edition = {"edition": "editions/2026/x", "group": "groep-3", "week": "2026-W47"}
    letter = {"letter": "letters/x", "week": "2026-W47", "until": "2026-11-27T14:00"}
    school.write(Event(What.published, edition), Event(What.linked, letter))
    expected = replace(
        Standing(),
        editions={"editions/2026/x": ("groep-3", "2026-W47")},
        letters={"letters/x": ("2026-W47", "2026-11-27T14:00")},
    )
    assert expected == school.standing
    school.write(Event(What.removed, edition), Event(What.unlinked, letter))
    assert Standing() == school.standing


def test_what_was_published_before_its_day_is_what_the_last_run_that_did_so_says(
    school: School,
) -> None:
    school.write(Event(What.ahead, {"posts": [POST, OTHER]}))
    assert {POST, OTHER} == school.standing.ahead
    school.write(Event(What.ahead, {"posts": [OTHER]}))
    assert {OTHER} == school.standing.ahead


def test_a_key_made_anew_is_no_longer_retired(school: School) -> None:
    school.write(Event(What.key_retired, {"year": 2025}))
    assert {2025} == school.standing.retired
    school.write(Event(What.key_made, {"year": 2025}))
    assert frozenset() == school.standing.retired
