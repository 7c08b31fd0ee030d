"""The pixels of an opened photo: decoded once, strictly, no larger than needed."""

import simplejpeg
from PIL import Image, ImageFile

_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SPACES = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK"}


def pixels(original: Image.Image, data: bytes, at_least: tuple[int, int]) -> Image.Image:
    """All pixels of a photo, not yet turned; of a JPEG scaled, but not below `at_least` (w, h).

    Raises nearly anything for a damaged file.
    """
    if original.format in ("JPEG", "MPO"):
        return _jpeg(original, data, at_least)
    # Half a photo is refused. WeasyPrint, for one, switches this on for all when it is imported.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    original.load()
    return original


def _jpeg(original: Image.Image, data: bytes, at_least: tuple[int, int]) -> Image.Image:
    """A JPEG at one of libjpeg's scales, by simplejpeg: Pillow hides damage behind the header."""
    width, height = at_least
    space = _SPACES[original.mode]
    decoded = simplejpeg.decode_jpeg(data, space, min_width=width, min_height=height, strict=True)
    # Adobe's programs, and those that follow them, store ink upside down.
    ink = "CMYK;I" if "adobe" in original.info else "CMYK"
    raw = ink if space == "CMYK" else original.mode
    size = decoded.shape[1], decoded.shape[0]
    return Image.frombuffer(original.mode, size, decoded, "raw", raw, 0, 1)


def turn(original: Image.Image) -> Image.Transpose | None:
    """How a decoded photo must be turned to be upright, if at all, by its EXIF.

    Broken EXIF means upright, as in browsers. Pillow has turned a TIFF by now, and libheif a HEIC.
    """
    try:
        return _UPRIGHT.get(original.getexif().get(_ORIENTATION, 1))
    except (ValueError, SyntaxError, OSError, TypeError):
        return None
