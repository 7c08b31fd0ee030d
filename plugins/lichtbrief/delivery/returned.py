"""What the ledger knows of mails that came back, and whose address the office has given up.

An address stands here as a keyed mark only. A bounce counts against the address that it was of:
once the office has written another into the roster, nothing here is about it.
"""

import sqlite3
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from lichtbrief.delivery.bounces import Kind
from lichtbrief.delivery.database import translated
from lichtbrief.delivery.states import State

IN_A_ROW = 3
"""As many mails without delivery say as much about an address as one plain refusal."""


@dataclass(frozen=True, slots=True)
class Bounced:
    """A mail that came back: whose, of which occasion, why, and of which address."""

    guardian: str
    week: str
    kind: Kind
    code: str
    mark: str


@dataclass(frozen=True, slots=True)
class Returned:
    """The returned mails of the ledger behind this connection; raises as a ledger does."""

    connection: sqlite3.Connection
    clock: Callable[[], datetime]

    def note(self, bounced: Bounced) -> bool:
        """Write one down; False when it is known already."""
        row = (bounced.week, bounced.guardian, bounced.kind, bounced.code, bounced.mark)
        return self._run("INSERT OR IGNORE INTO bounced VALUES (?, ?, ?, ?, ?)", *row).rowcount == 1

    def all(self) -> tuple[Bounced, ...]:
        """Every one, by guardian and week."""
        rows = self._run(
            "SELECT guardian, week, kind, code, mark FROM bounced ORDER BY guardian, week, kind"
        )
        return tuple(Bounced(who, week, Kind(kind), *rest) for who, week, kind, *rest in rows)

    def people(self) -> frozenset[str]:
        """Every guardian of whom anything stands here."""
        rows = self._run("SELECT guardian FROM bounced UNION SELECT guardian FROM given_up")
        return frozenset(guardian for (guardian,) in rows)

    def lasting(self, marks: Collection[str]) -> tuple[Bounced, ...]:
        """For each address (by its mark) that will not do: the bounce that says so.

        A hard one or a complaint says it at once, a soft one when the last three mails that were
        sent, of weeks or of days, have all come back.
        """
        found = [one for one in self.all() if one.mark in marks]
        chosen: dict[str, Bounced] = {}
        for one in found:
            if one.kind is not Kind.SOFT or self._is_in_a_row(one.guardian, found):
                chosen.setdefault(one.guardian, one)
        return tuple(chosen.values())

    def _is_in_a_row(self, guardian: str, found: Collection[Bounced]) -> bool:
        rows = self._run(
            "SELECT week FROM recipients WHERE (guardian, state) = (?, ?)"
            " AND week NOT GLOB '*-W??-[0-9]*'"  # a fresh link says nothing new of the address
            " ORDER BY substr(week, 1, 8) DESC, changed_at DESC, week DESC LIMIT ?",
            *(guardian, State.SENT, IN_A_ROW),
        )
        sent = {str(week) for (week,) in rows}
        back = {one.week for one in found if one.guardian == guardian}
        return len(sent) == IN_A_ROW and sent <= back

    def give_up(self, guardian: str, mark: str, by: str) -> None:
        """Note that nothing more is mailed to this guardian at this address."""
        at = self.clock().astimezone(UTC).isoformat(timespec="seconds")
        self._run("INSERT OR REPLACE INTO given_up VALUES (?, ?, ?, ?)", guardian, mark, by, at)

    def try_again(self, guardian: str) -> bool:
        """Forget that, and what came back; False when there was nothing to forget."""
        gone = self._run("DELETE FROM given_up WHERE guardian = ?", guardian).rowcount
        return self._run("DELETE FROM bounced WHERE guardian = ?", guardian).rowcount + gone > 0

    def given_up(self, marks: Collection[str]) -> frozenset[str]:
        """The guardians whose present address, by its mark, was given up."""
        rows = self._run("SELECT guardian, mark FROM given_up")
        return frozenset(guardian for guardian, mark in rows if mark in marks)

    def _run(self, statement: str, *values: object) -> sqlite3.Cursor:
        with translated():
            return self.connection.execute(statement, values)
