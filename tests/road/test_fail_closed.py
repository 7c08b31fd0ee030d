"""Whatever is broken or missing around the plugin, no byte of a post or a photo is published."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lichtbrief.storage import LocalStore
from tests.road.roads import Road, open_road, write_school
from tests.school import SmallSchool, photo

SECRET_WORDS = "Kikkerdril in de sloot"


def write_secret(folder: Path) -> SmallSchool:
    """The small school with a post whose words and photo we look for in the output."""
    school = write_school(folder)
    school.post(
        "groep-3/2026-11-19-sloot",
        "juf-sanne",
        f'{SECRET_WORDS}.\n\n![{SECRET_WORDS}](sloot.jpg){{: people="anna-b" }}\n',
        sloot=photo(7),
    )
    return school


@pytest.fixture
def road(store_server: LocalStore, tmp_path: Path) -> Iterator[Road]:
    """That school, with a store and a mail relay that would take whatever they get."""
    with open_road(store_server, tmp_path, write_secret) as road:
        yield road


@pytest.fixture
def school(road: Road) -> SmallSchool:
    """The school alone."""
    return road.school


def assert_nothing_published(road: Road) -> None:
    """No words and no photo of any post lie in any output folder, in the store or in a mail."""
    originals = [path.read_bytes() for path in road.school.folder.glob("content/groups/*/*/*.jpg")]
    assert originals, "the control needs photos to look for"
    for folder in ("output", "preview"):
        for path in (road.school.folder / folder).rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                assert SECRET_WORDS.encode() not in data, path
                assert data not in originals, path
                assert b"\xff\xd8\xff" not in data[:4], path
                assert "editions" not in path.parts, path
    assert ({}, {}) == (road.objects(), road.mails())


def assert_refused_by_every_job(road: Road) -> None:
    """Neither Pelican nor a job ends well, and nothing is there."""
    for result in (
        road.school.pelican("content", "-s", "publishconf.py"),
        road.school.run("build"),
        road.school.run("weekly"),
    ):
        assert result.returncode != 0, result.stdout + result.stderr
        assert_nothing_published(road)


def test_without_anything_broken_the_week_is_published_and_sealed(road: Road) -> None:
    assert 3 == road.done()["editions"]
    assert (7, 4) == (len(road.objects()), len(road.mails()))
    with pytest.raises(AssertionError, match="editions"):
        assert_nothing_published(road)


def test_without_the_plugin_nothing_is_published(road: Road, school: SmallSchool) -> None:
    school.settings(PLUGINS=[])
    assert_refused_by_every_job(road)


def test_with_a_plugin_that_cannot_register_nothing_is_published(
    road: Road, school: SmallSchool
) -> None:
    broken = (
        "\nimport lichtbrief\ndef _broken(): raise RuntimeError\nlichtbrief.register = _broken\n"
    )
    school.add("publishconf.py", broken)
    assert_refused_by_every_job(road)


@pytest.mark.parametrize("paths", ["", [""], ["groups"], "groups"])
def test_with_articles_switched_on_nothing_is_published(
    road: Road, school: SmallSchool, paths: object
) -> None:
    school.settings(ARTICLE_PATHS=paths)
    assert_refused_by_every_job(road)


@pytest.mark.parametrize("link", ["static", "attach"])
def test_a_page_that_links_a_photo_publishes_nothing(
    road: Road, school: SmallSchool, link: str
) -> None:
    where = f"{{{link}}}../groups/groep-3/2026-11-19-sloot/sloot.jpg"
    school.write("content/pages/fotos.md", f"Title: Foto's\nLang: nl\n\n[kijk]({where})\n")
    assert_refused_by_every_job(road)


@pytest.mark.parametrize("link", ["static", "attach"])
def test_a_post_that_links_a_photo_publishes_nothing(
    road: Road, school: SmallSchool, link: str
) -> None:
    body = f'![Een sloot]({{{link}}}sloot.jpg){{: people="anna-b" }}\n'
    school.post("groep-3/2026-11-20-link", "juf-sanne", body, sloot=photo(8))
    assert_refused_by_every_job(road)


@pytest.mark.parametrize("link", ["static", "attach"])
def test_a_preview_does_not_copy_a_linked_photo_either(school: SmallSchool, link: str) -> None:
    where = f"{{{link}}}../groups/groep-3/2026-11-19-sloot/sloot.jpg"
    school.write("content/pages/fotos.md", f"Title: Foto's\nLang: nl\n\n[kijk]({where})\n")
    school.pelican("content")
    assert [] == list((school.folder / "preview").rglob("*.jpg"))


def test_an_earlier_build_does_not_survive_a_failed_one(school: SmallSchool, road: Road) -> None:
    assert 0 == school.run("build").returncode
    school.settings(PLUGINS=[])
    assert 0 != school.run("build").returncode
    result = school.run("publish")
    assert "there is no build to publish" in result.stderr
    assert 1 == result.returncode
    assert_nothing_published(road)


def test_pelican_itself_says_all_that_is_wrong_and_what_to_do(school: SmallSchool) -> None:
    (school.folder / ".lichtbrief/keys.json").unlink()
    keyless = school.pelican("content", "-s", "publishconf.py")
    assert 1 == keyless.returncode
    assert "lichtbrief keys make" in " ".join(keyless.stdout.split())
    assert not (school.folder / "output/index.html").exists()
    school.settings(ARTICLE_PATHS=["groups"], LICHTBRIEF_LINK_DAYS=8)
    refused = school.pelican("content", "-s", "publishconf.py")
    assert 1 == refused.returncode
    for name in ("ARTICLE_PATHS", "LICHTBRIEF_LINK_DAYS"):
        assert name in refused.stdout


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("content/pages/sloot.md", "../groups/groep-3/2026-11-19-sloot/post.md"),
        ("content/pages/drie", "../groups/groep-3"),
    ],
)
def test_a_link_among_the_public_pages_publishes_nothing(
    road: Road, school: SmallSchool, link: str, target: str
) -> None:
    (school.folder / link).symlink_to(target)
    assert_refused_by_every_job(road)
