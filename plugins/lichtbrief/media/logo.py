"""The school's logo as letters carry it: drawn again from its pixels, small, a PNG."""

import io
from pathlib import Path

from PIL import Image, ImageOps

from lichtbrief.errors import LichtbriefError

WIDEST, HIGHEST = 320, 112  # twice the pixels of the place in the letter's head
MOST_BYTES = 5_000  # each letter carries it, and a letter is to be 40 kB
MOST_PIXELS = 40_000_000
COLOURS = (128, 64, 32, 16)
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


def draw_logo(path: Path) -> bytes:
    """A PNG of the picture in `path`, within 320 by 112 pixels and 5 kB.

    Raises LichtbriefError when it is no picture, or so detailed that it does not fit.
    """
    hint = "name a PNG of at least 112 pixels high in LICHTBRIEF_LOGO, or leave it empty"
    try:
        with Image.open(path, formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise LichtbriefError(f"the logo {path.name} has too many pixels", hint)
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
    except LichtbriefError:
        raise
    except Exception as error:
        raise LichtbriefError(f"the logo {path.name} cannot be read", hint) from error
    picture.thumbnail((WIDEST, HIGHEST), Image.Resampling.LANCZOS)
    for colours in COLOURS:
        data = _png(picture, colours)
        if len(data) <= MOST_BYTES:
            return data
    raise LichtbriefError(f"the logo {path.name} has too many details for a letter", hint)


def _png(picture: Image.Image, colours: int) -> bytes:
    file = io.BytesIO()
    few = picture.quantize(colours, Image.Quantize.FASTOCTREE)
    few.save(file, "PNG", optimize=True)
    return file.getvalue()
