"""What was sent to whom and which letters lie in the store: ids, states and moments only.

No address, link, key or name is ever written here; guardians are their roster ids.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from lichtbrief.delivery.copies import Copies
from lichtbrief.delivery.database import open_database, transaction, translated
from lichtbrief.delivery.returned import Returned
from lichtbrief.delivery.rounds import Round
from lichtbrief.delivery.rows import Mark, StoredLetter, Unsent
from lichtbrief.delivery.states import DUE, State, before
from lichtbrief.delivery.told import Told
from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError


def utc_now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


DAY_S = 86_400


class Ledger:
    """The ledger at `path`, held by this job alone until it is closed.

    Raises LichtbriefError when it is in use, damaged or of another version, and from every method
    when the disk refuses. Each change is on the disk when its method returns.
    """

    def __init__(self, path: Path, clock: Callable[[], datetime] = utc_now) -> None:
        self._connection = open_database(path)
        self._clock = clock

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file, so that another job may have it."""
        with translated():
            self._connection.close()

    @property
    def returned(self) -> Returned:
        """The mails that came back, and the addresses that were given up."""
        return Returned(self._connection, self._clock)

    @property
    def told(self) -> Told:
        """What those who get a mail on every day with news have been told."""
        return Told(self._connection)

    @property
    def copies(self) -> Copies:
        """The copies of this ledger that are kept elsewhere."""
        return Copies(self._connection, self._clock)

    @property
    def is_empty(self) -> bool:
        """Whether nobody was ever to be mailed and no letter was ever stored."""
        return not self._run("SELECT 1 FROM recipients UNION SELECT 1 FROM letters").fetchall()

    def freeze(self, week: Week, guardians: Iterable[str]) -> None:
        """Fix who gets this week: new ones are pending, those already there stay as they are."""
        now = self._now()
        rows = [(str(week), guardian, State.PENDING, now) for guardian in guardians]
        with translated(), transaction(self._connection):
            self._connection.executemany(
                "INSERT INTO recipients (week, guardian, state, changed_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                rows,
            )
            self._connection.execute(
                "INSERT OR REPLACE INTO frozen SELECT ?1, count(*) FROM recipients WHERE week = ?1",
                (str(week),),
            )

    def recover(self, week: Week) -> int:
        """Turn what a killed run left as `sending` into `uncertain`; how many there were."""
        return self._run(
            "UPDATE recipients SET state = ?, changed_at = ? WHERE week = ? AND state = ?",
            (State.UNCERTAIN, self._now(), str(week), State.SENDING),
        ).rowcount

    def due(self, week: Week) -> tuple[str, ...]:
        """The guardians to send to now: pending ones first, then retry, then uncertain, by id."""
        rows = self._run(
            "SELECT state, guardian FROM recipients WHERE week = ? ORDER BY guardian", (str(week),)
        )
        found = [(State(state), guardian) for state, guardian in rows]
        return tuple(guardian for state in DUE for known, guardian in found if known is state)

    def mark(
        self,
        week: Week,
        guardian: str,
        state: State,
        words: str = "",
        *,
        message_id: str | None = None,
    ) -> None:
        """Write what became of one guardian's mail; see `mark_all`."""
        self.mark_all(week, [Mark(guardian, state, words, message_id)])

    def mark_all(self, week: Week, marks: Iterable[Mark]) -> None:
        """Write what became of several mails: all of it is on the disk then, or nothing.

        Raises LichtbriefError for a guardian who was not frozen, and for a state that may not
        follow the present one.
        """
        with translated(), transaction(self._connection):
            for mark in marks:
                self._mark(str(week), mark)

    def _mark(self, week: str, mark: Mark) -> None:
        trying = int(mark.state is State.SENDING)
        changed = self._run(
            "UPDATE recipients SET state = ?, attempts = attempts + ?, changed_at = ?, words = ?,"
            " message_id = coalesce(?, message_id) WHERE week = ? AND guardian = ?"
            " AND state IN (SELECT value FROM json_each(?))",
            (
                *(mark.state, trying, self._now(), mark.words, mark.message_id),
                *(week, mark.guardian, json.dumps(before(mark.state))),
            ),
        )
        if changed.rowcount != 1:
            raise LichtbriefError(
                f"the ledger cannot mark {mark.guardian} in {week} as {mark.state}",
                "freeze the recipients first; a mail that was sent stays sent",
            )
        if trying:
            self._run("INSERT INTO handed VALUES (?)", (self._clock().timestamp(),))

    def handed_of_last_day(self) -> tuple[float, ...]:
        """When mails were handed over in the last 24 hours (seconds since 1970); forgets others."""
        self._run("DELETE FROM handed WHERE at < ?", (self._clock().timestamp() - DAY_S,))
        return tuple(at for (at,) in self._run("SELECT at FROM handed ORDER BY at"))

    def twice(self, week: Week) -> tuple[str, ...]:
        """The guardians whose mail went out and perhaps had before: words stand beside `sent`."""
        rows = self._run(
            "SELECT guardian FROM recipients WHERE (week, state) = (?, ?) AND words != ''"
            " ORDER BY guardian",
            (str(week), State.SENT),
        )
        return tuple(guardian for (guardian,) in rows)

    def counts(self, week: Week) -> Mapping[State, int]:
        """How many recipients of the week are in each state; the sum is the frozen number."""
        rows = self._run(
            "SELECT state, count(*) FROM recipients WHERE week = ? GROUP BY state", (str(week),)
        )
        return dict.fromkeys(State, 0) | {State(state): number for state, number in rows}

    def frozen(self, week: Week) -> int:
        """How many recipients of the week were fixed before the first mail went."""
        rows = self._run("SELECT recipients FROM frozen WHERE week = ?", (str(week),))
        return next((number for (number,) in rows), 0)

    def states(self, week: Week) -> Mapping[str, State]:
        """Every recipient of the week and how far their mail is."""
        rows = self._run("SELECT guardian, state FROM recipients WHERE week = ?", (str(week),))
        return {guardian: State(state) for guardian, state in rows}

    def first_sent(self, since: datetime) -> Mapping[str, str]:
        """By guardian the first week (or round of one) that was mailed from `since` on (aware)."""
        rows = self._run(
            "SELECT guardian, min(week) FROM recipients WHERE state = ? AND changed_at >= ?"
            " GROUP BY guardian",
            (State.SENT, since.astimezone(UTC).isoformat(timespec="seconds")),
        )
        return dict(rows.fetchall())

    def unsent(self, week: Week) -> tuple[Unsent, ...]:
        """Whom somebody should look after: failed, retry and uncertain, by guardian."""
        troubles = json.dumps([State.FAILED, State.RETRY, State.UNCERTAIN])
        rows = self._run(
            "SELECT guardian, state, words FROM recipients WHERE week = ?"
            " AND state IN (SELECT value FROM json_each(?)) ORDER BY guardian",
            (str(week), troubles),
        )
        return tuple(Unsent(guardian, State(state), words) for guardian, state, words in rows)

    def waiting(self, week: Week) -> Mapping[Week, int]:
        """How many recipients of each week before `week` are due still: a run that never ended."""
        due = json.dumps([*DUE, State.SENDING])
        rows = self._run(
            "SELECT week, count(*) FROM recipients WHERE week < ? AND week GLOB '????-W??'"
            " AND state IN (SELECT value FROM json_each(?)) GROUP BY week ORDER BY week",
            (str(week), due),
        )
        return {Week.parse(earlier): count for earlier, count in rows}

    def round(self, week: Week) -> Round:
        """The further round of a week to go on with: the last if it is not over, else a new one."""
        rows = self._run(
            "SELECT week, sum(state IN (SELECT value FROM json_each(?))) FROM recipients"
            " WHERE week GLOB ? GROUP BY week",
            (json.dumps([*DUE, State.SENDING]), f"{week}-[0-9]*"),
        )
        due = {int(name.rpartition("-")[2]): count for name, count in rows}
        last = max(due, default=0)
        return Round(week.year, week.number, last if due.get(last) else last + 1)

    def known(self, name: str) -> StoredLetter | None:
        """The stored letter of that object name, or None."""
        rows = self._run("SELECT * FROM letters WHERE name = ?", (name,))
        return next(map(StoredLetter.of_row, rows), None)

    def letters(self) -> tuple[StoredLetter, ...]:
        """Every letter in the store, by name."""
        return tuple(map(StoredLetter.of_row, self._run("SELECT * FROM letters ORDER BY name")))

    def remember(self, letter: StoredLetter) -> None:
        """Note that a letter lies in the store, in place of an earlier one of the same name."""
        week, until = str(letter.week), letter.until.astimezone(UTC).isoformat()
        self._run(
            "INSERT OR REPLACE INTO letters VALUES (?, ?, ?, ?, ?, ?)",
            (letter.name, week, letter.guardian, letter.fingerprint, letter.etag, until),
        )

    def forget(self, name: str) -> None:
        """Note that a letter no longer lies in the store; nothing when it was not known."""
        self._run("DELETE FROM letters WHERE name = ?", (name,))

    def _now(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="seconds")

    def _run(self, statement: str, values: tuple[object, ...] = ()) -> sqlite3.Cursor:
        with translated():
            return self._connection.execute(statement, values)
