"""A school as large as a real one, made from a seed: 226 pupils, 10 groups, 295 guardians.

Everything is invented. The photos are drawn once and kept in the folder that is given.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bench.drawing import SCENES, draw

PUPILS = 226
GROUPS = 10
GUARDIANS = 295
MONDAY = date(2026, 11, 16)
PHOTO = (4032, 3024)  # 12 megapixels, as most phones make


@dataclass(frozen=True, slots=True)
class Size:
    """How large a school to make; `photo` is width and height in pixels."""

    pupils: int = PUPILS
    groups: int = GROUPS
    guardians: int = GUARDIANS
    photos: int = 100
    photo: tuple[int, int] = PHOTO


def make_school(folder: Path, size: Size, seed: int = 47) -> None:
    """Write roster, posts and photos of one week into `folder`."""
    chance = random.Random(seed)
    groups = [f"groep-{number}" for number in range(1, size.groups + 1)]
    pupils = [f"kind-{number}" for number in range(size.pupils)]
    of_group = {group: pupils[at :: size.groups] for at, group in enumerate(groups)}
    _write_people(folder / "school", groups, of_group, size)
    _write_answers(folder / "school", pupils, chance)
    _write_posts(folder / "content" / "groups", of_group, size, chance)


def _guardians_of(pupil: int, size: Size) -> list[int]:
    """Every pupil one guardian, and the first ones a second until there are enough."""
    second = size.pupils + pupil
    return [pupil, second] if second < size.guardians else [pupil]


def _write_people(
    folder: Path, groups: list[str], of_group: dict[str, list[str]], size: Size
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    rows = [f"{group},Groep {group[6:]}" for group in groups]
    _csv(folder, "groups", "id,name", [*rows, "school,De Meetlat"])
    staff = [
        f"juf-{group},Juf {group[6:]},{group}@meetlat.example,teacher,{group},yes"
        for group in groups
    ]
    staff.append("directeur,Directeur,directeur@meetlat.example,management,all,yes")
    _csv(folder, "staff", "id,name,email,role,groups,photo", staff)
    members = [f"{pupil},{group},2026-08-01," for group, ps in of_group.items() for pupil in ps]
    _csv(folder, "memberships", "pupil,group,from,until", members)
    names = [f"kind-{n},Voornaam{n},Achternaam{n}" for n in range(size.pupils)]
    _csv(folder, "pupils", "id,first_name,last_name", names)
    people = [
        f"g{n},Ouder {n},ouder{n}@thuis.example,{'en' if n % 9 == 0 else 'nl'},weekly"
        for n in range(size.guardians)
    ]
    _csv(folder, "guardians", "id,name,email,language,delivery", people)
    relations = [
        f"g{guardian},kind-{pupil},yes,yes,2020-01-01,"
        for pupil in range(size.pupils)
        for guardian in _guardians_of(pupil, size)
    ]
    _csv(folder, "relations", "guardian,pupil,decides,reads,from,until", relations)
    _csv(folder, "blocks", "pupil,kind,from,until,by", [])


def _write_answers(folder: Path, pupils: list[str], chance: random.Random) -> None:
    """Nine parents in ten say yes."""
    said = "2026-09-01T09:00"
    rows = [
        f"{pupil},g{number},{audience},photo,{'yes' if chance.random() < 0.9 else 'no'},{said},{said},paper,1,directeur"
        for number, pupil in enumerate(pupils)
        for audience in ("group", "school")
    ]
    head = "pupil,guardian,audience,kind,decision,said_at,recorded_at,source,form,recorded_by"
    _csv(folder, "consents", head, rows)


def _csv(folder: Path, name: str, head: str, rows: list[str]) -> None:
    (folder / f"{name}.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")


def _write_posts(
    folder: Path, of_group: dict[str, list[str]], size: Size, chance: random.Random
) -> None:
    """Three posts a group; the photos dealt out over all of them, two pupils in each."""
    posts = [
        (group, MONDAY + timedelta(days=day), f"bericht-{day}")
        for group in of_group
        for day in (0, 2, 4)
    ]
    dealt: dict[int, list[int]] = {}
    for photo in range(size.photos):
        dealt.setdefault(photo % len(posts), []).append(photo)
    for number, (group, day, slug) in enumerate(posts):
        place = folder / group / f"{day}-{slug}"
        place.mkdir(parents=True, exist_ok=True)
        lines = [f"Title: Nieuws van {day:%d-%m}", f"Date: {day} 14:00", f"Author: juf-{group}", ""]
        lines += ["Deze week werkten we hard aan rekenen, taal en het project over water. " * 6, ""]
        for photo in dealt.get(number, []):
            name = f"foto-{photo}.jpg"
            if not (place / name).exists():
                scene = SCENES[photo % len(SCENES)]
                (place / name).write_bytes(draw(scene, photo, size.photo, (1, 6, 8, 3)[photo % 4]))
            people = " ".join(chance.sample(of_group[group], 2))
            lines += [f'![Aan het werk in de klas]({name}){{: people="{people}" }}', ""]
        (place / "post.md").write_text("\n".join(lines), encoding="utf-8")
