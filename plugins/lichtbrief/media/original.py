"""The original file: read once, and only when it is an ordinary photo within bounds."""

import io
from pathlib import Path

from PIL import Image
from pillow_heif import register_heif_opener

from lichtbrief.media.bounds import MILLION, MOST_MEGAPIXELS, Bounds
from lichtbrief.media.jpeg import is_one_scan
from lichtbrief.media.names import FORMATS
from lichtbrief.media.unreadable import UnreadablePhoto

_MEMORY = {"WEBP": 24, "MPO": 10, "JPEG": 10}
_MEMORY_OF_OTHERS = 16
_MEMORY_OF_ONE_SCAN = 1
"""Bytes for a pixel while a photo is drawn, rounded up from what was measured of each format.

A JPEG of one scan is decoded at a fraction of its size; of any other all pixels are held.
"""

# Behind our own bound, for what a plugin might decode while it opens: it raises at twice this.
Image.MAX_IMAGE_PIXELS = MOST_MEGAPIXELS * MILLION // 2

SMALLER = "save it smaller, as JPEG"

# Of a HEIC only the picture itself: no thumbnail, depth map or other layer is even listed.
register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


def read_original(path: Path, bounds: Bounds) -> bytes:
    """The bytes of a photo, when it is an ordinary file of its own folder and not too large.

    Raises UnreadablePhoto for anything else.
    """
    if path.suffix.lower() not in FORMATS:
        raise UnreadablePhoto("is of a kind that cannot be shown", "save it as JPEG")
    refuse_elsewhere(path, "photo")
    try:
        with path.open("rb") as file:
            data = file.read(bounds.megabytes * MILLION + 1)
    except OSError as error:
        raise UnreadablePhoto("cannot be opened", "look at the file") from error
    if not data:
        raise UnreadablePhoto("is empty", "copy it from the camera again")
    if len(data) > bounds.megabytes * MILLION:
        raise UnreadablePhoto(f"is larger than {bounds.megabytes} MB", SMALLER)
    return data


def refuse_elsewhere(path: Path, what: str) -> None:
    """Raise UnreadablePhoto unless `path` is an ordinary file of its own folder.

    `what` is the word for it: photo or film.
    """
    todo = f"copy the {what} itself"
    try:
        if path.resolve(strict=True).parent != path.parent.resolve():
            raise UnreadablePhoto("is a link to a file elsewhere", todo)
        if not path.is_file():  # a pipe would keep us waiting for ever
            raise UnreadablePhoto("is not a file", todo)
    except OSError as error:
        raise UnreadablePhoto("cannot be opened", "look at the file") from error


def open_original(data: bytes, suffix: str, bounds: Bounds) -> Image.Image:
    """The photo with its size and notes, its pixels not yet decoded.

    Raises UnreadablePhoto for another format than the suffix says and for too many pixels, and
    whatever Pillow raises for a damaged file.
    """
    try:
        original = Image.open(io.BytesIO(data), formats=tuple(set(FORMATS.values())))
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(bounds) from error
    # A JPEG with a second picture behind the first (many phones) opens as MPO.
    found = "JPEG" if original.format == "MPO" else original.format
    if found != FORMATS[suffix]:
        hint = f"give it the suffix of {found} or save it again"
        raise UnreadablePhoto(f"holds {found} under another suffix", hint)
    if original.width * original.height > bounds.megapixels * MILLION:
        raise _too_many_pixels(bounds)
    if memory_for(original, data) > bounds.memory * MILLION:
        reason = f"takes more than {bounds.memory} MB of memory to read"
        raise UnreadablePhoto(reason, SMALLER)
    return original


def memory_for(original: Image.Image, data: bytes) -> int:
    """How many bytes drawing this photo takes at most."""
    kind = str(original.format)
    each = _MEMORY.get(kind, _MEMORY_OF_OTHERS)
    if kind in ("JPEG", "MPO") and is_one_scan(data, len(original.getbands())):
        each = _MEMORY_OF_ONE_SCAN
    return original.width * original.height * each


def _too_many_pixels(bounds: Bounds) -> UnreadablePhoto:
    return UnreadablePhoto(f"has more than {bounds.megapixels} million pixels", SMALLER)
