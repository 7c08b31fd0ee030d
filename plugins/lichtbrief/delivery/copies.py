"""The whole ledger as bytes, to be kept elsewhere and put back on a machine that has none.

A copy is SQLite's own file, compressed: whatever the ledger holds goes with it. Every copy has a
number and a token, noted in the ledger before the copy is made: so a ledger can tell a copy that
was made of it from one that was not.
"""

import json
import secrets
import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime

from lichtbrief.delivery.database import DAMAGED, is_new, make_tables, translated
from lichtbrief.delivery.states import State
from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError

# Read and write version (https://sqlite.org/fileformat2.html 1.3.3): 2 is WAL, which no database
# in memory can have, 1 is not.
VERSIONS = slice(18, 20)
TOKEN_BYTES = 16


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy as the ledger notes it: its number, its token, and when (aware) it was made."""

    number: int
    token: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies of the ledger behind this connection; raises LichtbriefError as a ledger does."""

    connection: sqlite3.Connection
    clock: Callable[[], datetime]

    def newest(self) -> Snapshot | None:
        """The last copy that was made of this ledger, or that it was made from."""
        return _newest(self.connection)

    def make(self, week: Week | None = None, coming: Collection[str] = ()) -> tuple[int, bytes]:
        """Note a further copy and make it: its number, one more than the last, and its bytes.

        In the copy those of the `week` who are `coming` to be mailed are being sent to already:
        whoever has nothing but the copy cannot know how many of them have their mail.
        """
        last = self.newest()
        number, at = last.number + 1 if last else 1, self.clock().isoformat(timespec="seconds")
        row = (number, secrets.token_hex(TOKEN_BYTES), at)
        with translated():
            self.connection.execute("INSERT INTO snapshots VALUES (?, ?, ?)", row)
            self.connection.execute("BEGIN EXCLUSIVE")
            try:
                self.connection.execute(
                    "UPDATE recipients SET state = ? WHERE week = ?"
                    " AND guardian IN (SELECT value FROM json_each(?))",
                    (State.SENDING, str(week), json.dumps([*coming])),
                )
                data = bytearray(self.connection.serialize())
            finally:
                self.connection.rollback()
        data[VERSIONS] = b"\1\1"
        return number, zlib.compress(data)

    def has(self, snapshot: Snapshot) -> bool:
        """Whether this ledger is the one that the copy was made of, or has come from it."""
        with translated():
            found = self.connection.execute(
                "SELECT count(*) FROM snapshots WHERE (number, token) = (?, ?)",
                (snapshot.number, snapshot.token),
            )
            return bool(found.fetchone()[0])

    def forget_before(self, number: int) -> None:
        """Forget the copies with a lower number: nobody will ask for them any more."""
        with translated():
            self.connection.execute("DELETE FROM snapshots WHERE number < ?", (number,))

    def put_back(self, copy: bytes) -> None:
        """Hold what the copy holds, in place of everything that was here."""
        with translated(), _opened(copy) as source:
            source.backup(self.connection)
            make_tables(self.connection)


def snapshot_in(copy: bytes) -> Snapshot:
    """Which copy these bytes are; raises LichtbriefError when they are none of this version."""
    with translated(), _opened(copy) as connection:
        found = _newest(connection)
    if found is None:
        raise LichtbriefError(*DAMAGED)
    return found


def _newest(connection: sqlite3.Connection) -> Snapshot | None:
    with translated():
        row = connection.execute("SELECT * FROM snapshots ORDER BY number DESC").fetchone()
    return Snapshot(row[0], row[1], datetime.fromisoformat(row[2])) if row else None


@contextmanager
def _opened(copy: bytes) -> Iterator[sqlite3.Connection]:
    """The copy as a database in memory, which is a ledger of this version."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        try:
            data = zlib.decompress(copy)
        except zlib.error:
            data = b""
        if not data:
            raise LichtbriefError(*DAMAGED)
        connection.deserialize(data)
        if is_new(connection):
            raise LichtbriefError(*DAMAGED)
        yield connection
