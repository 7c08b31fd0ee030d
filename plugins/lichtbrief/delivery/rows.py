"""What a ledger is told and tells: what became of a mail, what did not go out, what is stored."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from lichtbrief.delivery.states import State
from lichtbrief.editions import Week


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of one guardian's mail; `words` hold no personal data.

    `message_id` is the part before the `@`, kept when None.
    """

    guardian: str
    state: State
    words: str = ""
    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class Unsent:
    """A guardian whose mail has not surely gone out, and the relay's or our words about it."""

    guardian: str
    state: State
    words: str


@dataclass(frozen=True, slots=True)
class StoredLetter:
    """A letter that lies in the store: its object's name, whose it is and what it was made of.

    `fingerprint` is a keyed hash over what the letter says; `until` (aware) is when its links end.
    """

    name: str
    week: Week
    guardian: str
    fingerprint: str
    etag: str
    until: datetime

    @classmethod
    def of_row(cls, row: tuple[str, str, str, str, str, str]) -> Self:
        """The letter as the ledger holds it."""
        name, week, guardian, fingerprint, etag, until = row
        moment = datetime.fromisoformat(until)
        return cls(name, Week.parse(week), guardian, fingerprint, etag, moment)
