"""Whom photos name, remembered between two runs: an unchanged photo is not opened for it again."""

import json
from dataclasses import astuple
from pathlib import Path

from lichtbrief.errors import LichtbriefError
from lichtbrief.files import write_whole
from lichtbrief.media.cache import Vault
from lichtbrief.media.in_file import UNREADABLE, InFile, read_in_file
from lichtbrief.media.xmp import Box, Noted

KEPT = 50_000


class NamesInFiles:
    """Whom the photos of earlier runs name, by digest, in one sealed file: nobody may read it.

    A file that is damaged, or sealed with another key, is as good as none.
    """

    def __init__(self, path: Path, vault: Vault) -> None:
        self._path = path
        self._vault = vault
        self._name = vault.name("names in files")
        self._known = self._read()
        self._is_new = False

    def of(self, path: Path, sha256: str) -> InFile:
        """Whom the photo of this digest names; it is opened the first time only."""
        known = self._known.pop(sha256, None)
        if known is None:
            known = read_in_file(path, sha256)
            if known is UNREADABLE:  # perhaps only because it was just being copied
                return known
            self._is_new = True
        self._known[sha256] = known
        return known

    def keep(self) -> None:
        """Write what was learnt, of the 50,000 photos that were asked for last; raises OSError."""
        if self._is_new:
            last = dict(list(self._known.items())[-KEPT:])
            data = json.dumps({sha256: _packed(one) for sha256, one in last.items()}).encode()
            write_whole(self._path, self._vault.seal(self._name, data))
            self._is_new = False

    def forget(self) -> None:
        """Know nothing from now on, nor in the next run; raises OSError."""
        self._known.clear()
        self._path.unlink(missing_ok=True)

    def _read(self) -> dict[str, InFile]:
        try:
            kept = json.loads(self._vault.open(self._name, self._path.read_bytes()))
            return {sha256: _unpacked(noted) for sha256, noted in kept.items()}
        except (OSError, LichtbriefError, ValueError, TypeError, AttributeError):
            return {}


def _packed(one: InFile) -> list[tuple[str, tuple[float, ...]]]:
    return [(noted.name, astuple(noted.box) if noted.box else ()) for noted in one.noted]


def _unpacked(kept: list[tuple[str, list[float]]]) -> InFile:
    return InFile(tuple(Noted(name, Box(*box) if box else None) for name, box in kept))
