"""The ledger's SQLite file: opened by one job at a time, checked, and made when there is none.

Version and ownership stand in the file's own header (`user_version`, `application_id`:
https://sqlite.org/fileformat2.html). One job at a time is SQLite's own exclusive locking mode: the
lock ends with the process, however that ends, and needs no second file.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lichtbrief.errors import LichtbriefError

APPLICATION = 0x4C425246  # "LBRF"
VERSION = 1
SCHEMA = (
    """CREATE TABLE IF NOT EXISTS recipients (
        week TEXT NOT NULL,
        guardian TEXT NOT NULL,
        state TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        changed_at TEXT NOT NULL,
        message_id TEXT,
        words TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (week, guardian)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS letters (
        name TEXT NOT NULL PRIMARY KEY,
        week TEXT NOT NULL,
        guardian TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        etag TEXT NOT NULL,
        until TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS frozen (
        week TEXT NOT NULL PRIMARY KEY,
        recipients INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS snapshots (
        number INTEGER NOT NULL PRIMARY KEY,
        token TEXT NOT NULL,
        made_at TEXT NOT NULL
    ) STRICT""",
    "CREATE TABLE IF NOT EXISTS handed (at REAL NOT NULL) STRICT",
    """CREATE TABLE IF NOT EXISTS bounced (
        week TEXT NOT NULL,
        guardian TEXT NOT NULL,
        kind TEXT NOT NULL,
        code TEXT NOT NULL,
        mark TEXT NOT NULL,
        PRIMARY KEY (week, guardian, kind)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS told (
        week TEXT NOT NULL,
        guardian TEXT NOT NULL,
        day TEXT NOT NULL,
        marks TEXT NOT NULL,
        PRIMARY KEY (week, guardian)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS given_up (
        guardian TEXT NOT NULL PRIMARY KEY,
        mark TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
)

# What is wrong, and what to do about it.
IN_USE = (
    "another job is using the ledger",
    "wait until it has ended, or end it: it goes on where it was",
)
DAMAGED = (
    "the ledger is damaged",
    "put its latest copy back; without one, move it away, but then everybody gets the mail again",
)
FOREIGN = (
    "the ledger's file belongs to another program",
    "move it away, or choose another state folder",
)


def open_database(path: Path) -> sqlite3.Connection:
    """The ledger's file at `path`, made with its folder when there is none, locked until closed.

    Raises LichtbriefError when it is in use, damaged, of another version or program, or when the
    disk refuses.
    """
    with translated():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        connection = sqlite3.connect(path, isolation_level=None, timeout=0)
        try:
            _prepare(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    """Take the lock, then make or check the tables."""
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    is_new(connection)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    make_tables(connection)
    if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
        raise LichtbriefError(*DAMAGED)


def make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables that are not there yet."""
    with transaction(connection):
        for statement in SCHEMA:
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")


def is_new(connection: sqlite3.Connection) -> bool:
    """Whether the file is still empty; refuses one that is not ours or not of this version."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if (application, version, tables) == (0, 0, 0):
        return True
    if application != APPLICATION:
        raise LichtbriefError(*FOREIGN)
    if version != VERSION:
        raise LichtbriefError(
            f"the ledger is of version {version}; this Lichtbrief writes version {VERSION}",
            "use the Lichtbrief that made it",
        )
    return False


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything inside or nothing of it; takes the write lock first."""
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


@contextmanager
def translated() -> Iterator[None]:
    """Turns SQLite's and the disk's errors into a LichtbriefError with a hint."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explained(getattr(error, "sqlite_errorname", type(error).__name__)) from error
    except OSError as error:
        raise _explained(type(error).__name__) from error


def _explained(name: str) -> LichtbriefError:
    """The words for SQLite's name of an error (https://sqlite.org/rescode.html)."""
    if name.startswith("SQLITE_BUSY"):
        return LichtbriefError(*IN_USE)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return LichtbriefError(*DAMAGED)
    return LichtbriefError(
        f"the ledger cannot be read or written ({name})",
        "look at the disk's free space and at the rights of the state folder",
    )
