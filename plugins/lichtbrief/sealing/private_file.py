"""A file for its owner only: refused when others can reach it, written by one at a time."""

import fcntl
import os
import shlex
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lichtbrief.errors import LichtbriefError

LARGEST = 65_536
FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def read_private(path: Path) -> bytes | None:
    """The file's bytes, or None when there is no such file.

    Raises LichtbriefError when group or others may do anything with it, and for anything that is
    not a plain file of at most 64 KiB.
    """
    try:
        # A pipe of that name must not make us wait for its other end.
        with open(
            path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)
        ) as file:
            _check(path, os.fstat(file.fileno()))
            return file.read(LARGEST)
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = error.strerror
    raise LichtbriefError(f"{path} cannot be read: {reason}", "look at the file and its folder")


def _check(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
        raise LichtbriefError(f"{path} is not a small plain file", "give the path of a key ring")
    if status.st_mode & FOR_OTHERS:
        mode = stat.S_IMODE(status.st_mode)
        raise LichtbriefError(
            f"{path} is open to others (mode {mode:04o})", f"chmod 600 {shlex.quote(str(path))}"
        )


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let one writer at a time into the folder of `path`, which is made when missing.

    A process that is killed lets go of it. LichtbriefError when the system refuses to write.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)
    except OSError as error:
        what = f"{path} cannot be written: {error.strerror}"
        raise LichtbriefError(what, "look at the folder's owner and space") from error
