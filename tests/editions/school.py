"""A very small school, and posts written for it as a teacher writes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import markdown

from lichtbrief.consent import Decision, Deny, Permit, Reason
from lichtbrief.editions import (
    EditionPlan,
    Post,
    RawPost,
    Week,
    assemble,
    plan_edition,
    read_posts,
    render_page,
)
from lichtbrief.errors import Problem
from lichtbrief.media import render_photo
from lichtbrief.roster import Group, Membership, Pupil, Role, Roster, Staff
from lichtbrief.theme import Theme
from tests.media.drawing import four_corners, save

EXTENSIONS = ["markdown.extensions.extra", "markdown.extensions.attr_list"]
ROOT = Path(__file__).parents[2]
WEEK = Week(2026, 47)
ZONE = ZoneInfo("Europe/Amsterdam")
BOS = "groep-3/2026-11-17-bos"
FOLDER = f"content/groups/{BOS}"
POST = f"{FOLDER}/post.md"
HEADER = """\
Title: Naar het bos
Date: 2026-11-17 14:30
Author: juf-sanne
"""

GROUPS = {
    id_: Group(id_, name)
    for id_, name in (("groep-3", "Groep 3"), ("groep-5", "Groep 5"), ("school", "De Lichtbron"))
}
STAFF = {
    "juf-sanne": Staff(
        "juf-sanne", "Juf Sanne", "s@example.org", Role.teacher, frozenset({"groep-3"}), True
    ),
    "els": Staff("els", "Els", "e@example.org", Role.management, frozenset({"all"}), False),
}
CLASSES = {"anna-b": "groep-3", "sem-k": "groep-3", "noor-a": "groep-5"}


def roster() -> Roster:
    """Two classes, three pupils, a teacher and a head."""
    since = date(2026, 8, 1)
    return Roster(
        groups=GROUPS,
        staff=STAFF,
        pupils={pupil: Pupil(pupil, "x", "x") for pupil in CLASSES},
        guardians={},
        memberships=tuple(Membership(p, group, since, None) for p, group in CLASSES.items()),
        relations=(),
        answers=(),
        blocks=(),
    )


def read(path: Path) -> RawPost:
    """A post as Python-Markdown gives it: keys in lower case, a list where there is more."""
    reader = markdown.Markdown(extensions=[*EXTENSIONS, "markdown.extensions.meta"])
    html = reader.convert(path.read_text(encoding="utf-8"))
    found: Mapping[str, list[str]] = getattr(reader, "Meta", {})
    values = {key: lines[0] if len(lines) == 1 else lines for key, lines in found.items()}
    return RawPost(html, values)


def html_of(text: str) -> str:
    """The HTML of a text alone."""
    return markdown.markdown(text, extensions=EXTENSIONS)


@dataclass(frozen=True)
class Desk:
    """A folder `content/groups` in which a test writes posts."""

    groups: Path

    def write(self, text: str, header: str = HEADER, place: str = BOS) -> Path:
        """Write a post and return its folder."""
        folder = self.groups / place
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "post.md").write_text(f"{header}\n{text}\n", encoding="utf-8")
        return folder

    def photo(self, name: str, place: str = BOS, wide: int = 60) -> Path:
        """Draw a photo beside a post; another width is another photo."""
        folder = self.groups / place
        folder.mkdir(parents=True, exist_ok=True)
        return save(folder / name, four_corners((wide, 40)))

    def read(self) -> tuple[tuple[Post, ...], tuple[Problem, ...]]:
        """Read every post."""
        return read_posts(self.groups, read, roster())

    def post(self) -> Post:
        """The only post, which has no problem."""
        posts, problems = self.read()
        assert () == problems
        (post,) = posts
        return post

    def problems(self) -> list[str]:
        """What is wrong, as a teacher reads it."""
        return [str(problem) for problem in self.read()[1]]


def only(desk: Desk) -> Problem:
    """The one problem of the one post, which is not among the posts."""
    posts, problems = desk.read()
    assert () == posts
    (problem,) = problems
    assert problem.todo
    return problem


def decide(posts: tuple[Post, ...], denied: frozenset[str]) -> dict[tuple[str, str], Decision]:
    """Permit every photo but those whose file is among `denied`."""
    return {
        (post.id, photo.file): Deny(Reason.refused) if photo.file in denied else Permit()
        for post in posts
        for photo in post.photos
    }


def plan(desk: Desk, *denied: str, group: str = "groep-3") -> EditionPlan:
    """The edition of week 47 of everything on the desk."""
    posts, problems = desk.read()
    assert () == problems
    decisions = decide(posts, frozenset(denied))
    return plan_edition(GROUPS[group], WEEK, posts, decisions, STAFF, ZONE)


def theme() -> Theme:
    """The theme that is shipped."""
    folder = ROOT / "theme"
    return Theme([folder / "templates"], folder / "static", folder / "translations")


def page(edition: EditionPlan) -> str:
    """The page of an edition, rendered with the theme that is shipped."""
    return render_page(edition, theme(), "nl")


def segments(edition: EditionPlan) -> list[bytes]:
    """What would be sealed, photos drawn and all."""
    drawn = {photo.digest: render_photo(photo.path) for photo in edition.photos}
    return assemble(edition, page(edition), drawn, lambda key: f"hash-of-{len(key)}")
