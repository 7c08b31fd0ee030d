"""Checks across rows and files: every id exists, once, and what belongs together is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lichtbrief.errors import Problem
from lichtbrief.roster.bookings import double_bookings
from lichtbrief.roster.fields import is_id
from lichtbrief.roster.loading import Loaded
from lichtbrief.roster.own_keys import point_of
from lichtbrief.roster.people import (
    Answer,
    Appointment,
    Block,
    Group,
    Guardian,
    Membership,
    Pupil,
    Relation,
    Staff,
)
from lichtbrief.roster.periods import contradicting_relations, double_memberships
from lichtbrief.roster.words import SCHOOL


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets as read, before they are known to fit together."""

    groups: Loaded[Group]
    staff: Loaded[Staff]
    pupils: Loaded[Pupil]
    memberships: Loaded[Membership]
    guardians: Loaded[Guardian]
    relations: Loaded[Relation]
    consents: Loaded[Answer]
    blocks: Loaded[Block]
    talks: Loaded[Appointment]

    def all(self) -> tuple[Loaded[Any], ...]:
        """Every sheet, in the order in which the office reads about them."""
        people = (self.groups, self.staff, self.pupils, self.memberships, self.guardians)
        return (*people, self.relations, self.consents, self.blocks, self.talks)


def check(sheets: Sheets) -> Iterator[Problem]:
    """Everything that is wrong between rows; what is wrong inside one is in its sheet."""
    for loaded in (sheets.groups, sheets.staff, sheets.pupils, sheets.guardians):
        yield from _twice(loaded)
    yield from _school(sheets.groups)
    yield from _staff_and_pupil(sheets)
    yield from _one_key_of_two(sheets.staff)
    yield from _references(sheets)
    yield from _strangers(sheets)
    yield from double_memberships(sheets.memberships)
    yield from contradicting_relations(sheets.relations)
    yield from double_bookings(sheets.talks)


def _twice(loaded: Loaded[Any]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for row in loaded.table.rows:
        name = row.cells.get("id", "")
        if is_id(name) and first.setdefault(name, row.line) != row.line:
            what = f"is already the id in row {first[name]}"
            todo = "give each its own id, or remove one row"
            yield Problem(loaded.table.file, what, todo, row.line, "id", name)


def _school(groups: Loaded[Group]) -> Iterator[Problem]:
    known = groups.mentioned("id")
    if known is not None and (SCHOOL,) not in known:
        todo = f"add a row with the id {SCHOOL}"
        yield Problem(groups.table.file, "lacks the general group", todo, column="id", value=SCHOOL)


def _staff_and_pupil(sheets: Sheets) -> Iterator[Problem]:
    """A declaration names pupils and staff alike, so an id may belong to one person only."""
    pupils = sheets.pupils.mentioned("id") or frozenset()
    for row in sheets.staff.table.rows:
        name = row.cells.get("id", "")
        if is_id(name) and (name,) in pupils:
            what, todo = "is the id of a pupil too", "give the staff member another id"
            yield Problem(sheets.staff.table.file, what, todo, row.line, "id", name)


def _one_key_of_two(staff: Loaded[Staff]) -> Iterator[Problem]:
    """A key opens what is sealed for one person, so nobody else has the same."""
    first: dict[bytes, int] = {}
    for found in staff.found:
        point = point_of(found.value.key)
        if point and first.setdefault(point, found.line) != found.line:
            what = f"is already the key in row {first[point]}"
            todo = "let each make a key of their own with lichtbrief keys own"
            yield Problem(staff.table.file, what, todo, found.line, "key", found.value.key)


def _references(sheets: Sheets) -> Iterator[Problem]:
    pupils, guardians, groups = sheets.pupils, sheets.guardians, sheets.groups
    yield from _unknown(sheets.staff, "groups", groups)
    yield from _unknown(sheets.memberships, "pupil", pupils)
    yield from _unknown(sheets.memberships, "group", groups)
    yield from _unknown(sheets.relations, "guardian", guardians)
    yield from _unknown(sheets.relations, "pupil", pupils)
    yield from _unknown(sheets.consents, "pupil", pupils)
    yield from _unknown(sheets.consents, "guardian", guardians)
    yield from _unknown(sheets.blocks, "pupil", pupils)
    yield from _unknown(sheets.talks, "pupil", pupils)
    yield from _unknown(sheets.talks, "guardians", guardians)
    yield from _unknown(sheets.talks, "teacher", sheets.staff)


def _unknown(loaded: Loaded[Any], column: str, target: Loaded[Any]) -> Iterator[Problem]:
    known = target.mentioned("id")
    if known is None:
        return
    for row in loaded.table.rows:
        cell = row.cells.get(column, "")
        for name in cell.split() if column in ("groups", "guardians") else (cell,):
            if (name,) not in known and is_id(name):
                what = f"is not in {target.table.file}"
                todo = "write an id that is there, or add it"
                yield Problem(loaded.table.file, what, todo, row.line, column, name)


def _strangers(sheets: Sheets) -> Iterator[Problem]:
    """Answers by, and talks with, somebody who never had a relation to the pupil."""
    related = sheets.relations.mentioned("guardian", "pupil")
    pupils, guardians = sheets.pupils.mentioned("id"), sheets.guardians.mentioned("id")
    if related is None or pupils is None or guardians is None:
        return
    for loaded, column in ((sheets.consents, "guardian"), (sheets.talks, "guardians")):
        for row in loaded.table.rows:
            pupil = row.cells.get("pupil", "")
            for guardian in row.cells.get(column, "").split():
                known = (guardian,) in guardians and (pupil,) in pupils
                if known and (guardian, pupil) not in related:
                    what = f"never had a relation to {pupil}"
                    todo = f"mend the ids, or add the relation to {sheets.relations.table.file}"
                    yield Problem(loaded.table.file, what, todo, row.line, column, guardian)
