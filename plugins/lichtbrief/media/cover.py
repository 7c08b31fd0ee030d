"""Covering: regions of a photo become one constant colour, before anything is made of its pixels.

A cover is laid over the pixels as they are decoded, before the first resize: whatever mixes
neighbouring pixels later on then mixes the cover's colour, never what was below it. What mixed
them earlier is the photo's own JPEG, block by block: so a cover reaches a block further.
"""

from collections.abc import Callable, Mapping
from math import ceil, floor

from PIL import Image

from lichtbrief.consent import Region

Cover = tuple[Region, ...]
"""What of a photo is covered; nothing when empty."""

SIDES, ABOVE, BELOW = 0.35, 0.45, 0.25
"""How far a cover reaches beyond its region, in parts of the region's own width or height: hair,
ears and chin tell who somebody is as well, and regions are drawn by hand."""

BLOCK = 32
"""Pixels of the largest block of a JPEG: 8, sampled four times as coarsely (ITU-T T.81, A.2)."""

NEAR = 3
"""Decoded pixels that smoothing of a JPEG's coarse colours, and rounding, may reach beyond."""

GREY: Mapping[str, int | tuple[int, ...]] = {
    "L": 128,
    "RGB": (128, 128, 128),
    "CMYK": (0, 0, 0, 127),
}

_Box = tuple[float, float, float, float]  # left, top, right, bottom, each 0 to 1
_Turn = Image.Transpose
_AS_STORED: Mapping[_Turn | None, Callable[[float, float], tuple[float, float]]] = {
    None: lambda x, y: (x, y),
    _Turn.FLIP_LEFT_RIGHT: lambda x, y: (1 - x, y),
    _Turn.ROTATE_180: lambda x, y: (1 - x, 1 - y),
    _Turn.FLIP_TOP_BOTTOM: lambda x, y: (x, 1 - y),
    _Turn.TRANSPOSE: lambda x, y: (y, x),
    _Turn.ROTATE_270: lambda x, y: (y, 1 - x),
    _Turn.TRANSVERSE: lambda x, y: (1 - y, 1 - x),
    _Turn.ROTATE_90: lambda x, y: (1 - y, x),
}
"""Where a point of the upright photo lies in the stored one, by how that is turned."""


def widened(region: Region) -> _Box:
    """The region with its margins, within the photo: left, top, right and bottom, 0 to 1."""
    left, top, width, height = region
    return (
        max(0.0, left - SIDES * width),
        max(0.0, top - ABOVE * height),
        min(1.0, left + (1 + SIDES) * width),
        min(1.0, top + (1 + BELOW) * height),
    )


def lay_cover(
    decoded: Image.Image, cover: Cover, turn: Image.Transpose | None, scale: float
) -> Image.Image:
    """Fill the regions of a decoded photo (L, RGB or CMYK), which is still to be turned by `turn`.

    `scale` is the decoded width over the stored one. The image itself may be changed.
    """
    for region in cover:
        box = _stored(widened(region), turn)
        decoded.paste(GREY[decoded.mode], _pixels(box, decoded.size, BLOCK * scale + NEAR))
    return decoded


def _stored(box: _Box, turn: Image.Transpose | None) -> _Box:
    place = _AS_STORED[turn]
    (x1, y1), (x2, y2) = place(box[0], box[1]), place(box[2], box[3])
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _pixels(box: _Box, size: tuple[int, int], further: float) -> tuple[int, int, int, int]:
    """Every pixel that the box touches, and `further` pixels on each side."""
    (left, top, right, bottom), (width, height) = box, size
    return (
        max(0, floor(left * width - further)),
        max(0, floor(top * height - further)),
        min(width, ceil(right * width + further)),
        min(height, ceil(bottom * height + further)),
    )
