"""What is news to a parent: what they may read and no mail has told; once, and not too little."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from lichtbrief.delivery import NOTHING_HAD, Coming, Had
from lichtbrief.editions import Week
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.publish.news import News, news_in, reading_of
from tests.jobs.given import W46, W47, decide_now, withdraw
from tests.school import SmallSchool, photo

WEEKS = (W46, W47)
PARTY = "groep-3/2026-11-19-feest"
EVENT = "Kind: event\nStart: 2026-12-01 15:30\nLocation: de zaal\n"


@pytest.fixture
def school(tmp_path_factory: pytest.TempPathFactory) -> SmallSchool:
    return SmallSchool.build(tmp_path_factory.mktemp("news"))


def reading(decided: Decided, guardian: str = "g2") -> Mapping[Week, tuple[object, ...]]:
    return reading_of(decided, [guardian], WEEKS)[guardian]


def news(decided: Decided, had: Had = NOTHING_HAD, guardian: str = "g2") -> News | None:
    return news_in(reading_of(decided, [guardian], WEEKS).get(guardian, {}), had)


def told(decided: Decided, guardian: str = "g2") -> Had:
    """As if a mail had told of everything that there is."""
    found = news(decided, guardian=guardian)
    assert found is not None
    return Had(frozenset(piece.mark for piece in found.pieces))


def counts(found: News | None) -> list[int]:
    assert found is not None
    return [found.counts[what] for what in ("posts", "photos", "films", "events")]


def test_each_parent_is_told_of_their_own_groups(decided: Decided) -> None:
    # g1 reads both groups and the school's news, g2 and g3 are in groep-3, g4 in groep-5
    assert [5, 3, 0, 0] == counts(news(decided, guardian="g1"))
    assert [4, 2, 0, 0] == counts(news(decided, guardian="g2"))
    assert [2, 1, 0, 0] == counts(news(decided, guardian="g4"))
    # g6 may not read
    assert {} == reading_of(decided, ["g6", "nobody"], WEEKS)


def test_what_was_told_is_no_news(decided: Decided) -> None:
    assert news(decided, told(decided)) is None
    assert news(decided, Had(weeks=frozenset(WEEKS))) is None
    found = news(decided, Had(weeks=frozenset({W46})))
    assert found is not None
    assert ({W47}, False) == (set(found.weeks), found.goes_on)


def test_a_post_to_two_groups_is_one_piece_of_news(school: SmallSchool) -> None:
    before = told(decide_now(school), "g1")
    body = 'Samen.\n\n![Een taart](taart.jpg){: people="anna-b" }\n'
    head = "Groups: groep-5\n"
    school.post("groep-3/2026-11-19-samen", "directeur-els", body, head, taart=photo(9))
    found = news(decide_now(school), before, "g1")
    assert [1, 1, 0, 0] == counts(found)
    assert found is not None
    assert found.goes_on


def test_a_changed_and_a_cancelled_invitation_are_news_and_a_mended_word_is_not(
    school: SmallSchool,
) -> None:
    school.post(PARTY, "juf-sanne", "Kom je ook?\n", EVENT)
    first = decide_now(school)
    day = Coming(datetime(2026, 12, 1, 15, 30), "event")
    found = news(first, Had(weeks=frozenset({W46})))
    assert found is not None
    assert {day} == found.dates
    school.post(PARTY, "juf-sanne", "Kom jij ook?\n", EVENT)
    assert news(decide_now(school), told(first)) is None
    changed = EVENT.replace("15:30", "16:00") + "Changed: 2026-11-19 20:00\n"
    school.post(PARTY, "juf-sanne", "Kom je ook?\n", changed)
    second = decide_now(school)
    assert [1, 0, 0, 1] == counts(news(second, told(first)))
    school.post(PARTY, "juf-sanne", "Kom je ook?\n", f"{changed}Status: cancelled\n")
    off = news(decide_now(school), told(second))
    assert [1, 0, 0, 1] == counts(off)
    assert off is not None
    assert frozenset() == off.dates


def test_a_photo_that_may_be_seen_is_news_and_one_that_is_hidden_is_not(
    school: SmallSchool,
) -> None:
    first = decide_now(school)
    withdraw(school)
    hidden = decide_now(school)
    assert news(hidden, told(first)) is None
    assert [0, 1, 0, 0] == counts(news(first, told(hidden)))


def test_a_post_that_waits_for_approval_is_no_news(school: SmallSchool) -> None:
    before = told(decide_now(school, LICHTBRIEF_APPROVAL="school"))
    school.post("school/2026-11-20-later", "directeur-els", "Nog niet gelezen.\n")
    assert news(decide_now(school, LICHTBRIEF_APPROVAL="school"), before) is None
    assert [2, 0, 0, 0] == counts(news(decide_now(school), before))


def test_a_mark_tells_nothing_of_a_child_or_a_title(school: SmallSchool) -> None:
    school.post("groep-3/2026-11-19-anna-is-jarig", "juf-sanne", "Feest!\n")
    found = news(decide_now(school))
    assert found is not None
    assert not any("anna" in piece.mark or "jarig" in piece.mark for piece in found.pieces)
