"""Which posts are a teacher's own: asked of a real Git."""

import subprocess
from pathlib import Path

import pytest

from lichtbrief.jobs.look.touched import touched_posts
from tests.school import SmallSchool, photo

BOS, LEZEN = "groep-3/2026-11-17-bos", "groep-3/2026-11-18-lezen"


def git(folder: Path, *arguments: str) -> str:
    """Run Git as a teacher who has set it up."""
    who = ("-c", "user.name=Juf Sanne", "-c", "user.email=sanne@dijk.example")
    command = ["git", *who, "-c", "init.defaultBranch=main", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def checkout(school: SmallSchool) -> SmallSchool:
    """The school with all that is in it committed."""
    git(school.folder, "init", "--quiet")
    git(school.folder, "add", "content")
    git(school.folder, "commit", "--quiet", "-m", "Begin")
    return school


def touched(school: SmallSchool) -> frozenset[str] | None:
    return touched_posts(school.folder / "content/groups")


def test_without_git_nobody_knows(school: SmallSchool, monkeypatch: pytest.MonkeyPatch) -> None:
    assert touched(school) is None
    git(school.folder, "init", "--quiet")
    assert touched(school) is None  # nothing was ever committed, so everything is new
    monkeypatch.setenv("PATH", "")
    assert touched(school) is None


def test_what_is_changed_new_or_staged_is_the_teachers_own(checkout: SmallSchool) -> None:
    assert frozenset() == touched(checkout)
    checkout.add(f"content/groups/{BOS}/post.md", "En paddenstoelen.\n")
    assert frozenset({BOS}) == touched(checkout)
    checkout.write(f"content/groups/{LEZEN}/boek één.jpg", photo(1))
    checkout.write("content/groups/LEESMIJ.txt", "Geen bericht.\n")
    assert frozenset({BOS, LEZEN}) == touched(checkout)
    git(checkout.folder, "add", "content")
    assert frozenset({BOS, LEZEN}) == touched(checkout)


def test_what_is_committed_and_not_yet_pushed_is_still_the_teachers_own(
    checkout: SmallSchool, tmp_path: Path
) -> None:
    server = tmp_path / "server.git"
    git(tmp_path, "init", "--quiet", "--bare", str(server))
    git(checkout.folder, "remote", "add", "origin", str(server))
    git(checkout.folder, "push", "--quiet", "--set-upstream", "origin", "HEAD:main")
    checkout.add(f"content/groups/{BOS}/post.md", "En paddenstoelen.\n")
    git(checkout.folder, "commit", "--quiet", "-am", "Paddenstoelen")
    assert frozenset({BOS}) == touched(checkout)
    git(checkout.folder, "push", "--quiet", "origin", "HEAD:main")
    assert frozenset() == touched(checkout)
