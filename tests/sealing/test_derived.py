"""Contexts, names, fingerprints, letter keys and the codes of those."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.sealing import (
    CodeError,
    Fault,
    Secret,
    code_of,
    context,
    fingerprint_of,
    format_code,
    letter_key,
    name_of,
    parse_code,
)
from tests.sealing.given import LAST_YEAR, THIS_YEAR, contexts, texts

keys = st.binary(min_size=16, max_size=16).map(Secret)


@given(contexts, contexts)
def test_two_lists_of_fields_never_give_the_same_context(one: list[str], other: list[str]) -> None:
    assert (one == other) == (context(*one) == context(*other))


def test_fields_that_cannot_be_told_apart_are_refused() -> None:
    for field in ("a" * 65_536, "\ud800"):
        with pytest.raises(ValueError, match=r"context|surrogates"):
            context("edition", field)


@given(texts, contexts, st.binary())
def test_a_name_is_26_small_signs_that_follow_the_content(
    label: str, fields: list[str], data: bytes
) -> None:
    name = name_of(THIS_YEAR, label, *fields, data=data)
    assert re.fullmatch(r"[a-z2-7]{26}", name)
    assert name == name_of(THIS_YEAR, label, *fields, data=data)
    assert name != name_of(THIS_YEAR, label, *fields, data=data + b"\0")
    assert name != name_of(THIS_YEAR, label, *fields, "", data=data)
    assert name != name_of(LAST_YEAR, label, *fields, data=data)


@given(st.binary())
def test_a_fingerprint_follows_the_content_and_the_year(data: bytes) -> None:
    fingerprint = fingerprint_of(THIS_YEAR, data)
    assert re.fullmatch(r"[0-9a-f]{64}", fingerprint)
    assert fingerprint == fingerprint_of(THIS_YEAR, data)
    assert fingerprint != fingerprint_of(THIS_YEAR, data + b"\0")
    assert fingerprint != fingerprint_of(LAST_YEAR, data)


def test_every_guardian_has_another_key_every_week_and_the_same_one_tomorrow() -> None:
    key = letter_key(THIS_YEAR, "g-0017", "2026-W47")
    assert len(key) == 16
    assert key == letter_key(THIS_YEAR, "g-0017", "2026-W47")
    assert key != letter_key(THIS_YEAR, "g-0018", "2026-W47")
    assert key != letter_key(THIS_YEAR, "g-0017", "2026-W48")
    assert key != letter_key(LAST_YEAR, "g-0017", "2026-W47")


@given(keys)
def test_a_code_is_28_signs_and_gives_its_key_back(key: Secret) -> None:
    code = code_of(key)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{28}", code)
    assert key == parse_code(code)
    assert key == parse_code(f"  {format_code(code).lower()}\n")


@given(keys)
def test_a_code_is_read_aloud_in_seven_groups_of_four(key: Secret) -> None:
    assert re.fullmatch(r"(\w{4}-){6}\w{4}", format_code(code_of(key)))


@given(st.text())
def test_any_text_at_all_is_a_key_or_one_of_four_faults(text: str) -> None:
    try:
        parse_code(text)
    except CodeError as error:
        refused = error
        assert refused.why in Fault


def test_a_book_instead_of_a_code_is_too_long() -> None:
    with pytest.raises(CodeError) as refused:
        parse_code("A" * 1_000_000)
    assert Fault.LONG is refused.value.why


def test_hardly_a_typing_error_passes() -> None:
    """One sign typed wrong in each place, each way: 868 codes, of which a checksum lets 0 pass."""
    code = code_of(letter_key(THIS_YEAR, "g-0017", "2026-W47"))
    signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    others = [code[:n] + s + code[n + 1 :] for n in range(28) for s in signs if s != code[n]]
    assert [other for other in others if passes(other)] == []


def passes(code: str) -> bool:
    try:
        parse_code(code)
    except CodeError:
        return False
    return True


def test_only_a_key_of_16_bytes_has_a_code() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        code_of(THIS_YEAR)
