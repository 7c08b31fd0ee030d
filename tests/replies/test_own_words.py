"""Words that only their reader opens, at the school: filed, read, set aside, and told of."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from lichtbrief.cli.own_words import closed_text
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.answers.answering import Answering
from lichtbrief.jobs.answers.own_keys import OwnKeys
from lichtbrief.jobs.answers.reading import Closed, Words, words_of
from lichtbrief.jobs.ground.filing import Filed
from lichtbrief.jobs.office.subject import kept_about
from lichtbrief.jobs.runs.inbox import filed_for, set_aside
from lichtbrief.replies import seal_words
from lichtbrief.roster import public_key_text
from tests.jobs.given import RING, decide_now
from tests.replies.given import in_base64, own_key, public_of
from tests.replies.office import NOW, Office, box_of, reply, reply_id, word
from tests.school import SmallSchool

SANNE, TOM, ELS = "juf-sanne", "meester-tom", "directeur-els"
WORDS = "Anna is moe"


def with_keys(school: SmallSchool, *owners: str) -> Office:
    """The office of a school where these have a key of their own."""
    rows = (school.folder / "school/staff.csv").read_text().splitlines()
    keys = {who: public_key_text(who, key) for who, key in public_of(*owners).items()}
    ends = ["key", *(keys.get(row.partition(",")[0], "") for row in rows[1:])]
    text = "".join(f"{row},{end}\n" for row, end in zip(rows, ends, strict=True))
    school.write("school/staff.csv", text)
    return Office(decide_now(school, LICHTBRIEF_REPLIES="post"))


@pytest.fixture
def school(tmp_path: Path) -> SmallSchool:
    return SmallSchool.build(tmp_path / "school")


def send(office: Office, *readers: str, number: int = 1, to: str = "teacher") -> Filed:
    """A word of Anna's mother about Anna, sealed for these, and filed."""
    box = box_of("g1")
    about = (str(box.year), box.name, reply_id(number), to, "anna-b")
    sealed = seal_words(WORDS, public_of(*readers), about, bytes(32))
    body = {"to": to, "pupil": "anna-b", "sealed": sealed.as_json()}
    office.put("g1", reply(number, "word", body))
    assert 1 == office.empty().filed
    return next(one for one in office.cabinet.all() if one.reply.id == reply_id(number))


def heard(office: Office, staff: str) -> list[Words]:
    """What somebody reads with their own key at hand."""
    person = office.decided.roster.staff[staff]
    found = filed_for(office.decided, office.cabinet, person)
    handed = [office.cabinet.handed(one) for one in found]
    key = own_key(staff)
    return [words_of(one, staff, key, more) for one, more in zip(found, handed, strict=True)]


def own_keys(office: Office) -> OwnKeys:
    return OwnKeys(office.store, RING)


def readers(office: Office, guardian: str) -> dict[str, object]:
    """Whose keys a letter holds, by child and addressee."""
    keys = own_keys(office).in_force(office.decided.roster.staff.values())
    asked = replace(Answering.of(office.decided, (), (), NOW), keys=keys).asks(guardian)
    children = asked["children"]
    assert isinstance(children, list)
    return {
        child["id"]: {
            to: [(one["id"], one["name"]) for one in some]
            for to, some in child.get("readers", {}).items()
        }
        for child in children
    }


def test_a_letter_holds_the_keys_of_those_teachers_alone_who_have_one(school: SmallSchool) -> None:
    nobody = Office(decide_now(school, LICHTBRIEF_REPLIES="post"))
    assert {"anna-b": {}, "bram-b": {}} == readers(nobody, "g1")
    office = with_keys(school, SANNE)
    sanne = {"teacher": [(SANNE, "Juf Sanne")]}
    assert {"anna-b": sanne, "bram-b": {}} == readers(office, "g1")
    assert {"noor-d": {}} == readers(office, "g4")


def test_a_table_that_was_exported_without_the_column_opens_nothing_to_the_office(
    school: SmallSchool,
) -> None:
    before = (school.folder / "school/staff.csv").read_text()
    with_key = with_keys(school, SANNE)
    keys = own_keys(with_key).in_force(with_key.decided.roster.staff.values())
    own_keys(with_key).keep(keys, 2026, NOW)
    school.write("school/staff.csv", before)
    exported = Office(decide_now(school, LICHTBRIEF_REPLIES="post"), with_key.store)
    sanne = {"teacher": [(SANNE, "Juf Sanne")]}
    assert {"anna-b": sanne, "bram-b": {}} == readers(exported, "g1")
    assert not [name for name in exported.store.list() if SANNE in name]
    rows = before.replace("photo\n", "photo,key\n").replace("groep-3,yes\n", "groep-3,yes,geen\n")
    school.write("school/staff.csv", rows)
    ended = Office(decide_now(school, LICHTBRIEF_REPLIES="post"), with_key.store)
    assert {"anna-b": {}, "bram-b": {}} == readers(ended, "g1")


def test_of_two_keys_the_newer_serves_when_the_column_is_lost(school: SmallSchool) -> None:
    office = Office(decide_now(school, LICHTBRIEF_REPLIES="post"))
    staff = office.decided.roster.staff.values()
    newer, older = (public_key_text(SANNE, public_of(name)[name]) for name in ("new", "old"))
    for key, age in ((newer, 1), (older, 9)):
        own_keys(office).keep({SANNE: key}, 2026, NOW - timedelta(days=age))
    assert {SANNE: newer} == own_keys(office).in_force(staff)
    own_keys(office).keep({SANNE: newer}, 2026, NOW)
    assert 2 == len(office.store.list("own-keys/"))


def test_a_kept_key_that_does_not_open_is_nobodys(school: SmallSchool) -> None:
    office = with_keys(school, SANNE)
    keys = own_keys(office).in_force(office.decided.roster.staff.values())
    own_keys(office).keep(keys, 2026, NOW)
    (name,) = office.store.list("own-keys/")
    office.store.put(name, office.store.get(name)[:-1] + b"x", content_type="x")
    assert keys == own_keys(office).in_force(office.decided.roster.staff.values())


def test_a_word_to_the_director_is_sealed_too(school: SmallSchool) -> None:
    office = with_keys(school, ELS)
    els = {"director": [(ELS, "Els de Boer")]}
    assert {"anna-b": els, "bram-b": els} == readers(office, "g1")
    send(office, ELS, to="director")
    assert [Words(WORDS, None, (ELS,))] == heard(office, ELS)
    assert [] == heard(office, SANNE)


def test_the_teacher_reads_it_and_the_office_with_all_its_keys_does_not(
    school: SmallSchool,
) -> None:
    office = with_keys(school, SANNE)
    filed = send(office, SANNE)
    assert [Words(WORDS, None, (SANNE,))] == heard(office, SANNE)
    assert [] == heard(office, ELS) == heard(office, TOM)
    assert Words("", Closed.waits, (SANNE,)) == words_of(filed, SANNE)
    assert Words("", Closed.others, (SANNE,)) == words_of(filed, ELS, own_key(ELS))
    assert WORDS not in repr(office.cabinet.all()) + filed.reply.text


def test_the_next_letter_thanks_for_it(school: SmallSchool) -> None:
    office = with_keys(school, SANNE)
    filed = send(office, SANNE)
    thanks = Answering.of(office.decided, [filed], (), NOW).asks("g1")["thanks"]
    assert [{"kind": "word", "at": "2026-11-20T14:55"}] == thanks


def test_words_that_only_an_earlier_key_opens_are_said_to_be_so(school: SmallSchool) -> None:
    office = with_keys(school, SANNE)
    filed = send(office, SANNE)
    newer = replace(own_key(SANNE), private=own_key("juf-sanne, later").private)
    assert Words("", Closed.unopened, (SANNE,)) == words_of(filed, SANNE, newer)


def test_a_word_cannot_be_made_another_parents_or_about_another_child(school: SmallSchool) -> None:
    """Whoever has the ring can file what they like, but not with these words in it."""
    office = with_keys(school, SANNE)
    filed = send(office, SANNE)
    own = own_key(SANNE)
    body = json.loads(filed.reply.text)["body"]
    office.put("g2", reply(2, "word", body | {"pupil": "sem-k"}))
    office.put("g1", reply(3, "word", body))
    office.empty()
    moved = [words_of(one, SANNE, own) for one in office.cabinet.all() if one != filed]
    assert [Closed.unopened] * 2 == [words.closed for words in moved]


def test_who_sets_a_sealed_word_aside_hands_it_to_the_director(school: SmallSchool) -> None:
    office = with_keys(school, SANNE)
    send(office, SANNE)
    sanne = office.decided.roster.staff[SANNE]
    with pytest.raises(LichtbriefError, match="only who opens a sealed message"):
        set_aside(office.decided, office.cabinet, sanne, reply_id(1))
    set_aside(office.decided, office.cabinet, sanne, reply_id(1), own_key(SANNE))
    assert [] == heard(office, SANNE)
    assert [Words(WORDS)] == heard(office, ELS)
    assert not [name for name in office.store.list() if b"moe" in office.store.get(name)]


def test_a_director_with_a_key_gets_it_sealed(school: SmallSchool) -> None:
    office = with_keys(school, SANNE, ELS)
    send(office, SANNE)
    sanne = office.decided.roster.staff[SANNE]
    filed = set_aside(office.decided, office.cabinet, sanne, reply_id(1), own_key(SANNE))
    handed = office.cabinet.handed(filed)
    assert handed is not None
    assert WORDS.encode() not in handed
    assert Words("", Closed.waits, (ELS,)) == words_of(filed, ELS, None, handed)
    assert [Words(WORDS, None, (ELS,))] == heard(office, ELS)


def test_what_does_not_open_can_be_set_aside_and_stays_closed(school: SmallSchool) -> None:
    office = with_keys(school, SANNE)
    office.put("g1", reply(1, "word", json.loads(send(office, SANNE, number=2).reply.text)["body"]))
    office.empty()
    sanne = office.decided.roster.staff[SANNE]
    set_aside(office.decided, office.cabinet, sanne, reply_id(1), own_key(SANNE))
    assert [Words("", Closed.others, (SANNE,))] == heard(office, ELS)


def test_a_colleague_without_a_key_sees_that_there_is_a_word_and_whose_it_is(
    school: SmallSchool,
) -> None:
    school.add("school/staff.csv", "juf-iris,Juf Iris,iris@dijk.example,teacher,groep-3,yes\n")
    office = with_keys(school, SANNE)
    send(office, SANNE)
    assert [Words("", Closed.others, (SANNE,))] == heard(office, "juf-iris")


def test_who_teaches_another_group_since_still_reads_what_was_sealed_for_them(
    school: SmallSchool,
) -> None:
    filed = send(with_keys(school, SANNE), SANNE)
    path = school.folder / "school/staff.csv"
    path.write_text(path.read_text().replace("teacher,groep-3,", "teacher,groep-5,"))
    office = Office(decide_now(school, LICHTBRIEF_REPLIES="post"))
    office.cabinet.file(filed)
    assert [Words(WORDS, None, (SANNE,))] == heard(office, SANNE)
    assert [Words("", Closed.others, (SANNE,))] == heard(office, ELS), "nobody teaches groep-3"


def test_words_of_who_has_left_are_said_to_be_closed_for_good(school: SmallSchool) -> None:
    office = with_keys(school, SANNE)
    words = words_of(send(office, SANNE), ELS)
    staff = office.decided.roster.staff
    assert "only juf-sanne can open it" == closed_text(words, staff)
    left = closed_text(words, staff.keys() - {SANNE})
    assert "only juf-sanne could open it, and left: ask the parent to write again" == left


@pytest.mark.parametrize(
    "key", [bytes(113), b"\4" + bytes(112), b"\2" + bytes(112), bytes([255]) * 113]
)
def test_what_is_no_sealed_key_is_filed_and_opens_nothing(school: SmallSchool, key: bytes) -> None:
    office = with_keys(school, SANNE)
    send(office, SANNE, number=1)
    sealed = {"text": in_base64(bytes(784)), "keys": {SANNE: in_base64(key)}}
    body = {"to": "teacher", "pupil": "anna-b", "sealed": sealed}
    office.put("g1", reply(2, "word", body))
    assert 1 == office.empty().filed
    opened = {words.text: words.closed for words in heard(office, SANNE)}
    assert {WORDS: None, "": Closed.unopened} == opened


def test_a_letter_from_before_the_key_is_answered_as_plainly_as_it_said(
    school: SmallSchool,
) -> None:
    office = with_keys(school, SANNE)
    office.put("g1", word(1, "anna-b", WORDS))
    office.empty()
    assert [Words(WORDS)] == heard(office, SANNE)


def test_who_asks_is_told_of_words_that_the_office_cannot_open(school: SmallSchool) -> None:
    office = with_keys(school, SANNE)
    send(office, SANNE)
    kept = kept_about(office.decided, (), "anna-b", "g1", office.cabinet.all())
    (row,) = dict(kept.sections)["What you sent from letters"]
    said = {"said": "2026-11-20 14:55", "kind": "word", "words": ""}
    assert {**said, "opened only by": SANNE} == row
    assert "1 message that only juf-sanne opens" in kept.left_out[-1]
