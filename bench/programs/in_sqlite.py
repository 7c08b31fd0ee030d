"""The same decision as a school with a database might take it: one SQL query for each photo.

It knows fewer rules (no disputes, no forms, no school years); on this roster they change nothing.
"""

import csv
import json
import sqlite3
from pathlib import Path

from bench.board import NOW, Photo

TABLES = {
    "memberships": ('pupil, "group", since, until', "pupil"),
    "relations": ("guardian, pupil, decides, reads, since, until", "pupil"),
    "consents": (
        "pupil, guardian, audience, kind, decision, said_at, recorded_at, source, form, by",
        "pupil, audience, kind, guardian",
    ),
    "blocks": ("pupil, kind, since, until, by", "pupil"),
}
REFUSED = """
WITH people AS (SELECT value AS pupil FROM json_each(:people)),
heard AS (
  SELECT c.pupil, c.guardian, c.decision, ROW_NUMBER() OVER (
    PARTITION BY c.pupil, c.guardian ORDER BY c.said_at DESC, c.decision = 'yes') AS place
  FROM people CROSS JOIN consents c USING (pupil) CROSS JOIN relations r USING (pupil, guardian)
  WHERE c.audience = :audience AND c.kind = 'photo' AND r.decides = 'yes'
    AND CASE c.decision WHEN 'yes' THEN max(c.said_at, c.recorded_at)
        ELSE min(c.said_at, c.recorded_at) END <= :now
)
SELECT EXISTS (SELECT 1 FROM people WHERE
  NOT EXISTS (SELECT 1 FROM memberships m WHERE m.pupil = people.pupil
    AND m.since <= :day AND (m.until = '' OR :day < m.until))
  OR EXISTS (SELECT 1 FROM blocks b WHERE b.pupil = people.pupil AND b.since <= :now)
  OR EXISTS (SELECT 1 FROM heard h WHERE h.pupil = people.pupil AND place = 1
    AND decision <> 'yes')
  OR NOT EXISTS (SELECT 1 FROM heard h WHERE h.pupil = people.pupil AND place = 1))
"""


class InSqlite:
    """A roster in a database in memory, with an index for what is asked."""

    def __init__(self, roster: Path) -> None:
        self._database = sqlite3.connect(":memory:")
        for name, (columns, index) in TABLES.items():
            self._database.execute(f"CREATE TABLE {name} ({columns})")
            with (roster / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                rows = csv.reader(file)
                marks = ",".join("?" * len(next(rows)))
                self._database.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
            self._database.execute(f"CREATE INDEX {name}_by ON {name} ({index})")

    def may(self, photo: Photo) -> bool:
        """Whether a photo may be shown."""
        asked = {
            "people": json.dumps(sorted(photo.declaration.people)),
            "audience": photo.audience,
            "day": photo.on.isoformat(),
            "now": NOW.isoformat(),
        }
        (refused,) = self._database.execute(REFUSED, asked).fetchone()
        return not refused
