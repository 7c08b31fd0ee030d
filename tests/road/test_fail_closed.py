"""Whatever is broken or missing around the plugin, no byte of a post or a photo is published."""

from pathlib import Path

import pytest

from tests.school import SmallSchool, photo

SECRET_WORDS = "Kikkerdril in de sloot"


@pytest.fixture
def school(tmp_path: Path) -> SmallSchool:
    """The small school with a post whose words and photo we look for in the output."""
    school = SmallSchool.build(tmp_path)
    school.post(
        "groep-3/2026-11-19-sloot",
        "juf-sanne",
        f'{SECRET_WORDS}.\n\n![{SECRET_WORDS}](sloot.jpg){{: people="anna-b" }}\n',
        sloot=photo(7),
    )
    return school


def assert_nothing_published(school: SmallSchool) -> None:
    """No words and no photo of any post lie in any output folder."""
    originals = [path.read_bytes() for path in school.folder.glob("content/groups/*/*/*.jpg")]
    assert originals, "the control needs photos to look for"
    for folder in ("output", "preview"):
        for path in (school.folder / folder).rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                assert SECRET_WORDS.encode() not in data, path
                assert data not in originals, path
                assert b"\xff\xd8\xff" not in data[:4], path
                assert path.parent.name != "editions", path


def assert_refused_by_every_job(school: SmallSchool) -> None:
    """Neither Pelican nor a job ends well, and nothing is there."""
    for result in (
        school.pelican("content", "-s", "publishconf.py"),
        school.run("build"),
        school.run("weekly"),
    ):
        assert result.returncode != 0, result.stdout + result.stderr
        assert_nothing_published(school)


def test_without_anything_broken_the_build_publishes_sealed_editions(school: SmallSchool) -> None:
    school.run("keys", "make")
    result = school.run("build")
    assert (0, "") == (result.returncode, result.stderr)
    assert len(list((school.folder / "output/editions/2026").iterdir())) == 3


def test_without_the_plugin_nothing_is_published(school: SmallSchool) -> None:
    school.run("keys", "make")
    school.settings(PLUGINS=[])
    assert_refused_by_every_job(school)


def test_with_a_plugin_that_cannot_register_nothing_is_published(school: SmallSchool) -> None:
    school.run("keys", "make")
    broken = (
        "\nimport lichtbrief\ndef _broken(): raise RuntimeError\nlichtbrief.register = _broken\n"
    )
    school.add("publishconf.py", broken)
    assert_refused_by_every_job(school)


@pytest.mark.parametrize("paths", ["", [""], ["groups"], "groups"])
def test_with_articles_switched_on_nothing_is_published(school: SmallSchool, paths: object) -> None:
    school.run("keys", "make")
    school.settings(ARTICLE_PATHS=paths)
    assert_refused_by_every_job(school)


@pytest.mark.parametrize("link", ["static", "attach"])
def test_a_page_that_links_a_photo_publishes_nothing(school: SmallSchool, link: str) -> None:
    school.run("keys", "make")
    where = f"{{{link}}}../groups/groep-3/2026-11-19-sloot/sloot.jpg"
    school.write("content/pages/fotos.md", f"Title: Foto's\nLang: nl\n\n[kijk]({where})\n")
    assert_refused_by_every_job(school)


@pytest.mark.parametrize("link", ["static", "attach"])
def test_a_post_that_links_a_photo_publishes_nothing(school: SmallSchool, link: str) -> None:
    school.run("keys", "make")
    body = f'![Een sloot]({{{link}}}sloot.jpg){{: people="anna-b" }}\n'
    school.post("groep-3/2026-11-20-link", "juf-sanne", body, sloot=photo(8))
    assert_refused_by_every_job(school)


@pytest.mark.parametrize("link", ["static", "attach"])
def test_a_preview_does_not_copy_a_linked_photo_either(school: SmallSchool, link: str) -> None:
    where = f"{{{link}}}../groups/groep-3/2026-11-19-sloot/sloot.jpg"
    school.write("content/pages/fotos.md", f"Title: Foto's\nLang: nl\n\n[kijk]({where})\n")
    school.pelican("content")
    assert [] == list((school.folder / "preview").rglob("*.jpg"))


def test_an_earlier_build_does_not_survive_a_failed_one(school: SmallSchool) -> None:
    school.run("keys", "make")
    assert 0 == school.run("build").returncode
    school.settings(PLUGINS=[])
    assert 0 != school.run("build").returncode
    published = school.run("publish")
    assert 1 == published.returncode
    assert "no readable manifest" in published.stderr
