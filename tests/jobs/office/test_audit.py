"""Opening an object for an audit: whatever it is given, it opens or says why not."""

import base64
import gzip
import json
import os
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.office.audit import LARGEST, open_object
from lichtbrief.letters import GrantedEdition, Letter, Letterhead, build_letter
from lichtbrief.sealing import Header, Secret, code_of, letter_key, object_key, seal
from tests.jobs.given import THEME, W47

YEAR = Secret(bytes(range(32)))
CONTEXT = ("edition", "groep-3", "2026-W47")
LETTER_ID = "k4w7qv3ztm5x2rwy6c7dhbnlsf"
LETTER_KEY = letter_key(YEAR, "g1", "2026-W47")
CODE = code_of(LETTER_KEY)
PAGE = "<p>We zochten bladeren.</p>"
BOMB_SIZE = 200 * 1024 * 1024


def pack(data: bytes) -> bytes:
    """A gzip that is the same for the same data."""
    return gzip.compress(data, mtime=0)


def index_of(*photos: dict[str, object], sizes: object) -> dict[str, object]:
    return {"format": "lichtbrief edition 1", "group": "groep-3", "sizes": sizes, "photos": photos}


def sealed(index: object, *segments: bytes) -> tuple[bytes, str]:
    """An edition of this content, and its key as an opened letter gives it."""
    data = seal(YEAR, CONTEXT, [json.dumps(index).encode(), *segments])
    key = object_key(YEAR, CONTEXT, Header.parse(data).salt)
    return data, base64.urlsafe_b64encode(key.reveal()).decode()


def edition() -> tuple[bytes, str]:
    """An edition with a page and a photo."""
    page = pack(PAGE.encode())
    photo = {"mime": "image/jpeg", "small": 2, "large": 3}
    return sealed(index_of(photo, sizes=[len(page), 5, 7]), page, b"small", b"a large")


def letter(content: bytes | None = None) -> bytes:
    """A letter with one edition, as it lies in the store; or with this in its envelope."""

    def envelope(segments: object) -> bytes:
        first = segments if content is None else [content]
        assert isinstance(first, list)
        return seal(LETTER_KEY, ("letter", LETTER_ID), first)

    granted = GrantedEdition("groep-3", "editions/2026/x", bytes(32), 100, {"counts": {}}, PAGE)
    until = datetime(2026, 11, 27, 15, tzinfo=UTC)
    head = Letterhead("De Dijk", "kantoor@dijk.example")
    return pack(build_letter(THEME, "nl", head, Letter(LETTER_ID, W47, until, [granted]), envelope))


def refused(data: bytes, key: str) -> LichtbriefError:
    """What opening raises; it holds neither the key nor what is inside."""
    with pytest.raises(LichtbriefError) as caught:
        open_object(data, key)
    assert caught.value.hint
    told = f"{caught.value.message} {caught.value.hint}"
    assert "bladeren" not in told
    assert len(key) < 8 or key not in told
    return caught.value


def test_files_get_a_name_that_is_ours_whatever_the_index_says() -> None:
    page = pack(PAGE.encode())
    kinds = ("application/pdf", "text/calendar", "text/html")
    files = [{"name": "../../x.sh", "mime": mime, "segment": 2} for mime in kinds]
    index = index_of(sizes=[len(page), 4]) | {"attachments": files}
    opened = open_object(*sealed(index, page, b"%PDF"))
    assert {"page.html", "file-0.pdf", "file-1.ics", "file-2.bin"} == set(opened.files)
    assert b"%PDF" == opened.files["file-0.pdf"]


def test_an_edition_opens_with_its_key() -> None:
    opened = open_object(*edition())
    assert ("edition", "groep-3") == (opened.kind, opened.about["group"])
    assert {
        "page.html": PAGE.encode(),
        "photo-0-small.jpg": b"small",
        "photo-0-large.jpg": b"a large",
    } == opened.files


def test_a_key_is_taken_with_and_without_its_last_sign() -> None:
    data, key = edition()
    assert open_object(data, key) == open_object(data, key.rstrip("="))


def test_a_letter_opens_with_its_code_packed_or_not() -> None:
    assert open_object(letter(), CODE) == open_object(gzip.decompress(letter()), CODE)


def test_a_code_may_be_typed_in_small_letters() -> None:
    opened = open_object(letter(), CODE.lower())
    assert ("letter", ["groep-3"]) == (opened.kind, [e["group"] for e in opened.about["editions"]])
    assert {"edition-1.html": PAGE.encode()} == opened.files


def test_what_was_opened_is_not_printed_by_accident() -> None:
    assert "bladeren" not in repr(open_object(letter(), CODE))


def test_the_wrong_kind_of_key_is_told_from_a_wrong_key() -> None:
    data, key = edition()
    assert "this is not the key of an edition" == refused(data, CODE).message
    assert "this is a letter" == refused(letter(), key).message
    other = base64.urlsafe_b64encode(bytes(32)).decode()
    assert "this key does not open it" == refused(data, other).message
    assert "this key does not open it" == refused(letter(), code_of(Secret(bytes(16)))).message


@pytest.mark.parametrize(
    "key", ["", "-", "key", "é" * 43, "A" * 42, "A" * 44, "A" * 43 + "==", "A" * 100_000, "\0"]
)
def test_what_is_no_key_at_all_is_refused(key: str) -> None:
    refused(edition()[0], key)
    refused(letter(), key)


NOT_OURS = {
    "nothing": b"",
    "a bare gzip": b"\x1f\x8b",
    "a bare beginning": b"lichtbrief sealed 1\n",
    "another version": b"lichtbrief sealed 2\n" + bytes(200),
    "another page": b"<!doctype html><p>hello</p>",
    "a page without envelope": f'<!doctype html><body data-letter="{LETTER_ID}">'.encode(),
    "something packed": pack(b"hello"),
    "a letter without its end": letter()[:-100],
    "a letter's beginning": letter()[:40],
    "a letter whose envelope was changed": pack(
        gzip.decompress(letter()).replace(b'id="envelope">', b'id="envelope">A')
    ),
    "a photo": b"\xff\xd8\xff\xe0 a photo",
    "a zip": b"PK\x03\x04 a zip",
}


@pytest.mark.parametrize("what", NOT_OURS)
def test_what_is_not_ours_or_is_cut_off_is_refused(what: str) -> None:
    refused(NOT_OURS[what], CODE)
    refused(NOT_OURS[what], edition()[1])


@given(data=st.binary(max_size=300))
def test_random_bytes_are_refused(data: bytes) -> None:
    refused(data, CODE)
    refused(pack(data), CODE)
    refused(b"\x1f\x8b" + data, CODE)


@given(data=st.data())
def test_a_changed_or_shortened_edition_gives_nothing(data: st.DataObject) -> None:
    whole, key = edition()
    place = data.draw(st.integers(0, len(whole) - 1))
    flipped = bytes([whole[place] ^ data.draw(st.integers(1, 255))])
    cut = data.draw(st.booleans())
    refused(whole[:place] if cut else whole[:place] + flipped + whole[place + 1 :], key)


@pytest.mark.parametrize(
    "index",
    [
        [],
        None,
        7,
        "index",
        {},
        index_of(sizes=None),
        index_of(sizes=[]),
        index_of(sizes=[-1]),
        index_of(sizes=["6"]),
        index_of(sizes=[10**30]),
        index_of(sizes=[6, 6]),
        index_of(sizes=[1.5]),
        index_of(sizes={"1": 6}),
        index_of({"mime": "image/jpeg", "small": 2, "large": 2}, sizes=[6]),
        index_of({"mime": ["image/jpeg"], "small": 2, "large": 2}, sizes=[6]),
        index_of({}, sizes=[6]),
        index_of(sizes=[6]),
    ],
)
def test_an_index_that_somebody_with_the_key_made_up_is_refused(index: object) -> None:
    refused(*sealed(index, b"a page"))


ENVELOPES = {
    "not packed": b"hello",
    "not JSON": pack(b"hello"),
    "too deep": pack(b"[" * 100_000),
    "a list": pack(b"[]"),
    "no list of editions": pack(b'{"editions": 7}'),
    "an edition that is none": pack(b'{"editions": [7]}'),
    "an edition without page": pack(b'{"editions": [{}]}'),
    "a page that is none": pack(b'{"editions": [{"page": 7}]}'),
    "cut off": pack(b'{"editions": [{"page": "p"}]}')[:-4],
}


@pytest.mark.parametrize("what", ENVELOPES)
def test_an_envelope_that_somebody_with_the_key_made_up_is_refused(what: str) -> None:
    refused(letter(ENVELOPES[what]), CODE)


def bomb() -> bytes:
    """A gzip of some 200 KiB that holds 200 MiB."""
    return gzip.compress(bytes(BOMB_SIZE), mtime=0)


def outside(packed: bytes) -> tuple[bytes, str]:
    return packed, CODE


def as_page(packed: bytes) -> tuple[bytes, str]:
    return sealed(index_of(sizes=[len(packed)]), packed)


def as_envelope(packed: bytes) -> tuple[bytes, str]:
    return letter(packed), CODE


@pytest.mark.parametrize("where", [outside, as_page, as_envelope])
def test_a_gzip_that_would_fill_the_memory_is_refused(
    where: Callable[[bytes], tuple[bytes, str]],
) -> None:
    data, key = where(bomb())
    tracemalloc.start()
    try:
        refused(data, key)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2.5 * LARGEST


def test_a_page_of_random_bytes_still_opens() -> None:
    noise = os.urandom(100_000)
    page = pack(noise)
    opened = open_object(*sealed(index_of(sizes=[len(page)]), page))
    assert {"page.html": noise} == opened.files
