"""One post's folder while its photos are being declared: who may be in them, and which are left."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from lichtbrief.consent import PhotoRow, read_photos_csv
from lichtbrief.editions.markup import read_markup
from lichtbrief.editions.metadata import read_header
from lichtbrief.editions.photos import TABLE
from lichtbrief.editions.places import POST, find_place
from lichtbrief.editions.post import RawPost
from lichtbrief.editions.reading import everyone_in
from lichtbrief.editions.source import Source
from lichtbrief.errors import LichtbriefError, ProblemsError
from lichtbrief.media import is_film_name, is_photo_name, photo_of_film
from lichtbrief.roster import Roster

_NUMBERS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class PostFolder:
    """A post's folder: its groups and day, and what is declared in text and photos.csv so far.

    `author` is None when the post names nobody on the staff; `everyone` is whom `all` stands for.
    """

    path: Path
    id: str
    groups: tuple[str, ...]
    day: date
    author: str | None
    everyone: frozenset[str]
    in_text: frozenset[str]
    rows: dict[str, PhotoRow]

    @property
    def table(self) -> Path:
        """Its photos.csv, there or not."""
        return self.path / TABLE

    def photos(self) -> tuple[str, ...]:
        """Every photo and film in it, in the order in which people count: bos-2 before bos-10.

        The moving half of a Live Photo is not shown, and not declared.
        """
        names = {path.name for path in self.path.iterdir() if path.is_file()}
        films = (name for name in filter(is_film_name, names) if not photo_of_film(name, names))
        return tuple(sorted({*filter(is_photo_name, names), *films}, key=_counted))

    def undeclared(self, digest: Callable[[Path], str]) -> tuple[str, ...]:
        """The photos that nobody has declared yet, or that have changed since."""
        return tuple(
            name
            for name in self.photos()
            if name not in self.in_text
            and (
                name not in self.rows
                or self.rows[name].sha256 not in (None, digest(self.path / name))
            )
        )


def open_folder(
    groups_dir: Path, folder: Path, read: Callable[[Path], RawPost], roster: Roster
) -> PostFolder:
    """The folder of a post of this roster's groups.

    Raises `LichtbriefError` when it is none, and `ProblemsError` when its header or its photos.csv
    cannot be used.
    """
    place = find_place(groups_dir, folder)
    if place.group not in roster.groups:
        hint = f"its groups are {', '.join(roster.groups)}"
        raise LichtbriefError(f"{place.group} is no group of this school", hint)
    try:
        source = Source.of(place.file, (place.folder / POST).read_text(encoding="utf-8"))
        raw = read(place.folder / POST)
        references = read_markup(raw.html).references
    except Exception as error:  # a reader may raise anything
        raise LichtbriefError(
            f"{place.file} cannot be read", "lichtbrief check says why"
        ) from error
    header = read_header(raw.metadata, source, place, roster)
    groups = header.groups if header else (place.group,)
    everyone = everyone_in(groups, place.day, roster)
    table = place.folder / TABLE
    rows, problems = read_photos_csv(table, everyone) if table.exists() else ({}, ())
    if problems := (*source.problems, *problems):
        raise ProblemsError(f"{place.id} cannot be declared yet", problems, "mend this first")
    said = {
        unquote(one.src).removeprefix("./")
        for one in references
        if one.people is not None or one.attested_by is not None
    }
    author = header.author if header and header.author in roster.staff else None
    return PostFolder(
        place.folder, place.id, groups, place.day, author, everyone, frozenset(said), rows
    )


def _counted(name: str) -> list[tuple[int, str]]:
    return [
        (int(part), "") if part.isdecimal() else (0, part.casefold())
        for part in _NUMBERS.split(name)
    ]
