"""`lichtbrief preview`: sealed like the real thing, served to this machine, ended by Ctrl-C."""

import json
import re
import signal
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen
from urllib.error import HTTPError

import pytest

from lichtbrief.jobs.office.audit import open_object
from tests.school import COMMAND, SmallSchool


@contextmanager
def serving(school: SmallSchool, *arguments: str) -> Iterator[tuple[Popen[str], str]]:
    """A running preview and its link."""
    command = [str(COMMAND), "preview", *arguments]
    with Popen(command, cwd=school.folder, stdout=PIPE, stderr=PIPE, text=True) as preview:
        assert preview.stdout is not None
        try:
            text = ""
            while (link := re.search(r"http://127\.0\.0\.1:\d+/[^\s\"]+", text)) is None:
                line = preview.stdout.readline()
                assert line, preview.stderr and preview.stderr.read()
                text += line
            yield preview, link[0]
        finally:
            preview.kill()


def fetched(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=30) as answer:
        data: bytes = answer.read()
    return data


def test_the_link_is_a_letter_with_every_groups_week(school: SmallSchool) -> None:
    with serving(school) as (_, link):
        address, _, code = link.partition("#")
        letter = open_object(fetched(address), code)
        assert ["groep-3", "groep-5", "school"] == [e["group"] for e in letter.about["editions"]]
        first = letter.about["editions"][0]
        edition = open_object(fetched(f"{address.rpartition('/')[0]}/{first['url']}"), first["key"])
        assert "We zochten bladeren" in edition.files["page.html"].decode()
        assert 4 == sum(name.startswith("photo-") for name in edition.files)
        with pytest.raises(HTTPError, match="404"):
            fetched(f"{address.rpartition('/')[0]}/editions/2026/{'a' * 26}")


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_it_is_told_to(school: SmallSchool, ending: signal.Signals) -> None:
    with serving(school) as (preview, _):
        preview.send_signal(ending)
        _, errors = preview.communicate(timeout=60)
    assert (0, "") == (preview.returncode, errors)


def test_a_teacher_is_not_told_why(school: SmallSchool) -> None:
    school.add("school/blocks.csv", "tess-v,safety,2026-09-01,,directeur-els\n")
    command = [str(COMMAND), "preview", "--json"]
    with Popen(command, cwd=school.folder, stdout=PIPE, stderr=PIPE, text=True) as preview:
        assert preview.stdout is not None
        lines = iter(preview.stdout.readline, "}\n")
        value = json.loads("".join(lines) + "}")
        preview.send_signal(signal.SIGTERM)
        rest, errors = preview.communicate(timeout=60)
    assert ("", "", 0) == (rest, errors, preview.returncode)
    assert {"no-permission": 1} == value["photos_left_out"]
    assert (2, "2026-W47") == (value["photos_shown"], value["week"])


def test_a_broken_post_is_told_and_the_others_can_be_read(school: SmallSchool) -> None:
    school.post("groep-5/2026-11-19-stuk", "juf-niemand", "Wie?\n")
    command = [str(COMMAND), "preview"]
    with Popen(command, cwd=school.folder, stdout=PIPE, stderr=PIPE, text=True) as preview:
        assert preview.stdout is not None
        said = "".join(iter(preview.stdout.readline, "Ctrl-C ends.\n"))
        preview.send_signal(signal.SIGINT)
        _, errors = preview.communicate(timeout=60)
    assert "Open http://127.0.0.1:" in said
    assert "error: content/groups/groep-5/2026-11-19-stuk/post.md:3" in errors
    assert "Traceback" not in errors


def test_settings_for_publishing_are_not_for_looking(school: SmallSchool) -> None:
    result = school.run("preview", "--settings", "publishconf.py")
    assert (1, "") == (result.returncode, result.stdout)
    assert "error: these are settings for publishing" in result.stderr
    assert not (school.folder / "output").exists()


def test_a_preview_leaves_the_publishers_keys_and_output_alone(
    school: SmallSchool, tmp_path: Path
) -> None:
    with serving(school):
        pass
    assert not (tmp_path / ".lichtbrief/keys.json").exists()
    assert not (tmp_path / "output").exists()
