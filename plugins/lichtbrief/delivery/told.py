"""What the readers who get a mail on every day with news have been told of, and in which mails.

What can be told is known by a mark (a string that names nobody). A mail counts when it has gone
out: what one told that did not is news still.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from lichtbrief.delivery.database import transaction, translated
from lichtbrief.delivery.rounds import WEEK_LENGTH, parse_occasion
from lichtbrief.delivery.states import State
from lichtbrief.editions import Week

KEPT = timedelta(weeks=6)  # longer than links and the holidays within a year


@dataclass(frozen=True, slots=True)
class Had:
    """What a guardian's mails have told: these marks, and everything of these weeks."""

    marks: frozenset[str] = frozenset()
    weeks: frozenset[Week] = frozenset()


NOTHING_HAD = Had()


@dataclass(frozen=True, slots=True)
class Told:
    """What was told, in the ledger behind this connection; raises as a ledger does."""

    connection: sqlite3.Connection

    def note(self, occasion: Week, day: date, marks: Mapping[str, Collection[str]]) -> None:
        """Write down what each guardian's mail of that occasion tells, before it goes; see `Had`.

        A mail that perhaps went out keeps what it told then. What was noted long ago is forgotten.
        """
        rows = [(str(occasion), who, str(day), json.dumps(sorted(marks[who]))) for who in marks]
        with translated(), transaction(self.connection):
            self.connection.executemany(
                "INSERT INTO told VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE"
                " SET day = excluded.day, marks = excluded.marks WHERE (week, guardian) NOT IN"
                " (SELECT week, guardian FROM recipients WHERE state IN ('sent', 'uncertain'))",
                rows,
            )
            self.connection.execute("DELETE FROM told WHERE day < ?", (str(day - KEPT),))

    def had(
        self, guardians: Collection[str], since: Week, now: Week, *, holds: bool = False
    ) -> Mapping[str, Had]:
        """What these have been told since that week; of a mail without marks, its whole week.

        With `holds` also by mails that perhaps went out, but for the occasion of `now`.
        """
        rows = self._run(
            "SELECT week, guardian, marks FROM recipients LEFT JOIN told USING (week, guardian)"
            " WHERE week >= ? AND guardian IN (SELECT value FROM json_each(?))"
            " AND week NOT GLOB '*-W??-[0-9]*'"  # a further round tells no news
            " AND (state = ? OR (? AND state = ? AND week != ?))",
            *(str(since), json.dumps(sorted(guardians))),
            *(State.SENT, holds, State.UNCERTAIN, str(now)),
        )
        marks, weeks = defaultdict[str, set[str]](set), defaultdict[str, set[Week]](set)
        for occasion, guardian, told in rows:
            if told is None:
                weeks[guardian].add(Week.parse(occasion[:WEEK_LENGTH]))
            else:
                marks[guardian].update(json.loads(told))
        everybody = marks.keys() | weeks.keys()
        return {who: Had(frozenset(marks[who]), frozenset(weeks[who])) for who in everybody}

    def on(self, day: date) -> frozenset[str]:
        """The guardians to whom a mail with news has gone out on that day."""
        rows = self._run(
            "SELECT guardian FROM told JOIN recipients USING (week, guardian)"
            " WHERE (day, state) = (?, ?)",
            *(str(day), State.SENT),
        )
        return frozenset(guardian for (guardian,) in rows)

    def mailed(self, week: Week) -> frozenset[str]:
        """The guardians to whom any mail of that week has gone out."""
        rows = self._run(
            "SELECT guardian FROM recipients WHERE (substr(week, 1, ?), state) = (?, ?)",
            *(WEEK_LENGTH, str(week), State.SENT),
        )
        return frozenset(guardian for (guardian,) in rows)

    def occasions(self, since: Week, until: Week) -> tuple[Week, ...]:
        """The weeks and days with recipients from one week up to and with another, in order."""
        rows = self._run(
            "SELECT DISTINCT week FROM recipients WHERE week NOT GLOB '*-W??-[0-9]*' AND"
            " substr(week, 1, ?) BETWEEN ? AND ? ORDER BY week",
            *(WEEK_LENGTH, Week.__str__(since), Week.__str__(until)),
        )
        return tuple(parse_occasion(name) for (name,) in rows)

    def _run(self, statement: str, *values: object) -> sqlite3.Cursor:
        with translated():
            return self.connection.execute(statement, values)
