"""Just before the upload everything is decided again: what changed since the build stops it."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lichtbrief.delivery import Ledger
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.build.freshness import ChangedSinceBuildError, refuse_stale
from lichtbrief.jobs.build.running import run_build
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.keys import make_keys
from lichtbrief.jobs.ground.manifest import Manifest, read_manifest
from lichtbrief.jobs.ground.surroundings import Surroundings
from lichtbrief.jobs.publish.opening import open_edition, read_sealed
from lichtbrief.jobs.publish.publishing import Publisher
from lichtbrief.jobs.runs.weekly import BUILDS, Week
from lichtbrief.sealing import KeyRing, Refused, Secret
from lichtbrief.settings import read_settings
from lichtbrief.site import progressed
from lichtbrief.storage import Action
from lichtbrief.theme import Theme
from tests.jobs.given import THEME, decide_now, folder_bytes, site_of, withdraw
from tests.school import ROOT, SmallSchool, answer, photo
from tests.stores import Shelf


@pytest.fixture
def ring(school: SmallSchool) -> KeyRing:
    """The school's keys."""
    return make_keys(read_settings(site_of(school)), 2026)


@pytest.fixture
def manifest(school: SmallSchool, ring: KeyRing) -> Manifest:
    """The manifest of a build of the school."""
    return run_build(site_of(school)).manifest


def withdrawn(school: SmallSchool) -> None:
    withdraw(school)


def answered(school: SmallSchool) -> None:
    withdraw(school, "bram-b", "g1")


def edited(school: SmallSchool) -> None:
    school.post("groep-3/2026-11-18-lezen", "juf-sanne", "We lezen elke avond.\n")


def posted(school: SmallSchool) -> None:
    school.post("groep-5/2026-11-20-brug", "meester-tom", "Een brug.\n")


def taken_back(school: SmallSchool) -> None:
    (school.folder / "content/groups/school/2026-11-20-nieuws/post.md").unlink()
    (school.folder / "content/groups/school/2026-11-20-nieuws").rmdir()


def another_photo(school: SmallSchool) -> None:
    school.write("content/groups/groep-3/2026-11-17-bos/plas.jpg", photo(9))


def another_name(school: SmallSchool) -> None:
    groups = (school.folder / "school/groups.csv").read_text()
    school.write("school/groups.csv", groups.replace("Groep 3", "De Kikkers"))


CHANGES = (withdrawn, answered, edited, posted, taken_back, another_photo, another_name)


def test_what_was_built_a_moment_ago_may_be_published(
    school: SmallSchool, manifest: Manifest, ring: KeyRing
) -> None:
    refuse_stale(decide_now(school), manifest, ring, THEME)


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_since_the_build_stops_publishing(
    school: SmallSchool,
    manifest: Manifest,
    ring: KeyRing,
    change: Callable[[SmallSchool], None],
) -> None:
    change(school)
    with pytest.raises(ChangedSinceBuildError) as caught:
        refuse_stale(decide_now(school), manifest, ring, THEME)
    assert "run lichtbrief build again, then publish" == caught.value.hint


def test_an_answer_that_changes_no_photo_stops_nothing(
    school: SmallSchool, manifest: Manifest, ring: KeyRing
) -> None:
    said = answer("tess-v", "g5", "withdrawn", said="2026-11-20T14:00", audience="paper")
    school.add("school/consents.csv", said)
    refuse_stale(decide_now(school), manifest, ring, THEME)


def test_another_theme_stops_publishing(
    school: SmallSchool, manifest: Manifest, ring: KeyRing, tmp_path: Path
) -> None:
    page = tmp_path / "own" / "edition.html"
    page.parent.mkdir()
    page.write_text((ROOT / "theme/templates/edition.html").read_text() + "\n<hr>")
    templates = (page.parent, ROOT / "theme/templates")
    own = Theme(templates, ROOT / "theme/static", ROOT / "theme/translations")
    with pytest.raises(ChangedSinceBuildError):
        refuse_stale(decide_now(school), manifest, ring, own)


def test_another_key_stops_publishing(school: SmallSchool, manifest: Manifest) -> None:
    other = KeyRing({2026: Secret(bytes(32))})
    with pytest.raises(ChangedSinceBuildError):
        refuse_stale(decide_now(school), manifest, other, THEME)


def test_a_preview_is_never_published(
    school: SmallSchool, manifest: Manifest, ring: KeyRing
) -> None:
    with pytest.raises(LichtbriefError, match="this is a preview"):
        refuse_stale(decide_now(school), replace(manifest, preview=True), ring, THEME)


def test_an_edition_that_is_not_what_the_build_made_is_not_opened(
    school: SmallSchool, manifest: Manifest, ring: KeyRing
) -> None:
    output, entry = school.folder / "output", manifest.editions[0]
    assert entry == open_edition(output, entry, ring).entry
    sealed = output / entry.name
    whole = sealed.read_bytes()
    sealed.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(LichtbriefError, match="is not what the build made"):
        read_sealed(output, entry)
    sealed.unlink()
    with pytest.raises(LichtbriefError, match="is missing"):
        read_sealed(output, entry)


def test_what_is_no_sealed_object_is_never_uploaded_even_when_the_manifest_lists_it(
    school: SmallSchool, manifest: Manifest
) -> None:
    entry = manifest.editions[0]
    plain = photo(1)
    (school.folder / "output" / entry.name).write_bytes(plain)
    listed = replace(entry, sha256=hashlib.sha256(plain).hexdigest(), size=len(plain))
    with pytest.raises(Refused):
        read_sealed(school.folder / "output", listed)


def publisher(
    decided: Decided, manifest: Manifest, ring: KeyRing, ledger: Ledger, shelf: Shelf
) -> Publisher:
    """A publisher at this corner of the store."""
    place = Surroundings(shelf.store, shelf.signer())
    return Publisher(decided, manifest, ring, THEME, ledger, place, lambda *_: None)


def test_more_deletions_than_allowed_stop_everything_before_the_first_step(
    school: SmallSchool, manifest: Manifest, ring: KeyRing, shelf: Shelf
) -> None:
    strays = [f"editions/2026/{'a' * 25}{letter}" for letter in "bcd"]
    for name in strays:
        shelf.store.put(name, b"x", content_type="application/octet-stream")
    with Ledger(school.folder / "ledger") as ledger:
        job = publisher(decide_now(school), manifest, ring, ledger, shelf)
        with pytest.raises(LichtbriefError, match="3 of 3 objects would be deleted"):
            job.prepare(2)
        assert set(strays) == set(shelf.store.list())
        publication = job.prepare(3)
        assert strays == [step.name for step in publication.plan.of(Action.DELETE)]
        job.upload(publication)
        assert 3 == job.sweep(publication)
    assert {e.name for e in manifest.editions} < set(shelf.store.list())
    assert not set(strays) & set(shelf.store.list())


def test_what_is_not_ours_in_the_store_is_left_alone(
    school: SmallSchool, manifest: Manifest, ring: KeyRing, shelf: Shelf
) -> None:
    shelf.store.put("readme.txt", b"not ours", content_type="text/plain")
    with Ledger(school.folder / "ledger") as ledger:
        job = publisher(decide_now(school), manifest, ring, ledger, shelf)
        publication = job.prepare(0)
        job.upload(publication)
        job.sweep(publication)
    assert b"not ours" == shelf.store.get("readme.txt")


def test_editions_of_another_school_year_go_without_being_counted(
    school: SmallSchool, manifest: Manifest, ring: KeyRing, shelf: Shelf
) -> None:
    old = f"editions/2025/{'a' * 26}"
    shelf.store.put(old, b"x", content_type="application/octet-stream")
    with Ledger(school.folder / "ledger") as ledger:
        job = publisher(decide_now(school), manifest, ring, ledger, shelf)
        (step,) = job.prepare(0).plan.of(Action.DELETE)
    assert (old, "expired") == (step.name, step.reason)


def week_of(school: SmallSchool, shelf: Shelf) -> tuple[Week, dict[str, Any]]:
    """A weekly job at this corner of the store, and its settings."""
    site = site_of(school)
    place = Surroundings(shelf.store, shelf.signer())
    return Week(site, read_settings(site), place, lambda *_: None), site


def test_the_week_is_built_again_when_an_answer_comes_in_while_building(
    school: SmallSchool, ring: KeyRing, shelf: Shelf
) -> None:
    job, site = week_of(school, shelf)
    runs: list[str] = []

    def comes_in(stage: str, done: int, total: int) -> None:
        if stage == "Editions" and done == total:
            runs.append(stage)
            if len(runs) == 1:
                withdraw(school)

    with progressed.connected_to(comes_in), Ledger(school.folder / "ledger") as ledger:
        build, _, publication = job.build_and_plan(ledger)
    assert 2 == len(runs)
    assert {"refused": 1} == build.left_out
    indexes = [edition.index for edition in publication.editions.values()]
    assert {"groep-3": 1, "groep-5": 1, "school": 0} == {
        index["group"]: index["counts"]["photos"] for index in indexes
    }
    assert read_manifest(read_settings(site).output) == build.manifest


def test_the_week_gives_up_when_posts_change_faster_than_it_can_build(
    school: SmallSchool, ring: KeyRing, shelf: Shelf
) -> None:
    job, _ = week_of(school, shelf)
    runs: list[int] = []

    def edits(stage: str, done: int, total: int) -> None:
        if stage == "Editions" and done == total:
            runs.append(done)
            text = f"Bericht {len(runs)}.\n"
            school.post("school/2026-11-20-nieuws", "directeur-els", text)

    with progressed.connected_to(edits), Ledger(school.folder / "ledger") as ledger:
        with pytest.raises(LichtbriefError, match="change faster than they can be built"):
            job.build_and_plan(ledger)
        assert () == ledger.letters()
    assert (BUILDS, {}) == (len(runs), shelf.store.list())


def test_an_unchanged_school_is_built_from_the_cache_to_the_same_bytes(
    school: SmallSchool, manifest: Manifest
) -> None:
    first = folder_bytes(school.folder / "output")
    again = run_build(site_of(school))
    assert (0, manifest) == (again.sealed_now, again.manifest)
    assert first == folder_bytes(school.folder / "output")


def test_a_damaged_cache_costs_time_and_nothing_else(
    school: SmallSchool, manifest: Manifest
) -> None:
    first = folder_bytes(school.folder / "output")
    kept = [path for path in (school.folder / ".lichtbrief/cache").rglob("*") if path.is_file()]
    for path in kept:
        path.write_bytes(path.read_bytes()[:50])
    again = run_build(site_of(school))
    assert (3, manifest) == (again.sealed_now, again.manifest)
    assert first == folder_bytes(school.folder / "output")


def test_a_photo_that_cannot_be_read_is_left_out_and_named(
    school: SmallSchool, ring: KeyRing
) -> None:
    school.write("content/groups/groep-3/2026-11-17-bos/plas.jpg", photo(2)[:2000])
    for sealed in (3, 1):  # its edition is tried again each time
        result = run_build(site_of(school))
        assert (sealed, {"unreadable": 1}) == (result.sealed_now, result.left_out)
        assert ["groep-3/2026-11-17-bos/plas.jpg"] == [photo for photo, _ in result.unreadable]
