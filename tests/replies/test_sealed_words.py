"""Words that only those they are for open, by the format alone."""

import base64
import secrets
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from lichtbrief.replies import (
    OwnKey,
    UnopenedError,
    Word,
    open_reply,
    open_words,
    read_sealed,
    seal_words,
)
from lichtbrief.replies.kinds import read_body
from tests.replies.given import (
    ABOUT,
    FATHER,
    MOTHER,
    PLAIN,
    own_key,
    public_of,
    sealed_words,
    vectors,
    write_reply,
)
from tests.replies.test_format import json_values

SANNE, TOM = "juf-sanne", "meester-tom"
WORDS = vectors()["words"]


def outcome(sealed: object, own: OwnKey | None = None) -> str:
    """The words, `malformed` or `unopened`; any other exception is a failure of the test."""
    try:
        found = read_sealed(sealed)
    except (ValueError, TypeError, KeyError):
        return "malformed"
    try:
        return open_words(found, own or own_key(SANNE), ABOUT)
    except UnopenedError:
        return "unopened"


@pytest.mark.parametrize("case", WORDS["cases"], ids=lambda case: case["name"])
def test_a_case_is_opened_or_not_as_the_format_says(case: dict[str, Any]) -> None:
    private = ec.derive_private_key(int(WORDS["private"], 16), ec.SECP256R1())
    expected = case["words"] if case["expect"] == "ok" else case["expect"]
    assert expected == outcome(case["sealed"], OwnKey(WORDS["reader"], private))


def test_each_of_two_teachers_opens_it_and_nobody_else() -> None:
    sealed = seal_words("Anna is moe", public_of(SANNE, TOM), ABOUT, secrets.token_bytes(32))
    opened = {who: outcome(sealed.as_json(), own_key(who)) for who in (SANNE, TOM, "gym-karim")}
    assert {SANNE: "Anna is moe", TOM: "Anna is moe", "gym-karim": "unopened"} == opened
    stolen = OwnKey(SANNE, own_key("gym-karim").private)
    assert "unopened" == outcome(sealed.as_json(), stolen)


def test_the_school_opens_the_reply_and_finds_no_word_in_it() -> None:
    sealed = sealed_words(b"Anna is moe", SANNE)
    reply = open_reply(write_reply(MOTHER, _word(sealed)), MOTHER)
    assert isinstance(reply.body, Word)
    assert ("", "anna-b") == (reply.body.words, reply.body.pupil)
    assert "Anna is moe" not in reply.text
    assert not any("moe" in str(base64.b64decode(each)) for each in _texts(sealed))
    assert "unopened" == outcome(sealed, OwnKey(SANNE, MOTHER.school))
    assert "unopened" == outcome(sealed, OwnKey(SANNE, FATHER.school))


def _texts(sealed: dict[str, Any]) -> list[str]:
    return [sealed["text"], *sealed["keys"].values()]


def test_how_long_a_word_is_shows_to_nobody_who_cannot_open_it() -> None:
    short, long = (seal_words(w, public_of(SANNE), ABOUT, bytes(32)) for w in ("a", "a" * 766))
    assert len(short.text) == len(long.text)
    assert len(write_reply(MOTHER, _word(short.as_json()))) == len(
        write_reply(MOTHER, _word(long.as_json()))
    )


def test_the_longest_words_fit_for_as_many_teachers_as_a_group_has() -> None:
    readers = public_of(*(f"meester-{number:02}" for number in range(12)))
    sealed = seal_words("ж" * 2000, readers, ABOUT, bytes(32))
    reply = open_reply(write_reply(MOTHER, _word(sealed.as_json())), MOTHER)
    assert isinstance(reply.body, Word)
    assert sealed == reply.body.sealed


def _word(sealed: object) -> dict[str, Any]:
    return {**PLAIN, "body": {"to": "teacher", "pupil": "anna-b", "sealed": sealed}}


@settings(max_examples=60)
@given(words=st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf")), max_size=900))
def test_whatever_is_written_is_what_is_read(words: str) -> None:
    sealed = seal_words(words, public_of(SANNE), ABOUT, bytes(32))
    assert (words if words.strip() else "unopened") == outcome(sealed.as_json())


@settings(max_examples=100)
@given(part=st.sampled_from(("text", SANNE)), at=st.integers(0, 2000), bit=st.integers(0, 7))
def test_every_bit_counts(part: str, at: int, bit: int) -> None:
    sealed = sealed_words(b"Anna is moe", SANNE)
    place = sealed if part == "text" else sealed["keys"]
    changed = bytearray(base64.b64decode(place[part]))
    changed[at % len(changed)] ^= 1 << bit
    place[part] = base64.b64encode(changed).decode()
    assert "unopened" == outcome(sealed)


@settings(max_examples=60)
@given(text=st.binary(max_size=60), length=st.integers(0, 0xFFFF), padding=st.binary(max_size=9))
def test_nothing_that_is_inside_breaks_its_reading(
    text: bytes, length: int, padding: bytes
) -> None:
    """Whoever has a letter can seal anything for its teacher."""
    said = outcome(sealed_words(text, SANNE, length=length, padding=padding))
    assert said == "unopened" or said.encode() in text + padding


@settings(max_examples=100)
@given(
    value=json_values
    | st.fixed_dictionaries({"text": json_values, "keys": json_values})
    | st.fixed_dictionaries(
        {
            "text": st.just(sealed_words(b"a", SANNE)["text"]),
            "keys": st.dictionaries(st.text(max_size=8), json_values, max_size=3),
        }
    )
)
def test_a_value_of_any_type_in_any_place_is_malformed_and_no_more(value: object) -> None:
    assert "malformed" == outcome(value)
    with pytest.raises((ValueError, TypeError, KeyError)):
        read_body("word", {"to": "teacher", "pupil": "anna-b", "sealed": value})
