"""Laws of sealed objects: what goes in comes out, and nothing else ever does."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lichtbrief.sealing import (
    Header,
    Refusal,
    Refused,
    SealedReader,
    Secret,
    cipher_length,
    object_key,
    open_first,
    open_segment,
    seal,
    unlock,
)
from lichtbrief.sealing.derive import derive
from lichtbrief.sealing.segments import places
from tests.sealing.given import CHUNK, EDITION, HEADER, LAST_YEAR, THIS_YEAR, contexts, segments

SMALL = (b"{}..", b"", b"<p>Naar het bos</p>", b"photo")
LENGTHS = [len(plain) for plain in SMALL[1:]]


def reason(action: Callable[..., object], *given: object) -> Refusal | None:
    """Why `action(*given)` was refused; None when it was not."""
    try:
        action(*given)
    except Refused as refused:
        return refused.why
    return None


def by_ring(data: bytes) -> object:
    return SealedReader.unlock(data, THIS_YEAR, EDITION).every(LENGTHS)


def by_object_key(data: bytes, key: Secret) -> object:
    return SealedReader(data, key).every(LENGTHS)


def key_of(data: bytes) -> Secret:
    return object_key(THIS_YEAR, EDITION, Header.parse(data).salt)


@given(contexts, segments)
def test_whatever_is_sealed_is_opened_again(fields: list[str], plains: list[bytes]) -> None:
    reader = SealedReader.unlock(seal(THIS_YEAR, fields, plains), THIS_YEAR, fields)
    assert tuple(plains) == reader.every([len(plain) for plain in plains[1:]])
    assert plains[0] == reader.first()


@given(contexts, segments)
def test_sealing_the_same_edition_again_gives_the_same_object(
    fields: list[str], plains: list[bytes]
) -> None:
    assert seal(THIS_YEAR, fields, plains) == seal(THIS_YEAR, tuple(fields), tuple(plains))


@given(segments)
def test_an_object_is_as_long_as_its_segments_say(plains: list[bytes]) -> None:
    expected = HEADER + sum(cipher_length(len(plain)) for plain in plains)
    data = seal(THIS_YEAR, EDITION, plains)
    assert expected == len(data)
    assert HEADER + cipher_length(len(plains[0])) == Header.parse(data).start


@given(contexts, contexts, segments)
def test_an_edition_opens_only_for_its_own_group_and_week(
    fields: list[str], others: list[str], plains: list[bytes]
) -> None:
    header = Header.parse(seal(THIS_YEAR, fields, plains))
    expected = None if fields == others else Refusal.WRONG_CONTEXT
    assert expected == reason(unlock, header, THIS_YEAR, others)
    assert reason(unlock, header, LAST_YEAR, fields) is Refusal.WRONG_KEY


def test_a_key_of_one_edition_opens_no_other() -> None:
    monday = seal(THIS_YEAR, EDITION, [b"monday"])
    tuesday = seal(THIS_YEAR, EDITION, [b"tuesday"])
    assert reason(open_first, tuesday, key_of(monday)) is Refusal.WRONG_KEY
    assert reason(open_segment, tuesday, key_of(monday), 0, HEADER, 7) is Refusal.WRONG_KEY


def expected_for_a_flip_at(byte: int) -> set[Refusal]:
    """FORMAT.md, "Refusals": what a changed bit looks like to who holds the ring."""
    bounds = (
        (18, {Refusal.NOT_SEALED}),
        (20, {Refusal.UNKNOWN_VERSION}),
        (68, {Refusal.WRONG_KEY}),
        (100, {Refusal.WRONG_CONTEXT}),
        (HEADER, {Refusal.TRUNCATED, Refusal.DAMAGED}),
    )
    return next((names for end, names in bounds if byte < end), {Refusal.DAMAGED})


def test_every_single_bit_that_is_flipped_is_noticed_and_named() -> None:
    data = seal(THIS_YEAR, EDITION, SMALL)
    for byte in range(len(data)):
        for bit in range(8):
            changed = bytearray(data)
            changed[byte] ^= 1 << bit
            assert reason(by_ring, bytes(changed)) in expected_for_a_flip_at(byte)


def test_every_single_bit_is_noticed_with_the_objects_key_alone() -> None:
    data = seal(THIS_YEAR, EDITION, SMALL)
    for byte in range(len(data)):
        changed = data[:byte] + bytes([data[byte] ^ 1]) + data[byte + 1 :]
        assert reason(by_object_key, changed, key_of(data)) is not None


def test_an_object_that_was_cut_anywhere_is_truncated() -> None:
    data = seal(THIS_YEAR, EDITION, SMALL)
    for end in range(len(data)):
        assert reason(by_ring, data[:end]) is Refusal.TRUNCATED
    assert reason(by_ring, data + b"\0") is Refusal.TRUNCATED


@given(st.integers(1, 3), st.integers(-1, 1))
def test_a_photo_cut_at_a_chunk_is_noticed_though_its_length_was_adapted(
    chunks: int, more: int
) -> None:
    photo = bytes(chunks * CHUNK + CHUNK // 2)
    data = seal(THIS_YEAR, EDITION, [b"{}", photo])
    told = (chunks + more) * CHUNK + (CHUNK // 2 if more else 0)
    start = Header.parse(data).start
    expected = {-1: Refusal.DAMAGED, 0: Refusal.TRUNCATED, 1: Refusal.TRUNCATED}[more]
    assert expected == reason(open_segment, data, key_of(data), 1, start, told)


def cut_into_chunks(plains: Sequence[bytes], data: bytes) -> list[bytes]:
    """The sealed chunks of an object, in order."""
    pieces, at = [], HEADER
    for number, plain in enumerate(plains):
        for place in places(number, len(plain)):
            step = min(CHUNK, len(plain) - place.counter * CHUNK) + 16
            pieces.append(data[at : at + step])
            at += step
    return pieces


@settings(deadline=None)
@given(segments, st.data())
def test_chunks_that_change_places_are_noticed_and_named(
    plains: list[bytes], draw: st.DataObject
) -> None:
    data = seal(THIS_YEAR, EDITION, plains)
    pieces = cut_into_chunks(plains, data)
    one, other = (draw.draw(st.integers(0, len(pieces) - 1)) for _ in "12")
    alike = len(pieces[one]) == len(pieces[other])
    pieces[one], pieces[other] = pieces[other], pieces[one]
    reader = SealedReader.unlock(data[:HEADER] + b"".join(pieces), THIS_YEAR, EDITION)
    actual = reason(reader.every, [len(plain) for plain in plains[1:]])
    if one == other:
        assert actual is None
    elif alike:
        assert actual is Refusal.REORDERED
    else:
        assert actual in (Refusal.REORDERED, Refusal.DAMAGED, Refusal.TRUNCATED)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from((THIS_YEAR, LAST_YEAR)), st.sampled_from((EDITION, ())), segments
        ),
        min_size=2,
        max_size=6,
    )
)
def test_no_key_ever_meets_two_plaintexts_under_one_nonce(
    objects: list[tuple[Secret, tuple[str, ...], list[bytes]]],
) -> None:
    seen: dict[tuple[bytes, bytes], bytes] = {}
    for secret, fields, plains in objects:
        for one in (plains, [*plains, b""], plains[:1]):
            data = seal(secret, fields, one)
            key = derive(object_key(secret, fields, Header.parse(data).salt), "payload").reveal()
            nonces = [place.nonce for n, plain in enumerate(one) for place in places(n, len(plain))]
            for nonce, chunk in zip(nonces, cut_into_chunks(one, data), strict=True):
                assert chunk == seen.setdefault((key, nonce), chunk)
            assert len(set(nonces)) == len(nonces)


@given(st.binary(max_size=200))
def test_a_header_of_any_bytes_is_refused_in_words(data: bytes) -> None:
    reasons = (Refusal.NOT_SEALED, Refusal.TRUNCATED)
    assert reason(Header.parse, data) in reasons


@given(st.binary(min_size=84, max_size=300))
def test_an_object_of_any_bytes_after_the_first_line_gives_nothing(rest: bytes) -> None:
    data = b"lichtbrief sealed 1\n" + rest
    assert data[:HEADER] == bytes(Header.parse(data))
    assert reason(by_ring, data) is Refusal.WRONG_KEY


def test_a_header_that_claims_four_gigabytes_costs_nothing() -> None:
    data = seal(THIS_YEAR, EDITION, SMALL)
    changed = data[:100] + b"\xff\xff\xff\xff" + data[HEADER:]
    assert reason(open_first, changed, key_of(data)) is Refusal.TRUNCATED


def test_the_start_alone_opens_the_index() -> None:
    data = seal(THIS_YEAR, EDITION, SMALL)
    start = Header.parse(data[:HEADER]).start
    assert SMALL[0] == open_first(data[:start], key_of(data))


def test_there_is_no_segment_after_the_last_or_before_the_first() -> None:
    data = seal(THIS_YEAR, EDITION, SMALL)
    reader = SealedReader.unlock(data, THIS_YEAR, EDITION)
    for number in (-1, len(SMALL)):
        with pytest.raises(IndexError):
            reader.segment(number, LENGTHS)
    with pytest.raises(ValueError, match="segment 0"):
        seal(THIS_YEAR, EDITION, [])
    with pytest.raises(ValueError, match="negative"):
        cipher_length(-1)


def test_two_groups_with_the_same_news_get_objects_that_share_nothing() -> None:
    one = seal(THIS_YEAR, EDITION, SMALL)
    other = seal(THIS_YEAR, ("edition", "groep-4", "2026-W47"), SMALL)
    assert len(one) == len(other)
    assert Header.parse(one).salt != Header.parse(other).salt
    assert Header.parse(one).mark != Header.parse(other).mark
    assert one[HEADER:] != other[HEADER:]
