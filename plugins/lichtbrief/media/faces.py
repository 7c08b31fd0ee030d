"""Counting faces: how many there are in a photo and where, never whose.

Nobody is recognised: a face is a box, and nothing else of it is looked at or kept.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lichtbrief.consent import Region
from lichtbrief.errors import LichtbriefError
from lichtbrief.media.bounds import USUAL, Bounds
from lichtbrief.media.cover import Cover, widened
from lichtbrief.media.photo import fit, upright_photo
from lichtbrief.media.unreadable import UnreadablePhoto
from lichtbrief.media.yunet import Boxes, detect, session

EDGES = (640, 1280)
"""The long sides, in pixels, at which faces are looked for: near ones and far ones."""

SAME = 0.3
"""Two boxes are one face when they share more of their common area than this."""


@dataclass(frozen=True, slots=True)
class Faces:
    """The boxes of the faces in a photo, upright; `original` is the SHA-256 (hex) of its file."""

    boxes: tuple[Region, ...]
    original: str

    def visible(self, cover: Cover) -> int:
        """How many of them are not wholly below this cover."""
        return sum(not any(_is_within(box, region) for region in cover) for box in self.boxes)


def require_faces() -> None:
    """Raise `LichtbriefError` when faces cannot be counted on this machine, saying how they can."""
    session()


def find_faces(path: Path, bounds: Bounds = USUAL) -> Faces:
    """The faces in a photo.

    Raises UnreadablePhoto as `render_photo` does, and LichtbriefError when they cannot be counted.
    """
    image, original = upright_photo(path, bounds)
    sizes = {fit(image.size, edge) for edge in EDGES}
    try:
        found = [_parts(detect(image.resize(size)), size) for size in sorted(sizes)]
    except LichtbriefError:
        raise
    except Exception as error:  # the network may fail in ways of its own
        hint = "run it again; if that does not help, look whether the memory is full"
        raise LichtbriefError("the faces in a photo could not be counted", hint) from error
    return Faces(tuple(map(_region, _united(np.concatenate(found)))), original)


def attempt_faces(path: Path, bounds: Bounds) -> Faces | UnreadablePhoto:
    """The same, with a photo that cannot be read as its own result: for workers."""
    try:
        return find_faces(path, bounds)
    except UnreadablePhoto as error:
        return error


def _parts(boxes: Boxes, size: tuple[int, int]) -> Boxes:
    """Boxes in parts of the photo instead of in pixels."""
    width, height = size
    return (boxes / (1, width, height, width, height)).astype(np.float32)


def _united(boxes: Boxes) -> list[Boxes]:
    """One box for each face: the surest of those that lie on one another."""
    kept: list[Boxes] = []
    for box in boxes[np.argsort(-boxes[:, 0], kind="stable")]:
        if all(_shared(box, other) <= SAME for other in kept):
            kept.append(box)
    return kept


def _shared(one: Boxes, other: Boxes) -> float:
    """The area that two boxes share, in parts of the area that both cover."""
    low, high = np.maximum(one[1:3], other[1:3]), np.minimum(one[3:], other[3:])
    both = float(np.prod(np.maximum(high - low, 0)))
    areas = float(np.prod(one[3:] - one[1:3]) + np.prod(other[3:] - other[1:3]))
    return both / (areas - both)


def _region(box: Boxes) -> Region:
    left, top, right, bottom = (round(float(side), 4) for side in np.clip(box[1:], 0, 1))
    return Region(left, top, right - left, bottom - top)


def _is_within(box: Region, region: Region) -> bool:
    left, top, right, bottom = widened(region)
    wide, high = box.left + box.width, box.top + box.height
    return left <= box.left and top <= box.top and wide <= right and high <= bottom
