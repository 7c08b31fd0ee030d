"""Rows: cells that can each be read, yet do not fit together.

Every rule takes the values of a row by field, as far as they could be read, and answers with the
column to mend and what is wrong there, or None.
"""

from collections.abc import Callable, Mapping
from datetime import date

from lichtbrief.roster.fields import FieldError
from lichtbrief.roster.own_keys import owner_of
from lichtbrief.roster.words import BlockKind, Delivery

Rule = Callable[[Mapping[str, object]], tuple[str, FieldError] | None]


def ends_after_it_begins(row: Mapping[str, object]) -> tuple[str, FieldError] | None:
    """A row holds on one day at least."""
    since, until = row.get("since"), row.get("until")
    if isinstance(since, date) and isinstance(until, date) and until <= since:
        todo = "write the first day on which the row no longer holds, or leave it empty"
        return "until", FieldError(f"is not after from ({since})", todo)
    return None


def has_an_address(row: Mapping[str, object]) -> tuple[str, FieldError] | None:
    """A guardian who gets mail has an e-mail address."""
    delivery = row.get("delivery")
    if row.get("email") == "" and delivery in (Delivery.weekly, Delivery.direct):
        todo = f"write the e-mail address, or make the delivery {Delivery.paper}"
        return "email", FieldError(f"is empty while the delivery is {delivery}", todo)
    return None


def has_a_closing_note(row: Mapping[str, object]) -> tuple[str, FieldError] | None:
    """A dispute that has ended says how."""
    ended = row.get("kind") is BlockKind.dispute and row.get("until") is not None
    if ended and row.get("by") == "":
        todo = "write how it was closed and by whom, or leave until empty"
        return "by", FieldError("is empty for a dispute that has ended", todo)
    return None


def has_the_key_of_its_id(row: Mapping[str, object]) -> tuple[str, FieldError] | None:
    """A key in a row is that of the person in the row: it says whose it is."""
    key, own = row.get("key"), row.get("id")
    owner = owner_of(str(key)) if key else ""
    if own and owner not in ("", own):
        todo = f"write into this row what lichtbrief keys own {own} printed, or none"
        return "key", FieldError("is somebody else's key", todo)
    return None
