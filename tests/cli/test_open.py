"""`lichtbrief open`: what a parent's link opens, and what the letter gives the keys of."""

import json
from pathlib import Path
from subprocess import CompletedProcess, run

import pytest

from lichtbrief.jobs.publish.preview import preview_link
from lichtbrief.sealing import read_ring
from tests.jobs.given import W47
from tests.school import COMMAND, SmallSchool


@pytest.fixture(scope="session")
def seen(tmp_path_factory: pytest.TempPathFactory) -> SmallSchool:
    """A school with a preview: a letter and its editions as they would lie in the store."""
    school = SmallSchool.build(tmp_path_factory.mktemp("seen"))
    assert 0 == school.pelican("content").returncode
    return school


def code_of(school: SmallSchool) -> str:
    """The code behind the # of the preview's link."""
    ring = read_ring(school.folder / ".lichtbrief/preview-keys.json", None)
    return preview_link(ring, W47).partition("#")[2]


def opened(school: SmallSchool, name: str, key: str, *more: str) -> CompletedProcess[str]:
    """Open one object; the key goes in by standard input, where no list of processes shows it."""
    command = [str(COMMAND), "open", f"preview/{name}", "--key", "-", *more]
    return run(
        command, cwd=school.folder, input=f"{key}\n", capture_output=True, text=True, check=False
    )


def test_a_letter_opens_and_gives_the_keys_of_its_editions(
    seen: SmallSchool, tmp_path: Path
) -> None:
    result = opened(seen, "preview.html", code_of(seen), "--json", "--to", str(tmp_path))
    assert (0, "") == (result.returncode, result.stderr)
    letter = json.loads(result.stdout)
    assert ("letter", W47) == (letter["kind"], W47.parse(letter["week"]))
    assert "We zochten bladeren" in (tmp_path / "edition-1.html").read_text()

    entry = letter["editions"][0]
    result = opened(seen, entry["url"], entry["key"], "--json", "--to", str(tmp_path))
    assert (0, "") == (result.returncode, result.stderr)
    edition = json.loads(result.stdout)
    assert ("edition", "groep-3") == (edition["kind"], edition["group"])
    assert (tmp_path / "photo-0-small.jpg").read_bytes().startswith(b"\xff\xd8")
    assert (tmp_path / "photo-0-large.avif").read_bytes()[4:].startswith(b"ftypavif")
    assert edition["files"] == sorted(
        path.name for path in tmp_path.iterdir() if not path.name.startswith("edition")
    )


def test_a_person_reads_what_it_holds(seen: SmallSchool) -> None:
    result = opened(seen, "preview.html", code_of(seen))
    assert (0, "") == (result.returncode, result.stderr)
    assert result.stdout.startswith("This is a letter.\n")
    assert "\nIt holds:\n  edition-1.html  " in result.stdout
    assert result.stdout.endswith("Add --to DIR to write them there.\n")


@pytest.mark.parametrize("key", ["", "7Q4XK2M9TBW3HRFN8CJD5VY6PA01", "A" * 43])
def test_a_wrong_key_is_refused_in_words(seen: SmallSchool, key: str, tmp_path: Path) -> None:
    result = opened(seen, "preview.html", key, "--to", str(tmp_path / "opened"))
    assert (1, "") == (result.returncode, result.stdout)
    error, hint = result.stderr.splitlines()
    assert error.startswith("error: ")
    assert hint.startswith("hint: ")
    assert not (tmp_path / "opened").exists()


@pytest.mark.parametrize("name", ["nothing.html", "editions", "../school/pupils.csv"])
def test_what_is_no_object_is_refused_in_words(seen: SmallSchool, name: str) -> None:
    result = opened(seen, name, code_of(seen))
    assert (1, "") == (result.returncode, result.stdout)
    assert result.stderr.startswith("error: ")
    assert "Traceback" not in result.stderr
    assert "Bakker" not in result.stderr
