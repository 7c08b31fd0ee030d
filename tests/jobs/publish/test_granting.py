"""Which letters there should be: for whom, of which editions, and until when their links work."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.consent.revoking import Revocations
from lichtbrief.delivery import State, StoredLetter
from lichtbrief.editions import Week
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.manifest import Manifest
from lichtbrief.jobs.publish.granting import RENEW, Granting, LetterTask
from lichtbrief.letters import Letterhead
from lichtbrief.roster import Delivery, Guardian
from tests.jobs.given import RING, THEME, W46, W47, entry, manifest_of

LETTERHEAD = Letterhead("De Dijk", "kantoor@dijk.example")
NOW = datetime(2026, 11, 20, 14, 0, 30, tzinfo=UTC)
FRESH = datetime(2026, 11, 27, 14, 0, tzinfo=UTC)
MANIFEST = manifest_of(
    entry("groep-3"), entry("groep-5"), entry("school"), entry("groep-3", W46, "vorige")
)


def letters(
    decided: Decided,
    known: Mapping[str, StoredLetter] | None = None,
    states: Mapping[str, State] | None = None,
    now: datetime = NOW,
    manifest: Manifest = MANIFEST,
) -> dict[tuple[str, Week], LetterTask]:
    """The letters there should be, by guardian and week."""
    granting = Granting(decided, manifest, RING, THEME, LETTERHEAD, known or {}, states or {}, now)
    tasks = granting.letters()
    found = {(task.guardian, task.week): task for task in tasks}
    assert len(tasks) == len(found)
    return found


def stored(task: LetterTask, until: datetime | None = None) -> StoredLetter:
    """The letter as the ledger knows it after it was put."""
    end = until or task.until
    return StoredLetter(task.name, task.week, task.guardian, task.fingerprint, "etag", end)


def known(*found: StoredLetter) -> dict[str, StoredLetter]:
    return {letter.name: letter for letter in found}


def of_last_week(decided: Decided, until: datetime) -> StoredLetter:
    """Ouder Een's letter of the week before, as it was put then."""
    earlier = replace(decided, week=W46)
    return stored(letters(earlier)["g1", W46], until)


def test_each_weekly_reader_gets_one_letter_of_their_groups_and_the_schools(
    decided: Decided,
) -> None:
    found = letters(decided)
    read = {who: [e.group for e in task.editions] for (who, _), task in found.items()}
    assert {
        "g1": ["groep-3", "groep-5", "school"],
        "g2": ["groep-3", "school"],
        "g3": ["groep-3", "school"],
        "g4": ["groep-5", "school"],
    } == read


def revoked(decided: Decided, *guardians: str, last: str = "2026-W47") -> Decided:
    """As if the access of these had been ended in week 47, and given back to all but g3."""
    weeks = dict.fromkeys(guardians, (last,))
    revocations = Revocations({}, weeks, frozenset({"g3"}.intersection(guardians)))
    return replace(decided, standing=replace(decided.standing, revocations=revocations))


def test_whose_access_was_ended_has_no_letter_and_the_others_have_the_same(
    decided: Decided,
) -> None:
    before, after = letters(decided), letters(revoked(decided, "g3"))
    assert {who: task for who, task in before.items() if who != ("g3", W47)} == after


def test_who_gets_letters_again_has_others_than_those_that_were_lost(decided: Decided) -> None:
    lost, given = letters(decided)["g2", W47], letters(revoked(decided, "g2"))["g2", W47]
    assert lost.name != given.name
    assert lost.key(RING) != given.key(RING)
    later = letters(revoked(decided, "g2", last="2026-W46"))["g2", W47]
    assert (lost.name, lost.key(RING)) == (later.name, later.key(RING))


def test_who_reads_another_way_is_counted(decided: Decided) -> None:
    granting = Granting(decided, MANIFEST, RING, THEME, LETTERHEAD, {}, {}, NOW)
    assert Counter({Delivery.paper: 1}) == granting.unmailed()


def test_a_group_without_news_is_in_no_letter(decided: Decided) -> None:
    found = letters(decided, manifest=manifest_of(entry("groep-5")))
    assert {"g1", "g4"} == {who for who, _ in found}
    assert {} == letters(decided, manifest=manifest_of())


def test_a_new_letter_lasts_as_long_as_a_link_may_to_the_minute(decided: Decided) -> None:
    task = letters(decided)["g1", W47]
    assert (FRESH, None) == (task.until, task.stored)


def test_names_tell_nothing_and_are_the_same_every_time(decided: Decided) -> None:
    first, again = letters(decided), letters(decided)
    assert first == again
    names = [task.name for task in first.values()]
    assert len(names) == len(set(names))
    assert not any(guardian in name for guardian, _ in first for name in names)


def test_a_letter_that_lies_there_unchanged_is_kept(decided: Decided) -> None:
    there = stored(letters(decided)["g1", W47])
    later = letters(decided, known(there), {"g1": State.SENT}, NOW + timedelta(days=3))
    assert (there, FRESH) == (later["g1", W47].stored, later["g1", W47].until)


def test_a_changed_edition_rewrites_the_letter_and_does_not_prolong_it(decided: Decided) -> None:
    there = stored(letters(decided)["g1", W47])
    changed = manifest_of(entry("groep-3", seed="anders"), entry("school"))
    task = letters(decided, known(there), {"g1": State.SENT}, NOW + timedelta(days=3), changed)[
        "g1", W47
    ]
    assert (there.name, None, FRESH) == (task.name, task.stored, task.until)


def test_a_mailed_letter_that_has_ended_is_not_made_again(decided: Decided) -> None:
    there = stored(letters(decided)["g1", W47])
    found = letters(decided, known(there), {"g1": State.SENT}, FRESH)
    assert ("g1", W47) not in found
    assert ("g2", W47) in found


@pytest.mark.parametrize("state", [state for state in State if state is not State.SENT])
def test_an_ended_letter_that_was_not_mailed_is_made_anew(decided: Decided, state: State) -> None:
    there = stored(letters(decided)["g1", W47])
    now = FRESH + timedelta(days=1)
    task = letters(decided, known(there), {"g1": state}, now)["g1", W47]
    assert (FRESH + timedelta(days=8), None) == (task.until, task.stored)


def test_an_unmailed_letter_is_renewed_only_when_it_would_be_much_shorter(
    decided: Decided,
) -> None:
    there = stored(letters(decided)["g1", W47])
    soon = letters(decided, known(there), {}, NOW + RENEW)["g1", W47]
    assert (there, FRESH) == (soon.stored, soon.until)
    later = letters(decided, known(there), {}, NOW + RENEW + timedelta(minutes=1))["g1", W47]
    assert (None, FRESH + RENEW + timedelta(minutes=1)) == (later.stored, later.until)


def test_a_letter_of_last_week_stays_as_long_as_its_link_works(decided: Decided) -> None:
    end = NOW + timedelta(hours=2)
    there = of_last_week(decided, end)
    task = letters(decided, known(there))["g1", W46]
    assert (there, end) == (task.stored, task.until)
    assert ("g1", W46) not in letters(decided, known(there), now=end)


def test_a_letter_of_last_week_shows_what_may_be_seen_now(decided: Decided) -> None:
    there = of_last_week(decided, NOW + timedelta(hours=2))
    edited = manifest_of(entry("groep-3", W46, "anders"), entry("school"))
    task = letters(decided, known(there), manifest=edited)["g1", W46]
    assert (there.name, None, there.until) == (task.name, task.stored, task.until)


def test_nobody_gets_a_letter_of_last_week_that_they_did_not_have(decided: Decided) -> None:
    there = of_last_week(decided, NOW + timedelta(hours=2))
    assert [("g1", W46)] == [key for key in letters(decided, known(there)) if key[1] == W46]


def test_another_language_rewrites_the_letter(decided: Decided) -> None:
    there = stored(letters(decided)["g2", W47])
    roster = decided.roster
    ouder = replace(roster.guardians["g2"], language="en")
    guardians: dict[str, Guardian] = {**roster.guardians, "g2": ouder}
    moved = replace(decided, roster=replace(roster, guardians=guardians))
    assert letters(moved, known(there))["g2", W47].stored is None


def test_who_may_read_no_more_has_no_letter_any_more(decided: Decided) -> None:
    there = stored(letters(decided)["g2", W47])
    relations = tuple(r for r in decided.roster.relations if r.guardian != "g2")
    left = replace(decided, roster=replace(decided.roster, relations=relations))
    assert {"g1", "g3", "g4"} == {who for who, _ in letters(left, known(there))}


MINUTES = st.integers(min_value=-30_000, max_value=30_000).map(lambda m: timedelta(minutes=m))


@given(ends=st.lists(MINUTES, min_size=4, max_size=4), state=st.none() | st.sampled_from(State))
def test_no_link_outlives_what_was_mailed(
    decided: Decided, ends: list[timedelta], state: State | None
) -> None:
    first = letters(decided)
    there = known(
        *(stored(task, NOW + end) for task, end in zip(first.values(), ends, strict=True)),
        of_last_week(decided, NOW + ends[0]),
    )
    states = {} if state is None else dict.fromkeys(("g1", "g2", "g3", "g4"), state)
    for task in letters(decided, there, states).values():
        before = there.get(task.name)
        assert NOW < task.until <= max(FRESH, before.until if before else FRESH)
        if state is State.SENT or task.week != W47:
            assert before is not None
            assert before.until == task.until
        if task.stored is not None:
            assert (task.stored.until, task.stored.fingerprint) == (task.until, task.fingerprint)


EARLIER = manifest_of(
    entry("groep-3"),
    entry("school"),
    entry("groep-3", W46, "vorige"),
    entry("groep-5", W46, "vorige"),
    entry("school", W46, "vorige"),
    entry("school", Week(2026, 40), "oktober"),
    entry("school", Week(2026, 20), "mei"),
)


def test_a_letter_leads_to_the_school_years_earlier_weeks_newest_first(decided: Decided) -> None:
    found = letters(decided, manifest=EARLIER)
    read = {who: [(e.group, e.week) for e in task.older] for (who, _), task in found.items()}
    school = [("school", "2026-W46"), ("school", "2026-W40")]
    groep_3, groep_5 = ("groep-3", "2026-W46"), ("groep-5", "2026-W46")
    assert {
        "g1": [groep_3, groep_5, *school],
        "g2": [groep_3, *school],
        "g3": [groep_3, *school],
        "g4": [groep_5, *school],
    } == read


def test_a_letter_of_last_week_leads_to_no_later_one(decided: Decided) -> None:
    there = of_last_week(decided, NOW + timedelta(hours=2))
    task = letters(decided, known(there), manifest=EARLIER)["g1", W46]
    assert ["2026-W40"] == [entry.week for entry in task.older]


def test_an_earlier_week_that_changed_rewrites_the_letters_that_lead_to_it(
    decided: Decided,
) -> None:
    there = known(*map(stored, letters(decided, manifest=EARLIER).values()))
    editions = tuple(
        entry(each.group, W46, "anders")
        if (each.group, each.week) == ("groep-5", "2026-W46")
        else each
        for each in EARLIER.editions
    )
    found = letters(decided, there, manifest=manifest_of(*editions))
    kept = {who for (who, _), task in found.items() if task.stored is not None}
    assert {"g2", "g3"} == kept


def test_the_letter_says_for_whom_it_is_unless_the_school_wants_no_mark(decided: Decided) -> None:
    there = known(*map(stored, letters(decided).values()))
    task = letters(decided, there)["g1", W47]
    assert decided.roster.guardians["g1"].name == task.reader
    plain = replace(decided, settings=replace(decided.settings, mark=False))
    task = letters(plain, there)["g1", W47]
    assert ("", None) == (task.reader, task.stored)


def test_another_letterhead_rewrites_the_letters(decided: Decided) -> None:
    there = known(*map(stored, letters(decided).values()))
    other = replace(LETTERHEAD, colour="#a02030")
    granting = Granting(decided, MANIFEST, RING, THEME, other, there, {}, NOW)
    assert [None] * 4 == [task.stored for task in granting.letters()]
