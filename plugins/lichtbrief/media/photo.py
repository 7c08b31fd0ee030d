"""One original photo becomes two renditions, made from its pixels and nothing else of it."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageFile

from lichtbrief.media.colour import flatten, to_srgb
from lichtbrief.media.names import FORMATS
from lichtbrief.media.unreadable import UnreadablePhoto

RECIPE = "photo 1: jpeg 80, 480 and 1280"
"""Names everything that turns the same original into other bytes; change it with the recipe."""

SMALL, LARGE = 480, 1280
QUALITY = 80
MIME = "image/jpeg"
MOST_PIXELS = 120_000_000
MOST_BYTES = 60_000_000

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

# Pillow's own bound raises at twice this number, before any pixel is decoded.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
# Half a photo is refused, whatever another library in this process would like.
ImageFile.LOAD_TRUNCATED_IMAGES = False


@dataclass(frozen=True, slots=True)
class Rendition:
    """A photo in one size as parents get it: pixels wide and high, and the encoded bytes."""

    width: int
    height: int
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Renditions:
    """Both sizes of one photo; the same one twice when the original is small.

    `original` is the SHA-256 (hex) of the very bytes that were decoded.
    """

    small: Rendition
    large: Rendition
    original: str


def render_photo(path: Path) -> Renditions:
    """Decode a JPEG, PNG or WebP once and encode it small and large, upright and in sRGB.

    The long edges are 480 and 1280 pixels, never more than the original's. Raises
    UnreadablePhoto for whatever is not surely one whole photo of the kind its name says.
    """
    data = _read(path)
    try:
        with Image.open(io.BytesIO(data), formats=tuple(set(FORMATS.values()))) as original:
            _check(original, path)
            large = _upright(original)
        return _encode(large, hashlib.sha256(data).hexdigest())
    except UnreadablePhoto:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except Exception as error:  # damaged files raise nearly everything
        hint = "open it in a photo program and save it again as JPEG"
        raise UnreadablePhoto("is damaged or not a photo", hint) from error


def _read(path: Path) -> bytes:
    """The file's bytes, when it is an ordinary file of its own folder and not too large."""
    if path.suffix.lower() not in FORMATS:
        raise UnreadablePhoto("is of a kind that cannot be shown", "save it as JPEG, PNG or WebP")
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
        raise UnreadablePhoto("is larger than 60 MB", "save it smaller, as JPEG")
    return data


def _check(original: Image.Image, path: Path) -> None:
    # A JPEG with a second picture behind the first (many phones) opens as MPO.
    found = "JPEG" if original.format == "MPO" else original.format
    if found != FORMATS[path.suffix.lower()]:
        hint = f"give it the suffix of {found} or save it again"
        raise UnreadablePhoto(f"holds {found} under another suffix", hint)
    if original.width * original.height > MOST_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> UnreadablePhoto:
    return UnreadablePhoto("has more than 120 million pixels", "save it smaller, as JPEG")


def _upright(original: Image.Image) -> Image.Image:
    """The large rendition's pixels; turning and colours come after the downscale, being cheaper."""
    size = _fit(original.size, LARGE)
    # A JPEG can be decoded at a half, a quarter or an eighth for a fraction of the work.
    original.draft(None, size)
    original.load()
    profile = original.info.get("icc_profile")
    orientation = _orientation(original)
    large = to_srgb(_resize(flatten(original), size), profile)
    turn = _UPRIGHT.get(orientation)
    return large if turn is None else large.transpose(turn)


def _orientation(original: Image.Image) -> int:
    """EXIF's orientation, 1 to 8; broken EXIF means upright, as in browsers."""
    try:
        found = original.getexif().get(_ORIENTATION)
    except (ValueError, SyntaxError, OSError, TypeError):
        return 1
    return found if isinstance(found, int) else 1


def _fit(size: tuple[int, int], edge: int) -> tuple[int, int]:
    """The size with a long edge of `edge` pixels; a smaller one stays as it is."""
    width, height = size
    longest = max(size)
    if longest <= edge:
        return size
    return max(1, round(width * edge / longest)), max(1, round(height * edge / longest))


def _resize(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)


def _encode(large: Image.Image, original: str) -> Renditions:
    small = _resize(large, _fit(large.size, SMALL))
    in_large = _jpeg(large)
    return Renditions(in_large if small is large else _jpeg(small), in_large, original)


def _jpeg(image: Image.Image) -> Rendition:
    # Pillow writes a comment found in `info`; a fresh image has pixels only.
    fresh = Image.new("RGB", image.size)
    fresh.paste(image)
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=QUALITY)
    return Rendition(image.width, image.height, MIME, out.getvalue())
