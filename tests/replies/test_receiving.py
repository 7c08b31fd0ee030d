"""What lies in the letterboxes is filed once, or kept aside under the reason for it."""

from collections import Counter
from pathlib import Path

import pytest

from lichtbrief.consent.lines import As, Event, What
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.answers.aside import MOST
from lichtbrief.jobs.answers.receiving import MOST_PER_LETTER
from lichtbrief.jobs.ground.log import Log
from lichtbrief.replies import SIZES, Why, Word
from tests.jobs.given import decide_now
from tests.replies.given import padded, write_reply
from tests.replies.office import NOW, OCTETS, Office, box_of, choice, reply, word
from tests.school import SmallSchool

SPRING = {"Kind": "event"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    school = SmallSchool.build(tmp_path / "school")
    school.post(
        "groep-5/2026-11-20-feest", "meester-tom", "Kom!\n", "Kind: event\nStart: 2026-11-26 18:30"
    )
    return Office(decide_now(school, LICHTBRIEF_REPLIES="post"))


def code_of(office: Office, slug: str) -> str:
    (code,) = (post.code for post in office.decided.posts if post.id.endswith(slug))
    return code


def aside(office: Office) -> dict[str, int]:
    return {str(why): count for why, count in office.empty().aside.items()}


def test_a_mothers_word_is_filed_and_leaves_the_store(office: Office) -> None:
    office.put("g1", word(words="Anna is moe"))
    received = office.empty()
    assert (1, Counter()) == (received.filed, received.aside)
    (filed,) = office.cabinet.all()
    assert isinstance(filed.reply.body, Word)
    assert ("g1", "Anna is moe") == (filed.guardian, filed.reply.body.words)
    assert [] == office.lying()


def test_nothing_that_is_filed_can_be_read_or_told_by_its_name(office: Office) -> None:
    office.put("g1", word(words="Rabarber"))
    office.empty()
    office.act()
    objects = {name: office.store.get(name) for name in office.store.list()}
    assert ["filed/2026", "marks/2026"] == sorted(name.rpartition("/")[0] for name in objects)
    for name, data in objects.items():
        assert b"Rabarber" not in data
        assert "g1" not in name
    assert not list(office.decided.settings.state.rglob("*replies*")), "one truth, not two"


def test_a_reply_is_there_for_a_machine_with_an_empty_disk(office: Office, tmp_path: Path) -> None:
    office.put("g1", word())
    office.empty()
    elsewhere = Office(decide_now(SmallSchool.build(tmp_path / "elsewhere")), office.store)
    assert office.cabinet.all() == elsewhere.cabinet.all() != ()


def test_what_is_filed_and_does_not_open_stops_the_run(office: Office) -> None:
    """It may be somebody's no."""
    office.put("g4", choice(1, "noor-d", group_photo="no"))
    office.empty()
    (name,) = office.store.list("filed/")
    office.store.put(name, office.store.get(name)[:-1] + b"x", content_type=OCTETS)
    with pytest.raises(LichtbriefError, match="does not open"):
        office.cabinet.all()


def test_the_same_reply_from_the_same_place_is_filed_once(office: Office) -> None:
    """The run before was killed between filing and deleting."""
    office.put("g1", word())
    office.empty()
    office.put("g1", word())
    received = office.empty()
    assert (0, Counter()) == (received.filed, received.aside)
    assert 1 == len(office.cabinet.all())
    assert [] == office.lying()


def test_a_copy_of_a_reply_elsewhere_is_a_replay(office: Office) -> None:
    office.put("g1", word())
    office.empty()
    office.put("g1", word(), name="copy")
    assert {"again": 1} == aside(office)


def test_nobody_writes_in_anothers_letterbox(office: Office) -> None:
    """g2 puts a reply made with his own letter where g1's belong, and one that pretends more."""
    mother, father = box_of("g1"), box_of("g2")
    office.put_raw(f"{mother.prefix}a", write_reply(father, word(1)))
    inner = padded(b"{}")
    office.put_raw(f"{mother.prefix}b", write_reply(father, info=mother.info, inner=inner))
    assert {"unsealed": 1, "forged": 1} == aside(office)


def test_a_letterbox_that_nobody_has_is_no_letter(office: Office) -> None:
    office.put_raw("replies/aaaaaaaaaaaaaaaaaaaaaaaaaa/x", b"x" * SIZES[0])
    office.put_raw("replies/x", b"y" * SIZES[0])
    assert {"no-letter": 2} == aside(office)


def test_a_letter_of_last_month_can_be_answered_no_more(office: Office) -> None:
    box = box_of("g1", "2026-W40")
    office.put_raw(f"{box.prefix}x", write_reply(box, word()))
    assert {"no-letter": 1} == aside(office)


def test_whose_access_was_ended_cannot_answer_an_old_letter(tmp_path: Path) -> None:
    school = SmallSchool.build(tmp_path / "school")
    log = Log.of(school.folder / ".lichtbrief")
    about = {"week": "2026-W47", "groups": []}
    log.add([Event(What.revoked, about, ((As.guardian, "g1"),))])
    office = Office(decide_now(school, LICHTBRIEF_REPLIES="post"))
    office.put("g1", word())
    assert {"no-letter": 1} == aside(office)


def test_what_is_far_too_large_is_not_even_fetched(office: Office) -> None:
    office.put_raw(f"{box_of('g1').prefix}x", bytes(100_000))
    assert {"size": 1} == aside(office)
    assert MOST == office.aside.room()


@pytest.mark.parametrize("ago", [-2 * 24 * 60, 9 * 24 * 60])
def test_a_no_from_a_telephone_whose_clock_is_wrong_counts_from_when_it_came_in(
    office: Office, ago: int
) -> None:
    office.put("g1", choice(1, "anna-b", ago, group_photo="no"))
    assert {} == aside(office)
    assert [NOW] == [one.said for one in office.cabinet.all()]


@pytest.mark.parametrize(
    ("guardian", "content"),
    [
        ("g1", word(pupil="sem-k")),
        ("g1", word(pupil="zoe-x")),
        ("g1", choice(1, "sem-k", group_photo="no")),
        ("g3", choice(1, "sem-k", group_photo="yes")),
        ("g3", choice(1, "sem-k", group_photo="no")),
    ],
    ids=["another child", "no child", "another's choice", "does not decide", "nor by a no"],
)
def test_who_may_not_say_this_is_not_heard(
    office: Office, guardian: str, content: dict[str, object]
) -> None:
    office.put(guardian, content)
    assert {"rights": 1} == aside(office)
    assert () == office.cabinet.all()


def test_a_doubt_is_about_a_post_that_one_can_read(office: Office) -> None:
    about = {"post": code_of(office, "sommen"), "photo": "", "words": ""}
    office.put("g2", reply(1, "doubt", about))
    office.put("g4", reply(2, "doubt", about))
    received = office.empty()
    assert (1, {Why.rights: 1}) == (received.filed, received.aside)


def test_one_comes_to_what_one_is_invited_to(office: Office) -> None:
    for number, (guardian, slug) in enumerate(
        (("g4", "feest"), ("g2", "feest"), ("g4", "sommen"), ("g1", "feest"))
    ):
        body = {"post": code_of(office, slug), "people": 2, "words": ""}
        office.put(guardian, reply(number, "coming", body))
    received = office.empty()
    assert (2, {Why.rights: 2}) == (received.filed, received.aside)


def test_a_flood_from_one_letter_drowns_nobody_else(office: Office) -> None:
    for number in range(MOST_PER_LETTER + 30):
        office.put("g1", word(number))
    office.put("g4", word(9999, "noor-d"))
    received = office.empty()
    assert (MOST_PER_LETTER + 1, {Why.flood: 30}) == (received.filed, received.aside)
    office.put("g1", word(5000))
    assert {"flood": 1} == aside(office)
    assert [] == office.lying()
