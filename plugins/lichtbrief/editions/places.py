"""Where posts lie below `content/groups`, and what lies where no post can be."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lichtbrief.errors import LichtbriefError, Problem, ProblemsError
from lichtbrief.media import is_original_name
from lichtbrief.roster import Roster

POST = "post.md"

_FOLDER = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of a post, `content/groups/<group>/<day>-<slug>`, and what its name says.

    `file` is the post as problems name it.
    """

    folder: Path
    file: str
    group: str
    day: date

    @property
    def id(self) -> str:
        """The post's id: `groep-3/2026-11-17-bos`."""
        return f"{self.group}/{self.folder.name}"


def find_places(groups_dir: Path, roster: Roster, since: date) -> tuple[list[Place], list[Problem]]:
    """Every folder that holds a post, in order, and what is wrong with the others.

    Posts before `since` are an archive: nobody looks whether its groups still exist.
    Raises OSError when a folder cannot be listed.
    """
    places: list[Place] = []
    problems = list(_strays(groups_dir))
    for group in _below(groups_dir):
        recent = [f for f in _below(group) if (_day(f.name) or since) >= since]
        if group.name not in roster.groups:
            if not recent and any(_below(group)):
                continue
            todo = f"rename it to one of: {', '.join(roster.groups)}"
            problems.append(Problem(_name(group, groups_dir), "is the folder of no group", todo))
            continue
        for folder in recent:
            found = _place(folder, groups_dir)
            if isinstance(found, Place):
                places.append(found)
            else:
                problems.append(found)
    return places, problems


def find_place(groups_dir: Path, folder: Path) -> Place:
    """The post in this folder; raises `LichtbriefError` when none can be there."""
    example = "name a post's folder, as in content/groups/groep-3/2026-11-17-naar-het-bos"
    folder = groups_dir / folder.absolute().parent.name / folder.name
    if not folder.is_dir():
        raise LichtbriefError(f"there is no folder {folder.parent.name}/{folder.name}", example)
    found = _place(folder, groups_dir)
    if isinstance(found, Problem):
        raise ProblemsError("it is not a post's folder", [found], example)
    return found


def _below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir())


def _name(path: Path, groups_dir: Path) -> str:
    """A path as problems name it: from the folder that holds `content`."""
    return path.relative_to(groups_dir.parents[1]).as_posix()


def _place(folder: Path, groups_dir: Path) -> Place | Problem:
    file = _name(folder, groups_dir)
    if folder.resolve() != groups_dir.resolve() / folder.parent.name / folder.name:
        return Problem(file, "is a link to a folder elsewhere", "put the folder itself there")
    day = _day(folder.name)
    if day is None:
        todo = "name it as in 2026-11-17-naar-het-bos: the day, then small letters and dashes"
        return Problem(file, "is not a post's folder", todo)
    post = folder / POST
    if not post.is_file():
        return Problem(file, "has no post.md", "write one, or remove the folder")
    if post.resolve().parent != folder.resolve():
        what = "is a link to a file elsewhere"
        return Problem(f"{file}/{POST}", what, "put the file itself there")
    return Place(folder, f"{file}/{POST}", folder.parent.name, day)


def _day(name: str) -> date | None:
    match = _FOLDER.fullmatch(name)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _strays(groups_dir: Path) -> Iterator[Problem]:
    """Originals where no post would find them: nobody would know that they are there."""
    for top, _, names in os.walk(groups_dir):
        if len(Path(top).relative_to(groups_dir).parts) == 2:
            continue
        for name in filter(is_original_name, names):
            todo = "move it into the folder of its post, or remove it"
            file = _name(Path(top) / name, groups_dir)
            yield Problem(file, "is an original outside any post", todo)
