"""Consent vectors: cases in JSON that state the rules, in a form of their own.

The pupils known are those with a relation, at the school on every day; staff are `juf-sanne` and
whoever attests. A value that cannot be read is handed on as it is: it is for `decide` to deny.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from os import pathsep
from pathlib import Path
from typing import Any, TypeVar

from lichtbrief.consent import Decision, Declaration, Facts, Rules, decide
from lichtbrief.roster import (
    Answer,
    Answered,
    Audience,
    Block,
    BlockKind,
    Kind,
    Membership,
    Pupil,
    Relation,
    Role,
    Roster,
    Staff,
)

T = TypeVar("T")
OURS = Path(__file__).parents[1] / "vectors" / "consent-vectors.json"
FORMAT = "lichtbrief consent vectors 1"
TEACHER = Staff("juf-sanne", "Sanne", "", Role.teacher, frozenset(), photo=True)
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Vector:
    """One case: what is given, what is asked, and what the answer must be."""

    name: str
    given: Json
    photo: Json
    asked: Json
    expect: str
    reason: str | None

    def decided(self) -> Decision:
        """What `decide` makes of it."""
        at: Any = _or_raw(datetime.fromisoformat, self.asked.get("at"))
        on: Any = at.date() if isinstance(at, datetime) else at
        attester = self.photo.get("attested_by")
        facts: Any = _or_raw(lambda given: _facts(given, attester), self.given)
        rules: Any = _or_raw(_rules, self.given.get("settings"))
        audience = _or_raw(Audience, self.asked.get("audience"))
        kind = _or_raw(Kind, self.asked.get("kind"))
        return decide(_declaration(self.photo), audience, kind, on, at, facts, rules)


def read_vectors(path: Path) -> list[Vector]:
    """The vectors of a file; raises ValueError or OSError when it is not a file of vectors."""
    document = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ValueError(f"{path} is not in the format “{FORMAT}”")
    vectors = [_vector(path, case) for case in document["vectors"]]
    if not vectors:
        raise ValueError(f"{path} holds no vectors")
    return vectors


def vector_files(named: str) -> list[Path]:
    """Our own file, and those named in a list as PATH has them; a folder stands for its *.json."""
    files = [OURS]
    for place in (Path(name) for name in named.split(pathsep) if name):
        inside = sorted(place.glob("*.json")) if place.is_dir() else [place]
        if not inside:
            raise ValueError(f"{place} holds no vectors")
        files += inside
    return files


def _vector(path: Path, case: Json) -> Vector:
    known = {field.name for field in fields(Vector)}
    vector = Vector(**{name: value for name, value in case.items() if name in known})
    if vector.expect not in ("permit", "deny"):
        raise ValueError(f"{path}: “{vector.name}” expects neither permit nor deny")
    return vector


def _or_raw(read: Callable[[Any], T], value: Any) -> T | Any:  # noqa: ANN401 (any JSON at all)
    try:
        return read(value)
    except (ValueError, TypeError, KeyError, AttributeError):
        return value


def _declaration(photo: Json) -> Declaration:
    people: Any = _or_raw(frozenset, photo.get("people"))
    return Declaration(
        declared=photo.get("declared", "(missing)"),
        people=people,
        attested_by=photo.get("attested_by"),
        bytes_match=photo.get("bytes_match_declaration", "(missing)"),
    )


def _rules(settings: Json) -> Rules:
    form = settings["form_required"]
    forms = {(audience, kind): form for audience in Audience for kind in Kind}
    return Rules(settings["rule"], settings["validity"], forms)


def _facts(given: Json, attester: str | None) -> Facts:
    relations = tuple(
        Relation(row["guardian"], row["pupil"], row["decides"], True, *_period(row))
        for row in given["relations"]
    )
    pupils = {relation.pupil: Pupil(relation.pupil, "", "") for relation in relations}
    roster = Roster(
        groups={},
        staff=dict.fromkeys((TEACHER.id, attester or TEACHER.id), TEACHER),
        pupils=pupils,
        guardians={},
        memberships=tuple(Membership(pupil, "groep-3", date.min, None) for pupil in pupils),
        relations=relations,
        answers=tuple(_answer(row) for row in given["events"]),
        blocks=tuple(
            Block(row["pupil"], _or_raw(BlockKind, row["kind"]), *_period(row), row.get("by") or "")
            for row in given["blocks"]
        ),
    )
    return Facts.of(roster)


def _answer(row: Json) -> Answer:
    return Answer(
        pupil=row["pupil"],
        guardian=row["guardian"],
        audience=_or_raw(Audience, row["audience"]),
        kind=_or_raw(Kind, row["kind"]),
        decision=_or_raw(Answered, row["decision"]),
        said_at=_or_raw(datetime.fromisoformat, row["said_at"]),
        recorded_at=_or_raw(datetime.fromisoformat, row["recorded_at"]),
        form=row["form"],
        source="",
        recorded_by="",
    )


def _period(row: Json) -> tuple[Any, Any]:
    since, until = row["since"], row["until"]
    return _or_raw(date.fromisoformat, since), _or_raw(date.fromisoformat, until)
