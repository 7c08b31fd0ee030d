"""What the shipped school's files say that a guardian should see, read without Lichtbrief's help.

The one thing that is written down here by hand are the photos of that week which must not be seen:
a second set of rules for consent would only repeat the first one's mistakes.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from PIL import Image, ImageOps

from tests.school import ROOT

POSTS = ROOT / "content" / "groups"
MONDAY, FRIDAY, SUNDAY = "2026-11-16", "2026-11-20", "2026-11-22"
WEEK = (2026, 47)
HELD_UPRIGHT = 720, 1280  # how the one film was filmed
SMALL = 480  # the long edge of what a phone of 360 px is given
IMAGE = re.compile(r"!\[(?P<alt>[^]]*)\]\((?P<file>[^ )]+)[^)]*\)")

HELD_BACK = {
    "groep-3/2026-11-17-bos/bos-2.jpg": "lotte-g is blocked",
    "groep-5/2026-11-18-vulkaan/proefjes.jpg": "jort-v has left the school",
    "groep-7/2026-11-19-ritme/trommels.jpg": "lucas-j's parents said yes last school year",
}

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo, or the still of a film: the words for it, and its pixels as a phone gets them."""

    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class News:
    """A post: its title and its photos, in order."""

    title: str
    photos: tuple[Shot, ...]


Letter = Mapping[str, tuple[News, ...]]
"""Ids of the groups that some posts went to, as far as this guardian reads them -> these posts."""


def rows(name: str) -> list[Row]:
    """One of the office's files."""
    with (ROOT / "school" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def guardian(who: str) -> Row:
    """A guardian's row."""
    return next(row for row in rows("guardians") if row["id"] == who)


def letter_of(who: str) -> Letter:
    """All that this guardian should see of the week."""
    children = {row["pupil"] for row in rows("relations") if row["guardian"] == who and _reads(row)}
    groups = {row["group"] for row in rows("memberships") if row["pupil"] in children and _in(row)}
    read = {*groups, *({"school"} if groups else ())}
    ids = [row["id"] for row in rows("groups") if row["id"] in read]
    together: dict[str, list[News]] = {}
    for news in dict.fromkeys(news for group in ids for news in news_of(group)):
        together.setdefault(" ".join(g for g in ids if news in news_of(g)), []).append(news)
    return {groups: tuple(posts) for groups, posts in together.items()}


def groups_in(letter: Letter) -> set[str]:
    """The names of all groups with something in a letter."""
    ids = {group for groups in letter for group in groups.split()}
    return {row["name"] for row in rows("groups") if row["id"] in ids}


def _reads(relation: Row) -> bool:
    return relation["reads"] == "yes" and relation["from"] <= FRIDAY < (relation["until"] or "9999")


def _in(membership: Row) -> bool:
    return membership["from"] <= SUNDAY and (membership["until"] or "9999") > MONDAY


@cache
def news_of(group: str) -> tuple[News, ...]:
    """The week's posts of a group, oldest first."""
    found = [post for post in _posts() if post[0].week == WEEK and group in post[0].groups]
    return tuple(news for _, news in sorted(found, key=lambda post: post[0].at))


def everything_else(seen: Letter) -> set[str]:
    """The titles and photo descriptions of both weeks that are not in this letter."""
    there = {text for posts in seen.values() for news in posts for text in _texts(news)}
    every = {text for _, news in _posts() for text in _texts(news)}
    return (every | _unseen()) - there


def _texts(news: News) -> tuple[str, ...]:
    return (news.title, *(shot.alt for shot in news.photos))


@dataclass(frozen=True, slots=True)
class _Head:
    at: str
    groups: frozenset[str]
    draft: bool

    @property
    def week(self) -> tuple[int, int]:
        """ISO year and week."""
        return date.fromisoformat(self.at[:10]).isocalendar()[:2]


@cache
def _posts() -> tuple[tuple[_Head, News], ...]:
    return tuple(_post(path) for path in sorted(POSTS.glob("*/*/post.md")))


def _post(path: Path) -> tuple[_Head, News]:
    text = path.read_text(encoding="utf-8")
    fields = dict(line.split(": ", 1) for line in text.partition("\n\n")[0].splitlines())
    groups = frozenset(fields.get("Groups", path.parent.parent.name).split(", "))
    head = _Head(fields["Date"], groups, fields.get("Status") == "draft")
    if head.draft:
        head = _Head(head.at, frozenset(), True)
    photos = tuple(_shot(file, alt) for file, alt in _photos(path) if _id(file) not in HELD_BACK)
    return head, News(fields["Title"], photos)


def _photos(post: Path) -> Iterator[tuple[Path, str]]:
    """File and description of each photo: those in the text, then the album's."""
    for found in IMAGE.finditer(post.read_text(encoding="utf-8")):
        yield post.with_name(found["file"]), found["alt"]
    album = post.with_name("photos.csv")
    if album.exists():
        with album.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield post.with_name(row["file"]), row["alt"]


def _unseen() -> set[str]:
    """The descriptions of what is held back."""
    pairs = (pair for path in POSTS.glob("*/*/post.md") for pair in _photos(path))
    return {alt for file, alt in pairs if _id(file) in HELD_BACK}


def _id(photo: Path) -> str:
    return photo.relative_to(POSTS).as_posix()


def _shot(path: Path, alt: str) -> Shot:
    if path.suffix == ".mov":
        width, height = HELD_UPRIGHT
    else:
        with Image.open(path) as image:
            width, height = ImageOps.exif_transpose(image).size
    scale = SMALL / max(width, height)
    return Shot(alt, round(width * scale), round(height * scale))
