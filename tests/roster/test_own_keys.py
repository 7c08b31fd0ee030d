"""Column `key` of staff.csv: a key that can be used, of the person in that row, or an error."""

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import example, given
from hypothesis import strategies as st

from lichtbrief.roster import FieldError, an_own_key, point_of, public_key_text, read_roster
from tests.roster.office import FILES, keep, problems_of


def text_of(owner: str, number: int = 7, curve: ec.EllipticCurve | None = None) -> str:
    """The key of somebody whose private half is this number."""
    public = ec.derive_private_key(number, curve or ec.SECP256R1()).public_key()
    return public_key_text(
        owner, public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    )


SANNE, RIA = text_of("juf-sanne"), text_of("kantoor-ria", 8)


def staff(*keys: str) -> str:
    """The three of the office's table, each with such a cell."""
    rows = FILES["staff"].splitlines()
    return "".join(f"{row},{end}\n" for row, end in zip(rows, ("key", *keys), strict=True))


def test_a_table_without_the_column_is_as_good_as_ever(tmp_path: Path) -> None:
    people = read_roster(keep(tmp_path)).staff.values()
    assert {""} == {one.key for one in people}
    assert {b""} == {point_of(one.key) for one in people}


def test_some_have_a_key_and_some_have_none(tmp_path: Path) -> None:
    found = read_roster(keep(tmp_path, staff=staff(SANNE, "", ""))).staff
    assert [SANNE, "", ""] == [one.key for one in found.values()]
    assert 65 == len(point_of(found["juf-sanne"].key))


def test_the_word_none_ends_a_key(tmp_path: Path) -> None:
    found = read_roster(keep(tmp_path, staff=staff("none", "Geen", ""))).staff
    assert ["none", "none", ""] == [one.key for one in found.values()]
    assert {b""} == {point_of(one.key) for one in found.values()}


CUT, OTHER_CURVE = SANNE[:-1], text_of("juf-sanne", 7, ec.SECP384R1())
ZEROS = public_key_text("juf-sanne", b"\4" + bytes(64))
INFINITY = public_key_text("juf-sanne", b"\0")
PACKED = public_key_text("juf-sanne", b"\2" + point_of(SANNE)[1:33])
P = 2**256 - 2**224 + 2**192 + 2**96 - 1
NOT_REDUCED = public_key_text("juf-sanne", b"\4" + bytes(31) + b"\1" + P.to_bytes(32))


@pytest.mark.parametrize(
    "cell",
    [
        CUT,
        SANNE.partition(":")[2],
        SANNE.replace(":", ": "),
        SANNE.swapcase(),
        f"{SANNE[:-1]}.",
        OTHER_CURVE,
        ZEROS,
        INFINITY,
        PACKED,
        NOT_REDUCED,
        "ja",
        "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPUFcHeuhhRH1gHGlOqbZ8kGGWPvLPGnPyNgm2pqUHD",
        "=HYPERLINK()",
    ],
)
def test_what_is_no_key_is_an_error_and_never_nobodys_key(tmp_path: Path, cell: str) -> None:
    (problem,) = problems_of(keep(tmp_path, staff=staff(cell, "", "")))
    assert ("school/staff.csv", 2, "key") == (problem.file, problem.line, problem.column)
    assert problem.value == cell[:80]
    assert "is not a key of somebody's own" == problem.what
    assert "write what lichtbrief keys own printed, whole, or none" == problem.todo


def test_a_key_in_the_row_of_another_is_an_error(tmp_path: Path) -> None:
    (problem,) = problems_of(keep(tmp_path, staff=staff(RIA, "", "")))
    assert (2, "is somebody else's key") == (problem.line, problem.what)
    assert "lichtbrief keys own juf-sanne" in problem.todo


def test_two_people_with_one_key_are_an_error(tmp_path: Path) -> None:
    same = SANNE.replace("juf-sanne", "kantoor-ria")
    (problem,) = problems_of(keep(tmp_path, staff=staff(SANNE, same, "")))
    assert (3, "key") == (problem.line, problem.column)
    assert "is already the key in row 2" == problem.what


@given(number=st.integers(1, 2**64), place=st.integers(0, 64), change=st.integers(0, 255))
@example(number=1, place=0, change=0)
def test_a_key_is_read_where_the_library_reads_it_and_nowhere_else(
    number: int, place: int, change: int
) -> None:
    point = bytearray(point_of(text_of("a", number)))
    point[place] ^= change
    text = public_key_text("a", bytes(point))
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes(point))
    except ValueError:
        with pytest.raises(FieldError):
            an_own_key(text)
    else:
        assert text == an_own_key(text)


@given(st.text(max_size=100) | st.binary(max_size=70).map(lambda data: public_key_text("a", data)))
def test_no_cell_breaks_its_reading(cell: str) -> None:
    try:
        an_own_key(cell)
    except FieldError:
        assert cell
    else:
        assert len(base64.urlsafe_b64decode(cell.partition(":")[2] + "=")) in (0, 65)
