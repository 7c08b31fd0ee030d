"""The teachers' copy of the roster: who is in which group, and yes or no; no reason and no parent.

A yes is what the office's roster says as of one moment; whatever is not there is a no. Read back,
it is a roster in which one nameless guardian has said these yeses, so nothing else need know.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Self

from lichtbrief.consent.decision import Permit, decide
from lichtbrief.consent.declaration import Declaration
from lichtbrief.consent.facts import Facts
from lichtbrief.consent.reasons import Rules
from lichtbrief.roster import (
    Answer,
    Answered,
    Audience,
    Group,
    Kind,
    Membership,
    Pupil,
    Relation,
    Role,
    Roster,
    Staff,
    first_day_of,
    holds_between,
    is_id,
    school_year,
)

FORMAT = "lichtbrief permits 1"
NOBODY_KNOWN = "permits"  # where a guardian's id would stand
NEWEST_FORM = 999_999  # the outcome has already asked for the form


@dataclass(frozen=True, slots=True)
class PermittedPupil:
    """A pupil as teachers know one: names, groups with their days, and what there is a yes to.

    `groups` are (group, from, until) with days as in 2026-11-18, empty before this school year
    and while it is open; `yes` are purposes such as `group/photo`.
    """

    first_name: str
    last_name: str
    groups: tuple[tuple[str, str, str], ...]
    yes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PermittedStaff:
    """Somebody of the staff: their name, role, groups to post to, and whether to be depicted."""

    name: str
    role: str
    groups: tuple[str, ...]
    photo: bool


@dataclass(frozen=True, slots=True)
class Permits:
    """The outcome for everybody who is at the school at a moment (naive school time), by id."""

    as_of: datetime
    groups: Mapping[str, str]
    staff: Mapping[str, PermittedStaff]
    pupils: Mapping[str, PermittedPupil]

    @classmethod
    def of(cls, roster: Roster, rules: Rules, at: datetime) -> Self:
        """What `roster` comes down to at a moment."""
        facts = Facts.of(roster)
        groups_of = _groups_of(roster, first_day_of(school_year(at.date())))
        pupils = {
            id_: PermittedPupil(
                first_name=roster.pupils[id_].first_name,
                last_name=roster.pupils[id_].last_name,
                groups=tuple(sorted(groups_of[id_])),
                yes=_yes(id_, facts, rules, at),
            )
            for id_ in sorted(roster.at_school(at.date()))
        }
        staff = {
            id_: PermittedStaff(one.name, str(one.role), tuple(sorted(one.groups)), one.photo)
            for id_, one in sorted(roster.staff.items())
        }
        groups = {id_: group.name for id_, group in roster.groups.items()}
        return cls(at.replace(microsecond=0), groups, staff, pupils)

    def to_json(self) -> str:
        """The file's text: the same for the same outcome and moment."""
        value = {"format": FORMAT, **asdict(self), "as_of": self.as_of.isoformat()}
        return json.dumps(value, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `to_json` wrote; raises ValueError for anything else."""
        try:
            return cls._parse(json.loads(text))
        except (TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ValueError("not the teachers' copy") from error

    @classmethod
    def _parse(cls, value: dict[str, Any]) -> Self:
        if value.pop("format") != FORMAT:
            raise ValueError("of another kind or version")
        read = cls(
            as_of=datetime.fromisoformat(value["as_of"]),
            groups={id_: str(name) for id_, name in value["groups"].items()},
            staff={
                id_: PermittedStaff(**one | {"groups": tuple(one["groups"])})
                for id_, one in value["staff"].items()
            },
            pupils={
                id_: PermittedPupil(
                    **one | {"groups": tuple(map(tuple, one["groups"])), "yes": tuple(one["yes"])}
                )
                for id_, one in value["pupils"].items()
            },
        )
        ids = (*read.groups, *read.staff, *read.pupils)
        names = [*(one.name for one in read.staff.values())]
        names += (n for one in read.pupils.values() for n in (one.first_name, one.last_name))
        if not all(map(is_id, ids)) or not all(isinstance(name, str) for name in names):
            raise ValueError("not the teachers' copy")
        if read.as_of.tzinfo is not None:
            raise ValueError("of no moment in the school's own time")
        read.roster()  # whatever is not of a known kind raises here
        return read

    def roster(self) -> Roster:
        """The roster that decides as this outcome says; nobody's parent is in it."""
        everybody = self.pupils.items()
        staff = {
            id_: Staff(id_, s.name, "", Role(s.role), frozenset(s.groups), s.photo is True)
            for id_, s in self.staff.items()
        }
        return Roster(
            groups={id_: Group(id_, name) for id_, name in self.groups.items()},
            staff=staff,
            pupils={id_: Pupil(id_, one.first_name, one.last_name) for id_, one in everybody},
            guardians={},
            memberships=tuple(
                Membership(id_, group, _day(since) or date.min, _day(until))
                for id_, one in everybody
                for group, since, until in one.groups
            ),
            relations=tuple(
                Relation(NOBODY_KNOWN, id_, True, False, date.min, None) for id_ in self.pupils
            ),
            answers=tuple(self._answer(id_, yes) for id_, one in everybody for yes in one.yes),
            blocks=(),
        )

    def _answer(self, pupil: str, yes: str) -> Answer:
        audience, kind = yes.split("/")
        return Answer(
            pupil=pupil,
            guardian=NOBODY_KNOWN,
            audience=Audience(audience),
            kind=Kind(kind),
            decision=Answered.yes,
            said_at=self.as_of,
            recorded_at=self.as_of,
            form=NEWEST_FORM,
            source="",
            recorded_by="",
        )

    def differences(self, other: "Permits") -> int:
        """How many groups, staff and pupils another outcome says something else about.

        All of them when it is of another school year: the yeses of one may end with it.
        """
        if school_year(self.as_of.date()) != school_year(other.as_of.date()):
            return len(other.groups) + len(other.staff) + len(other.pupils)
        return (
            len(dict(self.groups).items() ^ dict(other.groups).items())
            + _differing(self.staff, other.staff)
            + _differing(self.pupils, other.pupils)
        )


def _differing(one: Mapping[str, object], other: Mapping[str, object]) -> int:
    return sum(one.get(id_) != other.get(id_) for id_ in one.keys() | other.keys())


def _yes(pupil: str, facts: Facts, rules: Rules, at: datetime) -> tuple[str, ...]:
    alone = Declaration(True, frozenset({pupil}), attested_by=None, bytes_match=True)
    return tuple(
        f"{audience}/{kind}"
        for audience in Audience
        for kind in Kind
        if isinstance(decide(alone, audience, kind, at.date(), at, facts, rules), Permit)
    )


def _groups_of(roster: Roster, first: date) -> Mapping[str, list[tuple[str, str, str]]]:
    """The groups of each pupil since `first`: with their days, for “all” asks who was in one."""
    found: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in roster.memberships:
        if holds_between(row, first, date.max):
            days = _written(row.since, first), _written(row.until, first)
            found[row.pupil].append((row.group, *days))
    return found


def _written(day: date | None, first: date) -> str:
    return "" if day is None or day <= first else day.isoformat()


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
