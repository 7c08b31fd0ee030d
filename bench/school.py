"""A school as large as a real one, made from a seed: 226 pupils, 10 groups, 295 guardians.

Everything is invented. Its folder is thrown away after a measurement; only the drawn photos are
kept (`bench.album`).
"""

import os
import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
MONDAY = date(2026, 11, 16)
MOMENT = "2026-11-20T15:00"
YEAR_BEGAN = "2026-08-01"
SAID = "2026-09-01T09:00"
YES = 0.9  # parents in ten who say yes; only their children are in the photos

Answers = Mapping[tuple[str, str], bool]
"""Whether the answer for (pupil, audience) is yes."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a school to make."""

    pupils: int = 226
    groups: int = 10
    guardians: int = 295

    @property
    def group_ids(self) -> tuple[str, ...]:
        """The class groups; the general group `school` is not among them."""
        return tuple(f"groep-{number}" for number in range(1, self.groups + 1))

    def pupils_of(self, group: str) -> list[str]:
        """The pupils of a group; of the general one, everybody."""
        everybody = [f"kind-{number}" for number in range(self.pupils)]
        if group == "school":
            return everybody
        return everybody[self.group_ids.index(group) :: self.groups]


@dataclass(frozen=True, slots=True)
class School:
    """A school's folder, and what may change in it from one run of the weekly job to the next."""

    folder: Path
    size: Size
    posts: tuple[str, ...]

    def edit(self, post: str, words: str) -> None:
        """Add a paragraph to a post."""
        with self._text(post).open("a", encoding="utf-8") as file:
            file.write(f"\n{words}\n")

    def add(self, post: str, photo: Path) -> None:
        """Add a photo that nobody is in to a post."""
        place(photo, self._text(post).with_name(photo.name))
        author = author_of(post.partition("/")[0])
        declared = f'people="nobody" attested_by="{author}"'
        self.edit(post, f"![Het plein in de regen]({photo.name}){{: {declared} }}")

    def _text(self, post: str) -> Path:
        return self.folder / "content" / "groups" / post / "post.md"


def make_school(folder: Path, size: Size, photos: Sequence[Path], seed: int = 47) -> School:
    """Write roster, settings and one week of posts into `folder`, which is new.

    Each group has three posts and the school one. The photos are dealt out over all of them, each
    with two pupils in it whose parents agree: all of them are shown.
    """
    chance = random.Random(seed)
    audiences = ("group", "school")
    everybody = size.pupils_of("school")
    said = {(pupil, to): chance.random() < YES for pupil in everybody for to in audiences}
    _write_people(folder / "school", size)
    _write_answers(folder / "school", said)
    _write_settings(folder)
    posts = [
        f"{group}/{MONDAY + timedelta(d)}-nieuws" for group in size.group_ids for d in (0, 2, 4)
    ]
    posts.append(f"school/{MONDAY + timedelta(4)}-nieuws")
    for number, post in enumerate(posts):
        dealt = photos[number :: len(posts)]
        _write_post(folder / "content" / "groups" / post, size, said, dealt, chance)
    return School(folder, size, tuple(posts))


def author_of(group: str) -> str:
    """The staff member who writes for a group."""
    return "directeur" if group == "school" else f"juf-{group}"


def place(photo: Path, there: Path) -> None:
    """The photo at another place, without taking up room where the disk can do that."""
    try:
        os.link(photo, there)
    except OSError:
        shutil.copyfile(photo, there)


def _write_people(folder: Path, size: Size) -> None:
    groups = [f"{group},{group.capitalize()}" for group in size.group_ids]
    _csv(folder, "groups", "id,name", [*groups, "school,De Meetlat"])
    _csv(folder, "staff", "id,name,email,role,groups,photo", _staff(size))
    names = [f"{pupil},Voornaam,Achternaam" for pupil in size.pupils_of("school")]
    _csv(folder, "pupils", "id,first_name,last_name", names)
    members = [
        f"{pupil},{group},{YEAR_BEGAN},"
        for group in size.group_ids
        for pupil in size.pupils_of(group)
    ]
    _csv(folder, "memberships", "pupil,group,from,until", members)
    guardians = [
        f"g{n},Ouder {n},ouder{n}@thuis.example,{'en' if n % 9 == 0 else 'nl'},weekly"
        for n in range(size.guardians)
    ]
    _csv(folder, "guardians", "id,name,email,language,delivery", guardians)
    # Every pupil has one guardian, and the first ones a second, until there are enough.
    relations = [f"g{n},kind-{n % size.pupils},yes,yes,2020-01-01," for n in range(size.guardians)]
    _csv(folder, "relations", "guardian,pupil,decides,reads,from,until", relations)
    _csv(folder, "blocks", "pupil,kind,from,until,by", [])


def _staff(size: Size) -> Iterator[str]:
    for group in size.group_ids:
        teacher = author_of(group)
        yield f"{teacher},{teacher.capitalize()},{teacher}@meetlat.example,teacher,{group},yes"
    yield "directeur,Directeur,directeur@meetlat.example,management,all,yes"


def _write_answers(folder: Path, said: Answers) -> None:
    rows = [
        f"{pupil},g{pupil.removeprefix('kind-')},{audience},photo,{'yes' if yes else 'no'},"
        f"{SAID},{SAID},paper,1,directeur"
        for (pupil, audience), yes in said.items()
    ]
    head = "pupil,guardian,audience,kind,decision,said_at,recorded_at,source,form,recorded_by"
    _csv(folder, "consents", head, rows)


def _csv(folder: Path, name: str, head: str, rows: Sequence[str] | Iterator[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")


def _write_settings(folder: Path) -> None:
    """The repository's own settings and public pages, for this school and its Friday."""
    shutil.copytree(ROOT / "content" / "pages", folder / "content" / "pages")
    own = {
        "SITENAME": "De Meetlat",
        "THEME": str(ROOT / "theme"),
        "LICHTBRIEF_LOGO": str(ROOT / "theme/logo.png"),
        "PLUGIN_PATHS": [],
        "LICHTBRIEF_CONTACT": "kantoor@meetlat.example",
        "LICHTBRIEF_CONSENT_FORMS": {},
        "LICHTBRIEF_MOMENT": MOMENT,
        "LICHTBRIEF_WEEK": f"{MONDAY:%G-W%V}",
    }
    lines = "".join(f"{name} = {value!r}\n" for name, value in own.items())
    looking = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
    (folder / "pelicanconf.py").write_text(f"{looking}\n{lines}", encoding="utf-8")
    shutil.copyfile(ROOT / "publishconf.py", folder / "publishconf.py")


def _write_post(
    folder: Path, size: Size, said: Answers, photos: Sequence[Path], chance: random.Random
) -> None:
    group = folder.parent.name
    audience = "school" if group == "school" else "group"
    willing = [pupil for pupil in size.pupils_of(group) if said[pupil, audience]]
    folder.mkdir(parents=True)
    head = f"Title: Nieuws\nDate: {folder.name[:10]} 14:00\nAuthor: {author_of(group)}\n"
    blocks = ["Deze week werkten we hard aan rekenen, taal en het project over water. " * 6]
    for photo in photos:
        place(photo, folder / photo.name)
        people = " ".join(chance.sample(willing, 2))
        blocks.append(f'![Aan het werk in de klas]({photo.name}){{: people="{people}" }}')
    text = "\n".join([head, *(f"{block}\n" for block in blocks)])
    (folder / "post.md").write_text(text, encoding="utf-8")
