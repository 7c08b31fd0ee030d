"""Renditions of earlier builds, so that no photo is drawn twice; hidden from whoever looks.

An entry is one sealed file. Its name says nothing and belongs to the original's digest and the
recipe: another original, or another recipe, is another entry. What was covered is noted in it: as
soon as something else is to be covered, the entry is as good as none and is replaced.
"""

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lichtbrief.errors import LichtbriefError
from lichtbrief.files import write_whole
from lichtbrief.media.bounds import USUAL, Bounds
from lichtbrief.media.cover import Cover
from lichtbrief.media.film import Film
from lichtbrief.media.packing import pack, unpack
from lichtbrief.media.photo import Recipe, Renditions
from lichtbrief.media.pool import Original, Result, render_photos

KEPT_SECONDS = 30 * 86_400  # four weeks of letters and a holiday; then it is drawn again
MOST_BYTES = 2**30  # some 3,000 photos

SUFFIX = ".photo"
_OURS = re.compile(rf"(\.part-)?[a-z2-7]{{26}}{re.escape(SUFFIX)}(-\w+)?")


class Vault(Protocol):
    """Hides what is kept: without its key, neither names nor contents say anything."""

    def name(self, *fields: str) -> str:
        """26 characters `a-z2-7`: the same for the same fields."""
        ...

    def seal(self, name: str, data: bytes) -> bytes:
        """`data`, to be opened under this name only."""
        ...

    def open(self, name: str, sealed: bytes) -> bytes:
        """What was sealed under this name; LichtbriefError when a single bit is wrong."""
        ...


@dataclass(frozen=True, slots=True)
class RenditionCache:
    """A folder of sealed renditions by one recipe; safe under two runs at once and under a kill."""

    folder: Path
    vault: Vault
    recipe: str
    bounds: Bounds = USUAL

    def render(
        self, photos: Mapping[str, Original], executor: Executor, done: Callable[[], None]
    ) -> dict[str, Result]:
        """The renditions of `photos` (by digest): those not kept yet are drawn, and kept.

        Each is kept as soon as it is drawn, so a run that is killed is gone on with. `done` is
        called after each photo. Raises as `render_photos` does, and OSError when one cannot be
        kept.
        """
        results: dict[str, Result] = {}
        for digest, photo in photos.items():
            if isinstance(found := self.find(digest, photo.cover), Renditions):
                results[digest] = found
                done()

        def keep(result: Result) -> None:
            if isinstance(result, Renditions):
                self.keep(result)
            done()

        missing = [digest for digest in photos if digest not in results]
        originals = [photos[digest] for digest in missing]
        drawn = render_photos(originals, executor, keep, Recipe(self.recipe), self.bounds)
        return results | dict(zip(missing, drawn, strict=True))

    def find(self, digest: str, cover: Cover = ()) -> Renditions | Film | None:
        """What was made of this original with just this cover, or None; damaged is none, too."""
        name = self._name(digest)
        path = self._path(name)
        try:
            found = unpack(self.vault.open(name, path.read_bytes()))
            os.utime(path)
        except (OSError, LichtbriefError):
            return None
        covered = found.cover if isinstance(found, Renditions) else ()
        return found if covered == cover else None

    def keep(self, made: Renditions | Film) -> None:
        """Keep these under the digest of what was really drawn; raises OSError."""
        name = self._name(made.original)
        write_whole(self._path(name), self.vault.seal(name, pack(made)))

    def forget(self, digests: Collection[str]) -> None:
        """Remove what is kept of these originals; raises OSError."""
        for digest in digests:
            self._path(self._name(digest)).unlink(missing_ok=True)

    def prune(self, now: float) -> None:
        """Remove what was not used for 30 days, and the longest unused above 1 GiB.

        `now` is in seconds since 1970. What a kill left half written is treated alike.
        """
        room = MOST_BYTES
        for used, size, path in sorted(self._entries(), reverse=True):
            room -= size
            if room < 0 or used < now - KEPT_SECONDS:
                path.unlink(missing_ok=True)

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """When each entry was last used, its bytes, and where it is."""
        for path in self.folder.glob("*"):
            # Another run may have removed it since it was listed.
            if _OURS.fullmatch(path.name) and path.is_file():
                try:
                    status = path.stat()
                except FileNotFoundError:
                    continue
                yield status.st_mtime, status.st_size, path

    def _name(self, digest: str) -> str:
        return self.vault.name(self.recipe, digest)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{SUFFIX}"
