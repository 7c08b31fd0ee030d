import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.consent import Declaration, PhotoRow, declare, parse_cover, parse_people

CLASS = frozenset({"anna-b", "sem-k", "tess-v"})
DIGEST = "ab" * 32
IN_POST = PhotoRow("bos-1.jpg", frozenset({"sem-k"}), None, None, (), "", 12)
IN_CSV = replace(IN_POST, sha256=DIGEST, alt="In het bos", line=3)
NOBODY = replace(IN_POST, people=frozenset(), attested_by="juf-sanne")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("anna-b sem-k", {"anna-b", "sem-k"}),
        ("  anna-b\n sem-k\tanna-b ", {"anna-b", "sem-k"}),
        ("all", CLASS),
        ("all -sem-k", {"anna-b", "tess-v"}),
        ("-sem-k all -anna-b", {"tess-v"}),
        ("all juf-sanne", CLASS | {"juf-sanne"}),
        ("nobody", set()),
        ("zoe-x", {"zoe-x"}),
        ("anna-b others=2", {"anna-b"}),
        ("others=1", set()),
    ],
)
def test_who_is_in_the_photo(text: str, expected: set[str]) -> None:
    assert expected == parse_people(text, CLASS)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "is empty"),
        ("  ", "is empty"),
        ("nobody sem-k", "nobody and somebody"),
        ("all nobody", "nobody and somebody"),
        ("-nobody", "“-xxxxxx”|“xxxxxx”"),
        ("Anna sem-k", "“Xxxx”|“xxxx”"),
        ("anna-b, sem-k", "“xxxx-x,”"),
        ("nobody others=2", "nobody and somebody"),
        ("anna-b others=0", "counts others"),
        ("anna-b others=two", "counts others"),
        ("anna-b others=", "counts others"),
        ("anna-b others=1 others=2", "counts others"),
        ("-sem-k", "leaves out sem-k"),
        ("anna-b -sem-k", "leaves out sem-k"),
        ("all -zoe-x", "leaves out zoe-x"),
        ("all sem-k -sem-k", "leaves out sem-k"),
        ("all -all", "not an id"),
        ("all --sem-k", "not an id"),
        ("all - sem-k", "not an id"),
        ("allemaal!", "not an id"),
        ("all -anna-b -sem-k -tess-v", "no pupil at all"),
    ],
)
def test_words_that_cannot_be_understood_say_what_to_write(text: str, what: str) -> None:
    with pytest.raises(ValueError, match=what) as refused:
        parse_people(text, CLASS)
    assert re.search("anna-b sem-k|others=2 once", str(refused.value))
    assert "Anna" not in str(refused.value)


def test_the_whole_of_an_empty_group_is_not_nobody() -> None:
    with pytest.raises(ValueError, match="no pupil at all"):
        parse_people("all", frozenset())


@given(st.text(alphabet="al nobdy-sem.kX", max_size=24))
def test_only_the_word_nobody_declares_nobody(text: str) -> None:
    try:
        people = parse_people(text, CLASS)
    except ValueError:
        return
    assert bool(people) != (text.strip() == "nobody")


def test_what_nobody_declared_is_undeclared() -> None:
    expected = Declaration(declared=False, people=frozenset(), attested_by=None, bytes_match=True)
    assert expected == declare("bos-1.jpg", None, None, DIGEST)


@pytest.mark.parametrize(
    ("in_post", "in_csv"), [(IN_POST, None), (None, IN_CSV), (IN_POST, IN_CSV)]
)
def test_the_post_the_table_or_both_declare(
    in_post: PhotoRow | None, in_csv: PhotoRow | None
) -> None:
    expected = Declaration(True, frozenset({"sem-k"}), None, bytes_match=True)
    assert expected == declare("bos-1.jpg", in_post, in_csv, DIGEST)


def test_a_photo_without_people_keeps_who_attested_it() -> None:
    expected = Declaration(True, frozenset(), "juf-sanne", bytes_match=True)
    assert expected == declare("bos-1.jpg", NOBODY, NOBODY, DIGEST)


@pytest.mark.parametrize(
    "other",
    [
        replace(IN_CSV, people=frozenset({"sem-k", "tess-v"})),
        replace(IN_CSV, people=frozenset(), attested_by="juf-sanne"),
        replace(IN_CSV, attested_by="juf-sanne"),
        replace(IN_CSV, file="bos-2.jpg"),
        replace(IN_CSV, cover=parse_cover("sem-k=0.1/0.1/0.1/0.1")),
        replace(IN_CSV, others=2),
    ],
)
def test_the_post_and_the_table_must_agree(other: PhotoRow) -> None:
    assert declare("bos-1.jpg", IN_POST, other, DIGEST).contradictory
    assert declare("bos-1.jpg", other, IN_POST, DIGEST).contradictory


def test_who_attests_must_agree_too() -> None:
    other = replace(NOBODY, attested_by="gym-karim")
    assert declare("bos-1.jpg", NOBODY, other, DIGEST).contradictory


def test_another_digest_than_the_recorded_one_is_another_photo() -> None:
    assert not declare("bos-1.jpg", IN_POST, IN_CSV, "cd" * 32).bytes_match
    assert declare("bos-1.jpg", IN_POST, IN_CSV, DIGEST.upper()).bytes_match
    assert declare("bos-1.jpg", IN_POST, replace(IN_CSV, sha256=None), "cd" * 32).bytes_match


def test_a_photo_is_confirmed_only_with_its_digest() -> None:
    confirmed = replace(IN_CSV, confirmed_by="juf-sanne")
    assert "juf-sanne" == declare("bos-1.jpg", IN_POST, confirmed, DIGEST).confirmed_by
    unbound = replace(confirmed, sha256=None)
    assert declare("bos-1.jpg", IN_POST, unbound, DIGEST).confirmed_by is None


def test_cover_and_others_come_from_whoever_declares_them() -> None:
    cover = parse_cover("sem-k=0.1/0.1/0.1/0.1")
    row = replace(IN_POST, cover=cover, others=2, attested_by="juf-sanne")
    joined = declare("bos-1.jpg", row, replace(row, sha256=DIGEST), DIGEST)
    assert (False, cover, 2) == (joined.contradictory, joined.cover, joined.others)
