"""Digests of files, computed once for as long as a file stays the same; kept between two runs."""

import hashlib
import json
import time
from functools import lru_cache
from os import stat_result
from pathlib import Path
from typing import NamedTuple

from lichtbrief.errors import LichtbriefError
from lichtbrief.files import write_whole
from lichtbrief.media.cache import Vault

NAME = "digests"
SETTLED_NS = 2_000_000_000
"""A file that was changed later than this before it was read is read again in the next run.

Two writes within one tick of the file system's clock cannot be told apart (the reasoning is that
of git's documentation, "racy-git"); FAT has the longest tick, two seconds.
"""


class _Status(NamedTuple):
    """What changes with a file: bytes, both times in ns, and the inode."""

    size: int
    modified: int
    changed: int
    inode: int


def digest(path: Path) -> str:
    """SHA-256 (64 hex digits) of a file's bytes; raises OSError.

    Remembered in this process by path, size, both times (ns) and inode: whoever replaces or
    edits a file changes one of these.
    """
    return _digest(path, *_status(path.stat()))


def _status(found: stat_result) -> _Status:
    return _Status(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


@lru_cache(maxsize=100_000)
def _digest(path: Path, *_: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Digests:
    """The digests of earlier runs, in one sealed file: it names files, so nobody may read it.

    A file that is damaged, or sealed with another key, is as good as none. Whatever is remembered
    here, no other photo can come of it: renditions carry the digest of the very bytes that were
    drawn, and one that is not what was decided on is refused.
    """

    def __init__(self, path: Path, vault: Vault) -> None:
        self._path = path
        self._vault = vault
        self._name = vault.name(NAME)
        self._known = self._read()
        self._is_new = False

    def of(self, path: Path) -> str:
        """SHA-256 (64 hex digits) of a file's bytes, read only when it changed; raises OSError."""
        status = _status(path.stat())
        known = self._known.get(str(path))
        if known is not None and known[0] == status:
            return known[1]
        started = time.time_ns()
        found = _digest(path, *status)
        if max(status.modified, status.changed) < started - SETTLED_NS:
            self._known[str(path)] = status, found
            self._is_new = True
        return found

    def keep(self) -> None:
        """Write what was learnt, without the files that are gone; raises OSError."""
        if self._is_new:
            kept = {path: entry for path, entry in self._known.items() if Path(path).exists()}
            data = json.dumps(kept, separators=(",", ":")).encode()
            write_whole(self._path, self._vault.seal(self._name, data))
            self._is_new = False

    def forget(self) -> None:
        """Know nothing from now on, nor in the next run; raises OSError."""
        self._known.clear()
        self._path.unlink(missing_ok=True)

    def _read(self) -> dict[str, tuple[_Status, str]]:
        try:
            kept = json.loads(self._vault.open(self._name, self._path.read_bytes()))
            return {path: (_Status(*status), found) for path, (status, found) in kept.items()}
        except (OSError, LichtbriefError, ValueError, TypeError):
            return {}
