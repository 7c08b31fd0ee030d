"""Packets that are broken, enormous or meant to do harm: read, refused, never an accident."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.media.xmp import MOST_BYTES, MOST_NAMES, Box, Packet, XmpError, read_packet
from tests.media.noting import PROGRAMS, named_photo, noting, packet, said_by

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "'
    + "&a;" * 1000
    + '"><!ENTITY c "'
    + "&b;" * 1000
    + '">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
PERSON = "<Iptc4xmpExt:PersonInImage>{}</Iptc4xmpExt:PersonInImage>"


def with_type(kind: str, inside: str) -> bytes:
    """A packet that declares entities before it uses them."""
    head, rest = packet(PERSON.format(inside)).decode().split("\n", 1)
    return f"{head}\n{kind}\n{rest}".encode()


HOSTILE = {
    "a billion laughs": with_type(LAUGHS, "&c;"),
    "a file of this machine": with_type(OUTSIDE, "&f;"),
    "cut off": noting("Picasa", "Tess")[:900],
    "not closed": packet(PERSON.format("<rdf:li>Tess")),
    "no prefix": b"<mwg-rs:Regions>metadataworkinggroup</mwg-rs:Regions>",
    "another alphabet": b"<?xml version='1.0' encoding='cp037'?>" + noting("Picasa", "Tess"),
    "too large": noting("Picasa", "Tess") + b" " * MOST_BYTES,
    "too many": packet(PERSON.format("<rdf:li>Tess</rdf:li>" * (MOST_NAMES + 1))),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_may_name_somebody_and_cannot_be_understood_is_refused(what: str) -> None:
    with pytest.raises(XmpError):
        read_packet(HOSTILE[what])


def test_a_photo_with_such_a_packet_cannot_be_read(tmp_path: Path) -> None:
    photo = named_photo(tmp_path / "bos.jpg", HOSTILE["a billion laughs"])
    assert not said_by(photo).readable


def test_a_broken_packet_that_can_name_nobody_says_nothing() -> None:
    assert Packet() == read_packet(b"<x:xmpmeta><dc:title>Bos")
    assert Packet() == read_packet(LAUGHS.encode())


def test_elements_in_elements_without_end_are_read(tmp_path: Path) -> None:
    deep = PERSON.format("<rdf:li>" * 20_000 + "Tess" + "</rdf:li>" * 20_000)
    with pytest.raises(XmpError):
        read_packet(packet(deep))
    named_photo(tmp_path / "bos.png", packet(PERSON.format("<b>" * 20_000 + "</b>" * 20_000)))
    assert said_by(tmp_path / "bos.png").readable


@given(st.binary(max_size=300), st.sampled_from(list(PROGRAMS)), st.integers(0, 1200))
def test_any_bytes_in_a_packet_are_read_or_refused(junk: bytes, program: str, at: int) -> None:
    whole = noting(program, "Tess")
    for data in (junk, whole[:at] + junk + whole[at:], whole[:at] + junk):
        try:
            found = read_packet(data)
        except XmpError:
            continue
        assert isinstance(found, Packet)


NUMBERS = st.sampled_from(["0", "0.5", "-1", "1e9", "nan", "inf", "", "een", "0,5", "1e-320"])


@given(st.lists(NUMBERS, min_size=4, max_size=4))
def test_a_place_lies_within_the_picture_or_is_none(numbers: list[str]) -> None:
    x, y, width, height = numbers
    area = f'<mwg-rs:Area stArea:x="{x}" stArea:y="{y}" stArea:w="{width}" stArea:h="{height}"/>'
    inside = f'<rdf:li><rdf:Description mwg-rs:Name="Tess">{area}</rdf:Description></rdf:li>'
    (noted,) = read_packet(packet(inside)).noted
    assert "Tess" == noted.name
    if noted.box is not None:
        box: Box = noted.box
        assert box.width > 0 < box.height
        assert 0 <= box.left < box.left + box.width <= 1.0000001
        assert 0 <= box.top < box.top + box.height <= 1.0000001
