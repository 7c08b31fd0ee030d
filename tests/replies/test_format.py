"""The format of replies in Python: RFC 9180's vector, our own cases, and bytes from anywhere."""

import json
from typing import Any

import pytest
from cryptography.hazmat.bindings._rust import openssl as bindings
from hypothesis import given, settings
from hypothesis import strategies as st

from lichtbrief.replies import SIZES, AsideError, Letterbox, Why, kind_of, open_reply
from lichtbrief.replies.hpke import SUITE, derive_key_pair, open_sealed, public_bytes
from lichtbrief.replies.reply import MAGIC
from lichtbrief.sealing import Secret
from tests.replies import make_vectors
from tests.replies.given import (
    FATHER,
    FILE,
    MOTHER,
    PLAIN,
    padded,
    seal_base,
    vectors,
    write_reply,
)

RFC = {name: bytes.fromhex(value) for name, value in vectors()["hpke"].items() if name != "source"}


def outcome(data: bytes, box: Letterbox = MOTHER) -> str:
    """`ok`, or the name of the refusal; any other exception is a failure of the test."""
    try:
        open_reply(data, box)
    except AsideError as aside:
        return aside.why
    return "ok"


def test_the_key_pairs_of_the_rfc_are_derived() -> None:
    for material, private, public in (("ikmR", "skRm", "pkRm"), ("ikmE", "skEm", "pkEm")):
        made = derive_key_pair(RFC[material])
        assert RFC[private] == made.private_numbers().private_value.to_bytes(32)
        assert RFC[public] == public_bytes(made)


def test_the_vector_of_the_rfc_is_opened() -> None:
    """With associated data, which the public function has none of: so by the binding below it."""
    key = derive_key_pair(RFC["ikmR"])
    sealed = RFC["enc"] + RFC["ct"]
    opened = bindings.hpke._decrypt_with_aad(SUITE, sealed, key, RFC["info"], RFC["aad"])
    assert RFC["pt"] == opened


def test_the_sealing_of_these_tests_is_that_of_the_rfc() -> None:
    own = derive_key_pair(RFC["ikmE"])
    sealed = seal_base(RFC["pkRm"], RFC["info"], RFC["aad"], RFC["pt"], own)
    assert RFC["enc"] + RFC["ct"] == sealed


def test_what_the_library_seals_is_opened() -> None:
    sealed = SUITE.encrypt(b"hello", MOTHER.school.public_key(), b"info")
    assert b"hello" == open_sealed(sealed, MOTHER.school, b"info")


def test_making_the_vectors_again_gives_the_same_file() -> None:
    assert make_vectors.text() == FILE.read_text("ascii"), "python -m tests.replies.make_vectors"


@pytest.mark.parametrize("case", vectors()["replies"], ids=lambda case: case["name"])
def test_a_case_is_opened_or_refused_as_the_format_says(case: dict[str, Any]) -> None:
    data = bytes.fromhex(case["reply"])
    assert case["expect"] == outcome(data)
    if case["expect"] == "ok":
        reply = open_reply(data, MOTHER)
        assert case["content"]["id"] == reply.id
        assert case["content"]["kind"] == kind_of(reply.body)


def test_another_week_another_year_and_another_parent_have_other_letterboxes() -> None:
    boxes = [
        MOTHER,
        FATHER,
        Letterbox.of(Secret(bytes(32)), 2026, "g1", "2026-W47"),
        Letterbox.of(Secret(bytes(32)), 2026, "g1", "2026-W48"),
    ]
    assert 4 == len({box.name for box in boxes})
    assert 4 == len({box.own.reveal() for box in boxes})
    assert 2 == len({box.public for box in boxes})


def test_the_keys_of_a_letterbox_are_not_printed() -> None:
    shown = repr(MOTHER)
    assert MOTHER.own.reveal().hex() not in shown
    assert "EllipticCurve" not in shown


def test_a_word_that_would_turn_the_line_around_does_not() -> None:
    body = {**PLAIN["body"], "words": "\u202eannA\u2066"}
    reply = open_reply(write_reply(MOTHER, {**PLAIN, "body": body}), MOTHER)
    assert "annA" == getattr(reply.body, "words", None)


sizes = st.sampled_from(SIZES)


@given(data=st.binary(max_size=700) | sizes.flatmap(lambda n: st.binary(min_size=n, max_size=n)))
def test_bytes_from_anywhere_are_refused(data: bytes) -> None:
    assert outcome(data) in (Why.size, Why.unsealed)
    assert outcome((MAGIC + data)[: SIZES[0]]) in (Why.size, Why.unsealed)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@settings(max_examples=70)
@given(field=st.sampled_from(("id", "kind", "at", "body")), value=json_values)
def test_a_value_of_any_type_in_any_place_is_malformed_and_no_more(
    field: str, value: object
) -> None:
    text = json.dumps({**PLAIN, field: value}).encode()
    assert Why.malformed == outcome(write_reply(MOTHER, inner=padded(text[:8000])))


@settings(max_examples=70)
@given(
    kind=st.sampled_from(("doubt", "word", "coming", "preferences", "wishes")),
    body=st.dictionaries(
        st.sampled_from(("post", "photo", "words", "to", "pupil", "people", "answers")), json_values
    ),
)
def test_no_body_breaks_its_reading(kind: str, body: object) -> None:
    text = json.dumps({**PLAIN, "kind": kind, "body": body}).encode()
    assert outcome(write_reply(MOTHER, inner=padded(text[:8000]))) in ("ok", Why.malformed)


@settings(max_examples=100)
@given(at=st.integers(0, SIZES[0] - 1), bit=st.integers(0, 7))
def test_every_bit_counts(at: int, bit: int) -> None:
    changed = bytearray(write_reply(MOTHER))
    changed[at] ^= 1 << bit
    assert Why.unsealed == outcome(bytes(changed))
