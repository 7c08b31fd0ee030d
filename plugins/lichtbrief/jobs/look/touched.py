"""Which posts a teacher has changed, as Git knows it: since the last push, else the last commit."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

PATIENCE = 20  # seconds; Git answers at once, unless its disk is away


def touched_posts(groups_folder: Path) -> frozenset[str] | None:
    """The ids of posts with a file that is new or changed; None where there is no Git to ask.

    What others can already fetch is not among them, as far as this checkout knows.
    """
    git = shutil.which("git")
    if git is None:
        return None
    base = _ask(git, groups_folder, "merge-base", "HEAD", "@{upstream}") or ["HEAD"]
    since = base[0].strip()
    changed = _ask(git, groups_folder, "diff", "--name-only", "--relative", "-z", since, "--", ".")
    new = _ask(git, groups_folder, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    return None if changed is None or new is None else _posts((*changed, *new))


def _posts(paths: Iterable[str]) -> frozenset[str]:
    parts = (path.split("/") for path in paths)
    return frozenset("/".join(part[:2]) for part in parts if len(part) > 2)


def _ask(git: str, folder: Path, *arguments: str) -> list[str] | None:
    """What Git answers, apart at its zero bytes; None when it refuses."""
    # A hook runs with Git's own variables, which are true for the folder it was called in only.
    around = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(  # noqa: S603 -- a program we found, arguments of ours
            [git, *arguments],
            cwd=folder,
            env=around,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    text = done.stdout.decode("utf-8", "replace")
    return [part for part in text.split("\0") if part] if done.returncode == 0 else None
