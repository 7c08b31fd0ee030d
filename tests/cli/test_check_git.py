"""`lichtbrief check` where Git is: a teacher's own posts, the hook, and watching."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobs.look.test_touched import git
from tests.school import COMMAND, ROOT, SmallSchool

NEWS = "groep-3/2026-11-19-nieuws"


@pytest.fixture
def checkout(school: SmallSchool) -> SmallSchool:
    """A teacher's checkout with the hook switched on."""
    shutil.copytree(ROOT / ".githooks", school.folder / ".githooks")
    git(school.folder, "init", "--quiet")
    git(school.folder, "add", "content", "pelicanconf.py")
    git(school.folder, "commit", "--quiet", "-m", "Begin")
    git(school.folder, "config", "core.hooksPath", ".githooks")
    return school


def test_only_the_posts_that_were_changed_are_looked_at(checkout: SmallSchool) -> None:
    checkout.post("groep-5/2026-11-19-stuk", "juf-niemand", "Wie?\n")
    git(checkout.folder, "add", "content")
    git(checkout.folder, "commit", "--quiet", "--no-verify", "-m", "Van een ander")
    everything = checkout.run("check")
    assert "5 posts, 3 photos shown, 0 left out.\n" in everything.stdout
    checkout.post(NEWS, "juf-sanne", "Nieuws.\n")
    result = checkout.run("check")
    assert (
        0,
        "Week 2026-W47\n"
        "  groep-3/2026-11-19-nieuws: no photos\n"
        "\n"
        "1 post that you changed, 0 photos shown, 0 left out.\n"
        "All posts: lichtbrief check --all\n",
        "hint: 1 problem in other posts: lichtbrief check --all\n",
    ) == (result.returncode, result.stdout, result.stderr)
    assert 1 == checkout.run("check", "--all").returncode


def test_the_hook_refuses_a_commit_until_the_post_is_mended(
    checkout: SmallSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}")
    checkout.post(NEWS, "juf-sanne", "Vandaag las Tess voor.\n")
    git(checkout.folder, "add", "content")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        git(checkout.folder, "commit", "--quiet", "-m", "Nieuws")
    assert "line 5 names tess-v, who may not be named here." in refused.value.stderr
    checkout.post(NEWS, "juf-sanne", "Vandaag las een leerling voor.\n")
    git(checkout.folder, "commit", "--quiet", "-am", "Nieuws")
    assert "Nieuws\n" == git(checkout.folder, "log", "-1", "--format=%s")


@pytest.fixture
def watching(school: SmallSchool, tmp_path: Path) -> Iterator[tuple[SmallSchool, Path]]:
    """A school that is being watched, and the file in which its answers come."""
    said = tmp_path / "said.txt"
    with said.open("wb") as out:
        process = subprocess.Popen(
            [COMMAND, "check", "--watch"], cwd=school.folder, stdout=out, stderr=out
        )
        try:
            yield school, said
        finally:
            process.send_signal(signal.SIGINT)
            assert 0 == process.wait(30)


def wait_for(said: Path, words: str) -> str:
    """What was said so far, once these words are in it."""
    until = time.monotonic() + 120
    while words not in (text := said.read_text(encoding="utf-8")):
        assert time.monotonic() < until, text
        time.sleep(0.05)
    return text


def test_watching_tells_of_every_change_until_it_is_ended(
    watching: tuple[SmallSchool, Path],
) -> None:
    school, said = watching
    assert "4 posts, 3 photos shown" in wait_for(said, "Ctrl-C ends.\n")
    school.post(NEWS, "juf-sanne", "Vandaag las Tess voor.\n")
    wait_for(said, "names tess-v, who may not be named here.")
    school.add("school/groups.csv", "groep-3,Twee keer\n")
    wait_for(said, "is already the id in row 2")
    school.write("school/groups.csv", "id,name\ngroep-3,Drie\ngroep-5,Vijf\nschool,De Dijk\n")
    school.post(NEWS, "juf-sanne", "Vandaag las een leerling voor.\n")
    wait_for(said, "5 posts, 3 photos shown")
