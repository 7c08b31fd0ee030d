"""Faces of earlier runs, so that an unchanged photo is not searched for them again."""

import json
import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Executor, Future, as_completed
from pathlib import Path

from lichtbrief.consent import Region
from lichtbrief.errors import LichtbriefError
from lichtbrief.files import write_whole
from lichtbrief.media.bounds import USUAL, Bounds
from lichtbrief.media.cache import KEPT_SECONDS, Vault
from lichtbrief.media.faces import Faces, attempt_faces
from lichtbrief.media.unreadable import UnreadablePhoto

NAME = "faces 1"
"""Change the number with whatever finds other faces in the same photo."""

STEP = 50
"""Photos after which what was found is written: a run that is killed loses no more."""

_DAY = 86_400


class FaceCounts:
    """Where there are faces in the photos of earlier runs, by digest, in one sealed file.

    A file that is damaged, or sealed with another key, is as good as none. A photo is forgotten
    when nobody asked about it for 30 days.
    """

    def __init__(self, path: Path, vault: Vault, bounds: Bounds = USUAL) -> None:
        self._path = path
        self._vault = vault
        self._bounds = bounds
        self._name = vault.name(NAME)
        self._today = int(time.time() // _DAY)
        self._known = self._read()

    def look(
        self, photos: Mapping[str, Path], executor: Executor, done: Callable[[], None]
    ) -> dict[str, Faces | UnreadablePhoto]:
        """The faces in `photos` (paths by digest), searched now where they were not before.

        `done` is called after each photo. What it raises, and Ctrl-C, end it at once; what was
        found is kept. Raises LichtbriefError when faces cannot be counted, and when a photo is
        another one by now; OSError when nothing can be kept.
        """
        found: dict[str, Faces | UnreadablePhoto] = {}
        for digest in photos.keys() & self._known.keys():
            self._known[digest] = self._today, self._known[digest][1]
            found[digest] = Faces(self._known[digest][1], digest)
            done()
        futures: dict[Future[Faces | UnreadablePhoto], str] = {}
        try:
            for digest in photos.keys() - found.keys():
                task = executor.submit(attempt_faces, photos[digest], self._bounds)
                futures[task] = digest
            for number, future in enumerate(as_completed(futures), 1):
                found[futures[future]] = self._learn(futures[future], future.result())
                done()
                if number % STEP == 0:
                    self.keep()
        finally:
            for future in futures:
                future.cancel()
            self.keep()
        return found

    def _learn(self, digest: str, result: Faces | UnreadablePhoto) -> Faces | UnreadablePhoto:
        if isinstance(result, Faces):
            if result.original != digest:
                hint = "run it again, when nobody is editing"
                raise LichtbriefError("a photo was replaced while its faces were counted", hint)
            self._known[digest] = self._today, result.boxes
        return result

    def forget(self, digests: Collection[str]) -> None:
        """Know nothing of these photos any more."""
        for digest in digests:
            self._known.pop(digest, None)

    def keep(self) -> None:
        """Write what is known; raises OSError."""
        oldest = self._today - KEPT_SECONDS // _DAY
        kept = {digest: entry for digest, entry in self._known.items() if entry[0] >= oldest}
        if kept != self._read():
            data = json.dumps(kept, separators=(",", ":")).encode()
            write_whole(self._path, self._vault.seal(self._name, data))

    def _read(self) -> dict[str, tuple[int, tuple[Region, ...]]]:
        try:
            kept = json.loads(self._vault.open(self._name, self._path.read_bytes()))
            return {
                digest: (int(day), tuple(Region(*map(float, box)) for box in boxes))
                for digest, (day, boxes) in kept.items()
            }
        except (OSError, LichtbriefError, ValueError, TypeError, AttributeError):
            return {}
