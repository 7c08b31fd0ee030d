"""A whole week at a school whose letters ask for a passphrase."""

import re

import pytest

from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.office.audit import open_object
from lichtbrief.sealing import passphrase_of
from tests.road.roads import READERS, Road, fetch, groups_of


def test_a_mailed_letter_opens_with_its_guardians_passphrase_only(road: Road) -> None:
    road.school.settings(LICHTBRIEF_PASSPHRASE=True)
    assert {"sent": 4} == road.done()["mails"]
    secret = road.ring().year(2026)
    for guardian, groups in READERS.items():
        address, _, code = road.link(guardian).partition("#")
        page = fetch(address)[1]
        with pytest.raises(LichtbriefError, match="asks for a passphrase too"):
            open_object(page, code)
        assert groups == groups_of(open_object(page, code, passphrase_of(secret, guardian)))


def test_once_access_was_ended_and_given_back_the_old_card_opens_nothing(road: Road) -> None:
    road.school.settings(LICHTBRIEF_PASSPHRASE=True)
    road.done()
    secret, revoke = road.ring().year(2026), ("revoke", "g2", "--by", "directeur-els")
    assert 0 == road.school.run(*revoke).returncode
    given = road.school.run(*revoke, "--undo")
    assert "The old card opens none of them: lichtbrief card g2 prints another." in given.stdout
    assert 0 == road.school.run("relink", "g2").returncode
    address, _, code = road.link("g2").partition("#")
    page = fetch(address)[1]
    with pytest.raises(LichtbriefError, match="does not open it"):
        open_object(page, code, passphrase_of(secret, "g2"))
    assert 0 == road.school.run("card", "g2").returncode
    card = (road.school.folder / ".lichtbrief/cards.html").read_text()
    (printed,) = re.findall(r"<code>([^<]*)", card)
    assert READERS["g2"] == groups_of(open_object(page, code, printed.replace("\n", "-")))
