"""The roster of a school board, and the photos of its year, from a seed: no file is a person."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product
from pathlib import Path

from lichtbrief.consent import Declaration
from lichtbrief.roster import Audience, Kind

YEAR = 2026
HISTORY = 8  # school years
NOW = datetime(YEAR + 1, 5, 20, 15)
PURPOSES = tuple(product((one.value for one in Audience), (one.value for one in Kind)))
SILENT = 0.04  # of the guardians
CHANGED = 0.06  # of the answers, each year
NO = 0.12  # of the answers


@dataclass(frozen=True, slots=True)
class Size:
    """How large the board is; each pupil has an answer for all twelve purposes."""

    pupils: int = 15_000
    photos: int = 264_000
    class_size: int = 25


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of the year: its declaration, whom it is shown to, and on which day it was posted."""

    declaration: Declaration
    audience: Audience
    on: date


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: how many answers count now, and how many rows tell their history."""

    current: int
    rows: int
    guardians: int


def write_roster(folder: Path, size: Size, chance: random.Random) -> Written:
    """The eight files of the board's roster."""
    folder.mkdir(parents=True, exist_ok=True)
    classes = [f"groep-{number}" for number in range(-(-size.pupils // size.class_size))]
    pupils = [f"leerling-{number}" for number in range(size.pupils)]
    _write(folder, "groups", "id,name", ["school,School", *(f"{one},{one}" for one in classes)])
    staff = [f"juf-{n},Juf {n},juf{n}@s.example,teacher,{one},yes" for n, one in enumerate(classes)]
    _write(folder, "staff", "id,name,email,role,groups,photo", staff)
    names = [f"{one},Kind{n},Van Huis{n % 997}" for n, one in enumerate(pupils)]
    _write(folder, "pupils", "id,first_name,last_name", names)
    first_years = [YEAR - chance.randrange(HISTORY) for _ in pupils]
    rows = list(_memberships(pupils, first_years, len(classes)))
    _write(folder, "memberships", "pupil,group,from,until", rows)
    related = [(one, f"g{n}-{m}") for n, one in enumerate(pupils) for m in range(_how_many(chance))]
    guardians = [f"{g},Ouder {g},{g}@thuis.example,nl,weekly" for _, g in related]
    _write(folder, "guardians", "id,name,email,language,delivery", guardians)
    relations = [f"{g},{one},yes,yes,2015-01-01," for one, g in related]
    _write(folder, "relations", "guardian,pupil,decides,reads,from,until", relations)
    began = dict(zip(pupils, first_years, strict=True))
    heard = [pair for pair in related if chance.random() > SILENT]
    answers = list(_answers(heard, began, chance))
    header = "pupil,guardian,audience,kind,decision,said_at,recorded_at,source,form,recorded_by"
    _write(folder, "consents", header, answers)
    blocked = chance.sample(pupils, size.pupils // 500)
    blocks = [f"{one},safety,2024-03-01,,directie" for one in blocked]
    _write(folder, "blocks", "pupil,kind,from,until,by", blocks)
    return Written(len(heard) * len(PURPOSES), len(answers), len(related))


def _how_many(chance: random.Random) -> int:
    """One guardian or two who decide: 208,000 answers among 15,000 pupils."""
    return 2 if chance.random() < 0.204 else 1


def _write(folder: Path, name: str, header: str, rows: list[str]) -> None:
    (folder / f"{name}.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")


def _memberships(pupils: list[str], first_years: list[int], classes: int) -> Iterator[str]:
    for number, (pupil, first) in enumerate(zip(pupils, first_years, strict=True)):
        for year in range(first, YEAR + 1):
            group = (number + 7 * (YEAR - year)) % classes
            until = f"{year + 1}-08-01" if year < YEAR else ""
            yield f"{pupil},groep-{group},{year}-08-01,{until}"


def _answers(
    heard: list[tuple[str, str]], began: dict[str, int], chance: random.Random
) -> Iterator[str]:
    """The first answers of every guardian, then those that changed, year by year."""
    for pupil, guardian in heard:
        for year in range(began[pupil], YEAR + 1):
            for audience, kind in PURPOSES:
                if year == began[pupil] or chance.random() < CHANGED:
                    said = datetime(year, 9, 1, 9) + timedelta(minutes=chance.randrange(200_000))
                    recorded = said + timedelta(hours=chance.randrange(1, 72))
                    answer = "no" if chance.random() < NO else "yes"
                    yield (
                        f"{pupil},{guardian},{audience},{kind},{answer},{said:%Y-%m-%dT%H:%M},"
                        f"{recorded:%Y-%m-%dT%H:%M},paper,1,kantoor"
                    )


def draw_photos(size: Size, chance: random.Random) -> list[Photo]:
    """The year's photos: three pupils on average, of one class; one in twelve for the school."""
    classes = -(-size.pupils // size.class_size)
    photos = []
    for _ in range(size.photos):
        group = chance.randrange(classes)
        members = range(group, size.pupils, classes)
        count = min(chance.choices((1, 2, 3, 4, 5, 8), (20, 25, 23, 17, 11, 4))[0], len(members))
        people = frozenset(f"leerling-{one}" for one in chance.sample(members, count))
        on = date(YEAR, 8, 20) + timedelta(days=chance.randrange(270))
        audience = Audience.school if chance.random() < 1 / 12 else Audience.group
        photos.append(Photo(Declaration(True, people, None, bytes_match=True), audience, on))
    return photos
