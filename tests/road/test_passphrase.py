"""A whole week at a school whose letters ask for a passphrase."""

import pytest

from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.audit import open_object
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
