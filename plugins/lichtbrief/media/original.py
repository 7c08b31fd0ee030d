"""The original file: read once, and only when it is an ordinary photo within bounds."""

import io
from pathlib import Path

from PIL import Image, ImageFile
from pillow_heif import register_heif_opener

from lichtbrief.media.names import FORMATS
from lichtbrief.media.unreadable import UnreadablePhoto

MOST_BYTES = 100_000_000
"""Phones of 200 megapixels write 30 to 60 MB; what is larger is no photo of a phone."""

MOST_SCALED_PIXELS = 220_000_000
"""Of a baseline JPEG, which is decoded at an eighth when it is that large: phones have 200."""

MOST_PIXELS = 50_000_000
"""Of any other photo, which must be decoded whole: at most some 600 MB while it is."""

# Pillow's own bound raises at twice this number, before any pixel is decoded.
Image.MAX_IMAGE_PIXELS = MOST_SCALED_PIXELS
# Half a photo is refused, whatever another library in this process would like.
ImageFile.LOAD_TRUNCATED_IMAGES = False
# Of a HEIC only the picture itself: no thumbnail, depth map or other layer is even listed.
register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


def read_original(path: Path) -> bytes:
    """The bytes of a photo, when it is an ordinary file of its own folder and not too large.

    Raises UnreadablePhoto for anything else.
    """
    if path.suffix.lower() not in FORMATS:
        raise UnreadablePhoto("is of a kind that cannot be shown", "save it as JPEG")
    try:
        if path.resolve(strict=True).parent != path.parent.resolve():
            raise UnreadablePhoto("is a link to a file elsewhere", "copy the photo itself")
        if not path.is_file():  # a pipe would keep us waiting for ever
            raise UnreadablePhoto("is not a file", "copy the photo itself")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadablePhoto("cannot be opened", "look at the file") from error
    if not data:
        raise UnreadablePhoto("is empty", "copy it from the camera again")
    if len(data) > MOST_BYTES:
        raise UnreadablePhoto("is larger than 100 MB", "save it smaller, as JPEG")
    return data


def open_original(data: bytes, suffix: str) -> Image.Image:
    """The photo with its size and notes, its pixels not yet decoded.

    Raises UnreadablePhoto for another format than the suffix says and for too many pixels, and
    whatever Pillow raises for a damaged file.
    """
    try:
        original = Image.open(io.BytesIO(data), formats=tuple(set(FORMATS.values())))
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(MOST_SCALED_PIXELS) from error
    # A JPEG with a second picture behind the first (many phones) opens as MPO.
    found = "JPEG" if original.format == "MPO" else original.format
    if found != FORMATS[suffix]:
        hint = f"give it the suffix of {found} or save it again"
        raise UnreadablePhoto(f"holds {found} under another suffix", hint)
    is_scaled = found == "JPEG" and "progressive" not in original.info
    most = MOST_SCALED_PIXELS if is_scaled else MOST_PIXELS
    if original.width * original.height > most:
        raise _too_many_pixels(most)
    return original


def _too_many_pixels(most: int) -> UnreadablePhoto:
    reason = f"has more than {most // 1_000_000} million pixels"
    return UnreadablePhoto(reason, "save it smaller, as JPEG")
