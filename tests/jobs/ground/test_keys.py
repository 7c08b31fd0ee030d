"""The key ring is made once, by who publishes; a preview and a machine make their own."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.keys import (
    ENVIRONMENT,
    MACHINE,
    MACHINE_BYTES,
    machine_key,
    make_keys,
    ring_of,
)
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


def test_a_machine_makes_its_key_once_for_its_owner_only(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with ThreadPoolExecutor(8) as runs:
        made = list(runs.map(lambda _: machine_key(state), range(16)))
    assert [machine_key(state)] * 16 == made
    assert made[0] != machine_key(tmp_path / "another")
    assert 0o600 == stat.S_IMODE((state / MACHINE).stat().st_mode)
    assert "redacted" in repr(made[0])


@pytest.mark.parametrize("size", [0, MACHINE_BYTES - 1, MACHINE_BYTES + 1])
def test_a_damaged_key_of_the_machine_is_made_anew(tmp_path: Path, size: int) -> None:
    before = machine_key(tmp_path)
    (tmp_path / MACHINE).write_bytes(bytes(size))
    after = machine_key(tmp_path)
    assert before != after == machine_key(tmp_path)


def test_a_key_of_the_machine_that_others_can_read_is_refused(tmp_path: Path) -> None:
    machine_key(tmp_path)
    (tmp_path / MACHINE).chmod(0o644)
    with pytest.raises(LichtbriefError, match="open to others"):
        machine_key(tmp_path)
