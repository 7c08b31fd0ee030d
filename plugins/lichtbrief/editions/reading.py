"""Finding the posts below `content/groups`, and reading each with everything that is wrong."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from lichtbrief.editions.markup import Markup, read_markup, renumber
from lichtbrief.editions.metadata import Folder, Header, is_draft, read_header
from lichtbrief.editions.photos import gather
from lichtbrief.editions.post import Post, RawPost
from lichtbrief.editions.source import Source
from lichtbrief.errors import Problem
from lichtbrief.media import is_film_name, is_original_name, is_photo_name
from lichtbrief.roster import SCHOOL, Roster

Read = Callable[[Path], RawPost]

FILE = "post.md"

_TWICE = re.compile(r"[{<][^{}<>]*\bpeople\s*=[^{}<>]*\bpeople\s*=", re.IGNORECASE)
_FOLDER = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-[a-z0-9]+(?:-[a-z0-9]+)*")


def read_posts(
    groups_dir: Path, read: Read, roster: Roster
) -> tuple[tuple[Post, ...], tuple[Problem, ...]]:
    """Every post that is whole, in order of id, and every problem, in order of file and line.

    `groups_dir` is `content/groups`; `read` gives a post's HTML and fields. Drafts are passed
    over. Raises OSError when a folder itself cannot be listed.
    """
    posts: list[Post] = []
    problems = [*_unknown_groups(groups_dir, roster), *_strays(groups_dir)]
    for folder in _folders(groups_dir):
        place, found = _place(folder, groups_dir, roster)
        problems += found
        if place is None:
            continue
        post, found = _read_post(folder, place, _name(folder / FILE, groups_dir), read, roster)
        problems += found
        if post is not None:
            posts.append(post)
    problems.sort(key=lambda problem: (problem.file, problem.line or 0))
    return tuple(posts), tuple(problems)


def _name(path: Path, groups_dir: Path) -> str:
    """A path as problems name it: from the folder that holds `content`."""
    return path.relative_to(groups_dir.parents[1]).as_posix()


def _below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir())


def _folders(groups_dir: Path) -> Iterator[Path]:
    for group in _below(groups_dir):
        yield from _below(group)


def _unknown_groups(groups_dir: Path, roster: Roster) -> Iterator[Problem]:
    for group in _below(groups_dir):
        if group.name not in roster.groups:
            todo = f"rename it to one of: {', '.join(roster.groups)}"
            yield Problem(_name(group, groups_dir), "is the folder of no group", todo)


def _place(folder: Path, groups_dir: Path, roster: Roster) -> tuple[Folder | None, list[Problem]]:
    """What the folder's place says, or the problem with it."""
    if folder.parent.name not in roster.groups:
        return None, []
    file = _name(folder, groups_dir)
    if folder.resolve() != groups_dir.resolve() / folder.parent.name / folder.name:
        todo = "put the folder itself there"
        return None, [Problem(file, "is a link to a folder elsewhere", todo)]
    match = _FOLDER.fullmatch(folder.name)
    try:
        day = date.fromisoformat(match[1]) if match else None
    except ValueError:
        day = None
    if day is None:
        todo = "name it as in 2026-11-17-naar-het-bos: the day, then small letters and dashes"
        return None, [Problem(file, "is not a post's folder", todo)]
    if not (folder / FILE).is_file():
        return None, [Problem(file, "has no post.md", "write one, or remove the folder")]
    return Folder(folder.parent.name, day), []


def _read_post(
    folder: Path, place: Folder, file: str, read: Read, roster: Roster
) -> tuple[Post | None, list[Problem]]:
    path = folder / FILE
    if path.resolve().parent != folder.resolve():
        todo = "put the file itself there"
        return None, [Problem(file, "is a link to a file elsewhere", todo)]
    try:
        source = Source.of(file, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError):
        return None, [Problem(file, "is not readable text", "save it as UTF-8")]
    if is_draft(source):
        return None, []
    try:
        raw = read(path)
        text = read_markup(raw.html)
    except Exception as error:  # a reader may raise anything, and other posts can still be read
        _explain(source, place, roster, error)
        return None, source.problems
    header = read_header(raw.metadata, source, place, roster)
    post = _compose(folder, source, header, text, place, roster)
    return (None if source.problems else post), source.problems


def _explain(source: Source, place: Folder, roster: Roster, error: Exception) -> None:
    """Say which line stopped the reader, which is mostly one of the header."""
    written = {key: entries[0].text for key, entries in source.header.items()}
    read_header(written, source, place, roster)
    if not source.problems:
        what = f"cannot be read ({type(error).__name__})"
        source.problems.append(Problem(source.file, what, "look for something unusual in it"))


def _compose(
    folder: Path,
    source: Source,
    header: Header | None,
    text: Markup,
    place: Folder,
    roster: Roster,
) -> Post | None:
    """The post from its parts; notes what is wrong with text and photos even without a header."""
    _check_text(source, text)
    groups = header.groups if header else (place.group,)
    everyone = _everyone(groups, place.day, roster)
    gathered = gather(source, folder, text.references, everyone, roster.staff.keys())
    if header is None:
        return None
    return Post(
        id=f"{place.group}/{folder.name}",
        path=folder / FILE,
        title=header.title,
        at=header.at,
        author=header.author,
        groups=header.groups,
        kind=header.kind,
        lang=header.lang,
        html=renumber(text.html, gathered.numbers),
        photos=gathered.photos,
        event=header.event,
        talks=header.talks,
        unused=gathered.unused,
    )


def _everyone(groups: tuple[str, ...], day: date, roster: Roster) -> frozenset[str]:
    """Whom `all` stands for: those in the post's groups on its day."""
    if SCHOOL in groups:
        return roster.at_school(day)
    return frozenset().union(*(roster.members(group, day) for group in groups))


def _check_text(source: Source, text: Markup) -> None:
    for target in text.refused:
        source.in_text(target, *_refusal(target))
    if text.film:
        todo = "write a link to it instead"
        source.in_text(
            f"<{text.film}", "embeds a film or a page, and these cannot be shown yet", todo
        )
    for name in text.odd:
        todo = 'remove it; several people stand between quotes, as in people="anna-b sem-k"'
        source.in_text(name, "means nothing behind a photo", todo)
    for line in filter(_TWICE.search, source.lines[source.body :]):
        todo = "write everybody between the quotes of one people"
        source.in_text(line, "names people twice behind one photo", todo)
    if text.has_loose_declaration:
        todo = "write it directly behind the closing bracket of the photo, on the same line"
        source.in_text("people=", "belongs to no photo", todo)


def _refusal(target: str) -> tuple[str, str]:
    if is_film_name(target):
        return "is a film, and films cannot be shown yet", "remove the link"
    if is_photo_name(target):
        return "is a link to a photo", f"show it with ![what is to be seen]({target})"
    return "is not an address that a parent can open", "write it whole, beginning with https://"


def _strays(groups_dir: Path) -> Iterator[Problem]:
    """Originals in places where no post would find them; nobody would know that they are there."""
    for top, _, names in os.walk(groups_dir):
        place = Path(top).relative_to(groups_dir)
        for name in names:
            if len(place.parts) != 2 and is_original_name(name):
                file = _name(Path(top) / name, groups_dir)
                todo = "move it into the folder of its post, or remove it"
                yield Problem(file, "is an original outside any post", todo)
