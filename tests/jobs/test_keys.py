"""The key ring is made once, by who publishes; a preview makes one of its own."""

import stat

import pytest

from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.keys import ENVIRONMENT, make_keys, ring_of
from lichtbrief.settings import Settings, read_settings
from tests.jobs.given import site_of
from tests.school import SmallSchool


@pytest.fixture(autouse=True)
def no_keys_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT, raising=False)


@pytest.fixture
def publishing(school: SmallSchool) -> Settings:
    return read_settings(site_of(school))


@pytest.fixture
def looking(school: SmallSchool) -> Settings:
    return read_settings(site_of(school, LICHTBRIEF_PREVIEW=True))


def test_a_publisher_without_keys_is_told_how_to_make_them(publishing: Settings) -> None:
    with pytest.raises(LichtbriefError, match="there is no key ring") as caught:
        ring_of(publishing, 2026)
    assert "make one with: lichtbrief keys make" == caught.value.hint
    assert not publishing.key_ring.exists()


def test_making_keys_twice_changes_nothing(publishing: Settings) -> None:
    ring = make_keys(publishing, 2026)
    at_rest = publishing.key_ring.read_bytes()
    assert ring == make_keys(publishing, 2026) == ring_of(publishing, 2026)
    assert at_rest == publishing.key_ring.read_bytes()
    assert 0o600 == stat.S_IMODE(publishing.key_ring.stat().st_mode)


def test_a_new_year_keeps_the_old_ones_secret(publishing: Settings) -> None:
    old = make_keys(publishing, 2026)
    new = make_keys(publishing, 2027)
    assert {2026, 2027} == set(new.years)
    assert old.year(2026) == new.year(2026)
    assert new.year(2026) != new.year(2027)


def test_a_ring_that_lacks_the_year_seals_nothing(publishing: Settings) -> None:
    make_keys(publishing, 2025)
    with pytest.raises(LichtbriefError, match="no secret for school year 2026"):
        ring_of(publishing, 2026)


def test_a_damaged_ring_is_never_replaced(publishing: Settings) -> None:
    make_keys(publishing, 2026)
    publishing.key_ring.write_bytes(b"{}")
    with pytest.raises(LichtbriefError):
        make_keys(publishing, 2026)
    assert b"{}" == publishing.key_ring.read_bytes()


def test_keys_from_the_environment_are_used_and_not_added_to(
    publishing: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = make_keys(publishing, 2026)
    text = publishing.key_ring.read_text()
    publishing.key_ring.unlink()
    monkeypatch.setenv(ENVIRONMENT, text)
    assert ring == ring_of(publishing, 2026)
    with pytest.raises(LichtbriefError, match=ENVIRONMENT):
        make_keys(publishing, 2027)
    assert not publishing.key_ring.exists()


def test_a_preview_makes_a_ring_of_its_own_and_needs_no_other(
    publishing: Settings, looking: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENVIRONMENT, "not a ring at all")
    preview = ring_of(looking, 2026)
    monkeypatch.delenv(ENVIRONMENT)
    assert preview == ring_of(looking, 2026)
    assert preview.year(2026) != make_keys(publishing, 2026).year(2026)
    assert looking.key_ring != publishing.key_ring
