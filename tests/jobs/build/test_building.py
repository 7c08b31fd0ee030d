"""A build draws what it has not drawn before, and keeps nothing that nobody may see."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lichtbrief.jobs.build.building import Build, Workshop, build
from lichtbrief.jobs.ground.cache import drawn_before, studio
from lichtbrief.jobs.ground.keys import make_keys
from lichtbrief.media.cache import KEPT_SECONDS
from lichtbrief.settings import read_settings
from tests.jobs.given import RING, THEME, decide_now, folder_bytes, site_of, withdraw
from tests.media.documents import pdf_bytes
from tests.media.hands import Counted
from tests.school import SmallSchool, answer, photo


def build_now(school: SmallSchool, output: str = "output", **more: object) -> tuple[Build, int]:
    """Build the school as it is, in this process; with the number of photos that were drawn."""
    decided = decide_now(school, **more)
    with Counted(2) as hands:
        drawn = drawn_before(decided.settings)
        films = studio(decided.settings)
        workshop = Workshop(RING, THEME, drawn, films, hands, lambda *_: None)
        return build(decided, workshop, school.folder / output), hands.given


def kept(school: SmallSchool) -> list[Path]:
    """Every photo that is kept."""
    return sorted((school.folder / ".lichtbrief/cache/photos").glob("*.photo"))


def test_one_post_changed_draws_only_the_photo_that_is_new(school: SmallSchool) -> None:
    first, drawn = build_now(school)
    assert (3, 3) == (first.shown, drawn)
    school.post(
        "groep-3/2026-11-18-lezen",
        "juf-sanne",
        'Wij lezen.\n\n![Een stapel boeken](boek.jpg){: people="anna-b" }\n',
        boek=photo(4),
    )
    changed, drawn = build_now(school)
    assert (1, 4, 1) == (changed.sealed_now, changed.shown, drawn)


def test_a_photo_in_the_editions_of_two_groups_is_drawn_once(school: SmallSchool) -> None:
    school.post(
        "groep-5/2026-11-20-ook",
        "meester-tom",
        'Ook.\n\n![Twee laarzen](samen.jpg){: people="tess-v" }\n',
        samen=photo(2),
    )
    made, drawn = build_now(school)
    assert (4, 3, 3) == (made.shown, drawn, len(kept(school)))


def test_looking_and_publishing_draw_a_photo_once(school: SmallSchool) -> None:
    _, drawn = build_now(school, "preview", LICHTBRIEF_PREVIEW=True)
    published, again = build_now(school)
    assert (3, 3, 0) == (drawn, published.sealed_now, again)


def test_a_photo_that_nobody_may_see_any_more_is_not_kept(school: SmallSchool) -> None:
    build_now(school)
    everything = kept(school)
    withdraw(school)
    withdrawn, drawn = build_now(school)
    assert (2, 0) == (withdrawn.shown, drawn)
    assert len(everything) - 1 == len(kept(school))
    school.add("school/consents.csv", answer("tess-v", "g5", "yes", said="2026-11-20T14:30"))
    allowed, drawn = build_now(school)
    assert (3, 1, everything) == (allowed.shown, drawn, kept(school))


def test_a_photo_that_one_group_may_still_see_stays_kept(school: SmallSchool) -> None:
    school.post(
        "school/2026-11-20-ook",
        "directeur-els",
        'Ook.\n\n![Twee laarzen](samen.jpg){: people="tess-v" }\n',
        samen=photo(2),
    )
    build_now(school)
    withdraw(school)
    result, drawn = build_now(school)
    assert (3, 0, 3) == (result.shown, drawn, len(kept(school)))


def test_damaged_photos_are_drawn_again_to_the_same_bytes(school: SmallSchool) -> None:
    build_now(school)
    first = folder_bytes(school.folder / "output")
    for path in (school.folder / ".lichtbrief/cache").rglob("*.*"):
        path.write_bytes(path.read_bytes()[:-1])
    _, drawn = build_now(school)
    assert 3 == drawn
    assert first == folder_bytes(school.folder / "output")


def test_two_builds_at_once_make_the_same(school: SmallSchool) -> None:
    outputs = [f"output {number}" for number in range(4)]
    with ThreadPoolExecutor(len(outputs)) as builders:
        builds = list(builders.map(lambda output: build_now(school, output)[0], outputs))
    assert 1 == len({one.manifest for one in builds})
    written = [folder_bytes(school.folder / output) for output in outputs]
    assert [written[0]] * len(outputs) == written
    assert 3 == len(kept(school))
    assert 0 == build_now(school)[1]


def test_a_build_killed_while_drawing_goes_on_where_it_was(school: SmallSchool) -> None:
    names = [f"foto{number}" for number in range(12)]
    body = "".join(f'![Blad]({name}.jpg){{: people="anna-b" }}\n\n' for name in names)
    for number, name in enumerate(names):
        data = photo(10 + number, (1600, 1200))
        school.write(f"content/groups/groep-3/2026-11-19-blad/{name}.jpg", data)
    school.post("groep-3/2026-11-19-blad", "juf-sanne", body)
    make_keys(read_settings(site_of(school)), 2026)
    job = school.start("build")
    while job.poll() is None and not kept(school):
        time.sleep(0.001)
    job.kill()
    job.wait()
    before = len(kept(school))
    assert before
    result, again = build_now(school)
    assert (15, 15) == (result.shown, before + again)


def test_a_photo_not_used_for_a_month_costs_a_drawing_and_nothing_else(
    school: SmallSchool,
) -> None:
    build_now(school)
    for path in kept(school):
        os.utime(path, (path.stat().st_mtime - KEPT_SECONDS,) * 2)
    assert (0, 0) == (build_now(school)[1], len(kept(school)))
    school.post("groep-5/2026-11-20-brug", "meester-tom", "Een brug.\n")
    assert (1, 1) == (build_now(school)[1], len(kept(school)))


def test_a_file_is_sealed_with_its_edition_and_read_anew_only_when_that_changes(
    school: SmallSchool,
) -> None:
    text = 'Eet mee: [De menukaart](menu.pdf){: attested_by="meester-tom" }\n'
    school.post("groep-5/2026-11-18-eten", "meester-tom", text)
    menu = school.write("content/groups/groep-5/2026-11-18-eten/menu.pdf", pdf_bytes())
    before, _ = build_now(school)
    assert 0 == build_now(school)[0].sealed_now
    menu.write_bytes(pdf_bytes(linearize=True))
    after, _ = build_now(school)
    assert (1, 3) == (after.sealed_now, after.shown)
    assert before.manifest != after.manifest
