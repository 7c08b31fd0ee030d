"""What a teacher writes, once it has been read: plain values."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from lichtbrief.consent import Declaration
from lichtbrief.editions.figures import Reference
from lichtbrief.editions.week import Week
from lichtbrief.media import FileKind, is_film_name
from lichtbrief.roster import Kind


class PostKind(StrEnum):
    """What sort of news a post is; the metadata key `Kind`."""

    message = "message"
    event = "event"
    talks = "talks"
    links = "links"
    survey = "survey"


def code_of_post(post_id: str) -> str:
    """Eight signs for a post that tell nothing by themselves: its id may hold a child's name."""
    digest = hashlib.sha256(b"lichtbrief post 1\n" + post_id.encode()).digest()
    return base64.b32encode(digest)[:8].decode().lower()


@dataclass(frozen=True, slots=True)
class RawPost:
    """A post as its reader gives it: HTML nobody has looked at, and values by lower-case key."""

    html: str
    metadata: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo or film of a post: its file, what is said about it, who is declared to be in it.

    `file` is the name in the post's folder, `digest` its SHA-256 (hex). The photos that the text
    does not place are the `album`; `in_text` is what the text says about one, if it declares it. A
    caption is part of the post's HTML; `captions` are those of a film, as WebVTT, or empty.
    """

    file: str
    path: Path
    alt: str
    digest: str
    declaration: Declaration
    album: bool
    in_text: Reference | None = None
    captions: str = ""

    @property
    def kind(self) -> Kind:
        """What is asked about it: a film is another question than a photo."""
        return Kind.video if is_film_name(self.file) else Kind.photo


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a post offers: its name in the post's folder, its title for parents, its kind.

    `digest` is its SHA-256 (hex). Somebody on the staff has attested that it shows no child.
    """

    file: str
    path: Path
    title: str
    digest: str
    kind: FileKind


@dataclass(frozen=True, slots=True)
class Event:
    """Something that parents are invited to, in the school's local time."""

    start: datetime
    end: datetime | None
    location: str

    @property
    def is_one_day(self) -> bool:
        """Whether it ends on the day on which it starts."""
        return self.end is not None and self.end.date() == self.start.date()


@dataclass(frozen=True, slots=True)
class Talk:
    """Some hours in which parents can come and talk, within one day."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """How long each talk lasts, and the staff who hold them side by side: times to choose from."""

    minutes: int
    teachers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """All words of a post in one language: `html` is safe, and photos stand in it by number.

    `alts` describe the photos that this text places, in words of its own; `album` are the numbers
    of those below it. `location` and `bring` are empty where a translation has no words for them.
    """

    lang: str
    title: str
    html: str
    alts: tuple[str, ...]
    album: tuple[int, ...]
    location: str = ""
    bring: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One piece of news: `groep-3/2026-11-17-bos`, to one group or more.

    `path` is the post's file and `at` the moment it carries. `html` is safe; photo `i` of `photos`
    stands in it as `<figure data-photo="i">`. `bring` is what children need to have with them.
    File `i` of `files` stands in it as `<span data-file="i">`. `translations` say the same in other
    languages. An invitation may have been `changed` since it was sent, or `cancelled`. With an
    `offer`, parents choose a time of the talks in their letter. `unused` are the photos, films and
    files in its folder that nothing mentions. `approved_by` is as written. `until` is the last day
    on which a survey can be answered.
    """

    id: str
    path: Path
    title: str
    at: datetime
    author: str
    groups: tuple[str, ...]
    kind: PostKind
    lang: str
    html: str
    photos: tuple[Photo, ...]
    event: Event | None = None
    talks: tuple[Talk, ...] = ()
    offer: Offer | None = None
    bring: str = ""
    changed: datetime | None = None
    cancelled: bool = False
    translations: tuple[Text, ...] = ()
    files: tuple[Attachment, ...] = ()
    approved_by: str = ""
    unused: tuple[str, ...] = ()
    until: date | None = None

    @property
    def on(self) -> date:
        """The day of the post: who is in a group, and at the school, is asked for this day."""
        return self.at.date()

    @property
    def texts(self) -> tuple[Text, ...]:
        """Everything that parents may read of it: its own words, then each translation."""
        own = Text(
            lang=self.lang,
            title=self.title,
            html=self.html,
            alts=tuple(photo.alt for photo in self.photos),
            album=tuple(number for number, photo in enumerate(self.photos) if photo.album),
            location=self.event.location if self.event else "",
            bring=self.bring,
        )
        return (own, *self.translations)

    @property
    def code(self) -> str:
        """What parents call it when they have a doubt."""
        return code_of_post(self.id)

    @property
    def week(self) -> Week:
        """The week in whose edition it appears."""
        return Week.of(self.on)
