"""Planning an edition: what one group's week shows once the decisions have been taken."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from lichtbrief.consent import Decision, Permit, Region
from lichtbrief.editions.invitations import Invitation, invitations_of
from lichtbrief.editions.markup import renumber
from lichtbrief.editions.post import Attachment, Event, Photo, Post, PostKind, Talk, Text
from lichtbrief.editions.week import Week
from lichtbrief.media import CLEANING, FileKind, Recipe, film_recipe
from lichtbrief.roster import Group, Kind, Staff

FORMAT = "lichtbrief edition 1"


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """A photo or film of the edition: its original, the digest of it, its cover, its words."""

    path: Path
    digest: str
    alt: str
    cover: tuple[Region, ...] = ()
    kind: Kind = Kind.photo
    captions: str = ""

    def identity(self, recipe: Recipe) -> tuple[object, ...]:
        """Everything that determines what is made of it, but a photo's recipe."""
        if self.kind is Kind.photo:
            return self.digest, self.alt, self.cover
        return self.digest, self.alt, film_recipe(recipe), self.captions


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file that the edition offers: where it is, its digest, its kind, and the name it gets.

    The name is made of its title: the file's own may tell more than parents should know.
    """

    path: Path
    digest: str
    kind: FileKind
    name: str


@dataclass(frozen=True, slots=True)
class ShownPost:
    """One text of a post as parents get it; numbers in `html` and `album` count the photos.

    The texts of one post follow one another and have its `code`.
    """

    code: str
    title: str
    on: date
    author: str
    kind: PostKind
    lang: str
    html: str
    album: tuple[int, ...]
    bring: str
    event: Event | None
    talks: tuple[Talk, ...]
    changed: datetime | None
    cancelled: bool
    until: date | None


@dataclass(frozen=True, slots=True)
class EditionPlan:
    """One group's week: its posts in order of time and the photos that they show, each once."""

    group: Group
    week: Week
    posts: tuple[ShownPost, ...]
    photos: tuple[ShownPhoto, ...]
    invitations: tuple[Invitation, ...] = ()
    files: tuple[ShownFile, ...] = ()

    def identity(self, theme: str, recipe: Recipe) -> bytes:
        """Everything that determines the edition's bytes, as canonical JSON.

        `theme` is the digest of the theme, `recipe` that of the photos. Two plans with the same
        identity seal to the same object; nothing that parents cannot see is in it.
        """
        value = {
            "format": FORMAT,
            "recipe": recipe,
            "theme": theme,
            "group": asdict(self.group),
            "week": str(self.week),
            "posts": [asdict(post) for post in self.posts],
            "photos": [photo.identity(recipe) for photo in self.photos],
            "invitations": [asdict(invitation) for invitation in self.invitations],
            "files": [(file.digest, file.name) for file in self.files],
            "cleaning": CLEANING,
        }
        return canonical(value)


def canonical(value: object) -> bytes:
    """JSON in the one form that we write: UTF-8, sorted keys, no white space, minutes in times."""

    def written(value: object) -> str:
        if isinstance(value, datetime):
            return value.isoformat(timespec="minutes")
        if isinstance(value, date):
            return value.isoformat()
        raise TypeError(f"{type(value).__name__} has no canonical form")

    text = json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=written
    )
    return text.encode()


def plan_edition(
    group: Group,
    week: Week,
    posts: Sequence[Post],
    decisions: Mapping[tuple[str, str], Decision],
    staff: Mapping[str, Staff],
    zone: ZoneInfo,
) -> EditionPlan:
    """What this group's edition of this week shows, of all `posts` those that belong in it.

    Its invitations are those of earlier posts as well, as long as they are not over; `zone` is the
    school's. `decisions` are by post id and photo file; a photo that is not surely permitted leaves
    no trace. Raises ValueError when there is no such post: an edition of nothing does not exist.
    """
    own = [post for post in posts if post.week == week and group.id in post.groups]
    if not own:
        raise ValueError("an edition has at least one post")
    own.sort(key=lambda post: (post.at, post.id))
    places: dict[str, int] = {}
    photos: list[ShownPhoto] = []
    files: list[ShownFile] = []
    shown = []
    for post in own:
        numbers = {
            number: _number(photo, places, photos)
            for number, photo in enumerate(post.photos)
            if isinstance(decisions.get((post.id, photo.file)), Permit)
        }
        offered = {number: _offer(file, files) for number, file in enumerate(post.files)}
        shown += [_show(post, text, numbers, offered, staff) for text in post.texts]
    invitations = invitations_of(group.id, week, posts, zone)
    return EditionPlan(group, week, tuple(shown), tuple(photos), invitations, tuple(files))


def _number(photo: Photo, places: dict[str, int], photos: list[ShownPhoto]) -> int:
    """The photo's number in the edition; a new one, unless the same photo is already in it.

    Raises ValueError when it is there with another cover: one of them would show a child.
    """
    cover = tuple(one.region for one in photo.declaration.cover)
    if photo.digest not in places:
        places[photo.digest] = len(photos)
        shown = ShownPhoto(photo.path, photo.digest, photo.alt, cover, photo.kind, photo.captions)
        photos.append(shown)
    elif photos[places[photo.digest]].cover != cover:
        raise ValueError("the same photo with two covers")
    return places[photo.digest]


def _offer(file: Attachment, files: list[ShownFile]) -> int:
    """The file's number in the edition; one that several posts offer alike is in it once."""
    name = f"{slug(file.title) or 'document'}{file.kind.suffix}"
    shown = ShownFile(file.path, file.digest, file.kind, name)
    for number, known in enumerate(files):
        if (known.digest, known.name) == (shown.digest, shown.name):
            return number
    files.append(shown)
    return len(files) - 1


def slug(title: str) -> str:
    """A title as a part of a file's name that every system takes: a-z, 0-9 and dashes."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-")


def _show(
    post: Post,
    text: Text,
    numbers: Mapping[int, int],
    files: Mapping[int, int],
    staff: Mapping[str, Staff],
) -> ShownPost:
    event = post.event
    if event and text.location:
        event = replace(event, location=text.location)
    return ShownPost(
        code=post.code,
        title=text.title,
        on=post.on,
        author=staff[post.author].name,
        kind=post.kind,
        lang=text.lang,
        html=renumber(text.html, numbers, files),
        album=tuple(numbers[number] for number in text.album if number in numbers),
        bring=text.bring or post.bring,
        event=event,
        talks=post.talks,
        changed=post.changed,
        cancelled=post.cancelled,
        until=post.until,
    )
