"""Sheets: the files of the roster, column by column, and how a row becomes a value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from lichtbrief.roster import fields, own_keys, people, rows, words

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how a cell is read, and the field it fills if that has another name.

    Of a `personal` cell a problem shows the shape only. A table may lack a column that is not
    `needed`.
    """

    name: str
    read: Callable[[str], object]
    field: str = ""
    personal: bool = False
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """A file of the roster: its name without `.csv`, what a row makes, columns and rules.

    One that is not `needed` may be missing.
    """

    name: str
    make: Callable[..., T]
    columns: tuple[Column, ...]
    rules: tuple[rows.Rule, ...] = ()
    needed: bool = True


SINCE = Column("from", fields.a_first_day, "since")
UNTIL = Column("until", fields.a_date_or_open)
ID = Column("id", fields.an_id)
PUPIL = Column("pupil", fields.an_id)
GUARDIAN = Column("guardian", fields.an_id)
NAME = Column("name", fields.a_name, personal=True)
EMAIL = Column("email", fields.an_address, personal=True)

GROUPS = Sheet("groups", people.Group, (ID, Column("name", fields.a_name)))
STAFF = Sheet(
    "staff",
    people.Staff,
    (
        ID,
        NAME,
        EMAIL,
        Column("role", fields.member_of(words.Role)),
        Column("groups", fields.group_ids),
        Column("photo", fields.one_of(fields.YES_OR_NO)),
        Column("key", own_keys.an_own_key, needed=False),
    ),
    (rows.has_the_key_of_its_id,),
)
PUPILS = Sheet(
    "pupils",
    people.Pupil,
    (
        ID,
        Column("first_name", fields.a_name, personal=True),
        Column("last_name", fields.some_text, personal=True),
    ),
)
MEMBERSHIPS = Sheet(
    "memberships",
    people.Membership,
    (PUPIL, Column("group", fields.an_id), SINCE, UNTIL),
    (rows.ends_after_it_begins,),
)
GUARDIANS = Sheet(
    "guardians",
    people.Guardian,
    (
        ID,
        NAME,
        EMAIL,
        Column("language", fields.a_language),
        Column("delivery", fields.member_of(words.Delivery)),
    ),
    (rows.has_an_address,),
)
RELATIONS = Sheet(
    "relations",
    people.Relation,
    (
        GUARDIAN,
        PUPIL,
        Column("decides", fields.one_of(fields.YES_OR_NO)),
        Column("reads", fields.one_of(fields.YES_OR_NO)),
        SINCE,
        UNTIL,
    ),
    (rows.ends_after_it_begins,),
)
CONSENTS = Sheet(
    "consents",
    people.Answer,
    (
        PUPIL,
        GUARDIAN,
        Column("audience", fields.member_of(words.Audience)),
        Column("kind", fields.member_of(words.Kind)),
        Column("decision", fields.one_of(fields.DECISIONS)),
        Column("said_at", fields.a_moment),
        Column("recorded_at", fields.a_moment),
        Column("source", fields.some_text, personal=True),
        Column("form", fields.a_form),
        Column("recorded_by", fields.some_text, personal=True),
    ),
)
BLOCKS = Sheet(
    "blocks",
    people.Block,
    (
        PUPIL,
        Column("kind", fields.member_of(words.BlockKind)),
        SINCE,
        UNTIL,
        Column("by", fields.some_text, personal=True),
    ),
    (rows.ends_after_it_begins, rows.has_a_closing_note),
)
TALKS = Sheet(
    "talks",
    people.Appointment,
    (
        Column("post", fields.a_post),
        PUPIL,
        Column("guardians", fields.some_ids),
        Column("teacher", fields.an_id),
        Column("start", fields.a_start),
        Column("status", fields.is_off, "cancelled"),
        Column("changed_at", fields.a_moment_or_none),
    ),
    needed=False,
)

BY_NAME: Mapping[str, Sheet[Any]] = {
    sheet.name: sheet
    for sheet in (
        GROUPS,
        STAFF,
        PUPILS,
        MEMBERSHIPS,
        GUARDIANS,
        RELATIONS,
        CONSENTS,
        BLOCKS,
        TALKS,
    )
}
"""Every sheet by its name, for whoever changes one."""
