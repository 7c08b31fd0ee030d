"""Writing a file so that a kill at any instant leaves the old one or the new one, whole."""

import contextlib
import glob
import os
import tempfile
import time
from pathlib import Path

STALE_SECONDS = 86_400  # no write of ours takes a day: what is older was left by a kill


def write_whole(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Write `data` to `path` through a temporary file in the same folder.

    The file has `mode` from its creation on, and is on the disk when this returns. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beginning = f".part-{path.name}-"
    _sweep(path.parent, beginning)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=beginning)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _keep_folder(path.parent)


def _sweep(folder: Path, beginning: str) -> None:
    """Remove what earlier writes of the same file left when they were killed."""
    for path in folder.glob(f"{glob.escape(beginning)}*"):
        with contextlib.suppress(FileNotFoundError):  # another writer has just finished with it
            if path.stat().st_mtime < time.time() - STALE_SECONDS:
                path.unlink()


def _keep_folder(folder: Path) -> None:
    """Make the renaming itself durable, where the system can."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
