"""Digests of files, computed once for as long as the file stays the same."""

import hashlib
from functools import lru_cache
from pathlib import Path


def digest(path: Path) -> str:
    """SHA-256 (64 hex digits) of a file's bytes; raises OSError.

    Remembered in this process by path, size, both times (ns) and inode: whoever replaces or
    edits a file changes one of these.
    """
    stat = path.stat()
    return _digest(path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


@lru_cache(maxsize=100_000)
def _digest(path: Path, *_: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
