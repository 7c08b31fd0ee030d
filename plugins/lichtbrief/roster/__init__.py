"""WHO: the school's roster, from the office's CSV files to people and what holds between them."""

from lichtbrief.roster.appending import answer_row, append_rows, appointment_row
from lichtbrief.roster.calendar import first_day_of, holds, holds_between, school_year
from lichtbrief.roster.cells import change_cells
from lichtbrief.roster.fields import FieldError, a_language, a_moment, an_address, is_address, is_id
from lichtbrief.roster.own_keys import an_own_key, owner_of, point_of, public_key_text
from lichtbrief.roster.people import (
    Answer,
    Appointment,
    Block,
    Group,
    Guardian,
    Membership,
    Pupil,
    Relation,
    Roster,
    Staff,
)
from lichtbrief.roster.reading import read_roster
from lichtbrief.roster.rewriting import OpenTable
from lichtbrief.roster.tables import Row, Table, read_table
from lichtbrief.roster.words import SCHOOL, Answered, Audience, BlockKind, Delivery, Kind, Role

__all__ = [
    "SCHOOL",
    "Answer",
    "Answered",
    "Appointment",
    "Audience",
    "Block",
    "BlockKind",
    "Delivery",
    "FieldError",
    "Group",
    "Guardian",
    "Kind",
    "Membership",
    "OpenTable",
    "Pupil",
    "Relation",
    "Role",
    "Roster",
    "Row",
    "Staff",
    "Table",
    "a_language",
    "a_moment",
    "an_address",
    "an_own_key",
    "answer_row",
    "append_rows",
    "appointment_row",
    "change_cells",
    "first_day_of",
    "holds",
    "holds_between",
    "is_address",
    "is_id",
    "owner_of",
    "point_of",
    "public_key_text",
    "read_roster",
    "read_table",
    "school_year",
]
