"""Whose mail came back: told from the identity alone, by whoever has the key ring."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.delivery import Round, bounce_address, identities_in, identity_of, mailed
from lichtbrief.editions import Week
from lichtbrief.sealing import KeyRing, Secret
from tests.delivery.school import WEEK, guardians

RING = KeyRing({2026: Secret(bytes(range(32)))})
FAMILY = identity_of(RING.year(2026), "g007", WEEK)
BOUNCES = "weekbrief-bounce@lichtbron.example"


def test_a_bounce_says_whose_it_is_to_whoever_has_the_keys() -> None:
    address = bounce_address(BOUNCES, FAMILY)
    assert "g007" not in address
    (identity,) = identities_in(f"Final-Recipient of <{address}>")
    assert (WEEK, "g007") == mailed(identity, RING, guardians(20))


@pytest.mark.parametrize(
    "returned",
    [
        f"Message-ID: <{FAMILY}@lichtbron.example>",
        bounce_address(BOUNCES, FAMILY).upper(),
        FAMILY.replace(".", "_"),
        f"To: <{bounce_address(BOUNCES, FAMILY)}>\r\nMessage-ID: <{FAMILY}@lichtbron.example>",
    ],
)
def test_an_identity_is_found_wherever_and_however_it_comes_back(returned: str) -> None:
    assert (FAMILY,) == identities_in(returned)


def test_a_fresh_link_is_a_mail_of_its_own() -> None:
    again = Round(WEEK.year, WEEK.number, 2)
    identity = identity_of(RING.year(2026), "g007", again)
    assert FAMILY != identity
    (found,) = identities_in(bounce_address(BOUNCES, identity))
    assert (again, "g007") == mailed(found, RING, guardians(20))


def test_somebody_who_has_left_the_roster_is_nobody() -> None:
    assert mailed(FAMILY, RING, ["g001"]) is None


def test_keys_of_another_school_name_nobody() -> None:
    other = KeyRing({2026: Secret(bytes(32))})
    assert mailed(FAMILY, other, guardians(20)) is None
    assert mailed(FAMILY, KeyRing({}), guardians(20)) is None


def test_a_week_that_there_is_not_is_of_nobody() -> None:
    assert mailed("2026-W99.abcdefghijklmnopqrstuvwxyz", RING, guardians(20)) is None


def test_two_weeks_of_one_guardian_have_nothing_in_common() -> None:
    following = identity_of(RING.year(2026), "g007", Week.parse("2026-W48"))
    assert FAMILY.partition(".")[2] != following.partition(".")[2]


@given(st.text())
def test_whatever_comes_back_raises_nothing_and_names_nobody(text: str) -> None:
    assert not any(mailed(each, RING, guardians(3)) for each in identities_in(text))
