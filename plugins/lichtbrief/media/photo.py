"""One original photo becomes two renditions, made from its pixels and nothing else of it."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PIL import Image

from lichtbrief.errors import LichtbriefError
from lichtbrief.media.bounds import MILLION, ROOM, USUAL, Bounds
from lichtbrief.media.colour import average, flatten, to_srgb
from lichtbrief.media.cover import Cover, lay_cover
from lichtbrief.media.decoding import pixels, turn
from lichtbrief.media.original import memory_for, open_original, read_original
from lichtbrief.media.unreadable import UnreadablePhoto

SMALL, LARGE = 480, 1280

Filter = Image.Resampling
# Cheaper ones, after a decode that is nearly small enough, are seen in fine structure only.
_TO_LARGE, _TO_SMALL = Filter.BICUBIC, Filter.HAMMING


class Recipe(StrEnum):
    """What is made of an original, by the format of the large rendition; the small is a JPEG.

    The value names everything that turns the same original into other bytes: change it with that.
    """

    avif = "photo 2: jpeg 80 of 480, avif 66 of 1280"
    jpeg = "photo 2: jpeg 80 of 480, jpeg 80 of 1280"


_ENCODING: dict[str, dict[str, int]] = {
    # SSIM within 0.005 of JPEG 80's, in some two thirds of its bytes. One thread, or the bytes
    # could depend on the machine.
    "avif": {"quality": 66, "speed": 10, "max_threads": 1},
    "jpeg": {"quality": 80},
}


@dataclass(frozen=True, slots=True)
class Rendition:
    """A photo in one size as parents get it: pixels wide and high, and the encoded bytes."""

    width: int
    height: int
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Renditions:
    """Both sizes of one photo; the same JPEG twice when the original is small.

    `colour` is its mean colour, `#rrggbb`; `original` is the SHA-256 (hex) of the very bytes that
    were decoded, `cover` what was covered in them.
    """

    small: Rendition
    large: Rendition
    colour: str
    original: str
    cover: Cover = ()


def render_photo(
    path: Path, recipe: Recipe = Recipe.avif, bounds: Bounds = USUAL, cover: Cover = ()
) -> Renditions:
    """Decode a photo once and encode it small and large, upright, in sRGB and covered.

    The long edges are 480 and 1280 pixels, never more than the original's. Raises
    UnreadablePhoto for whatever is not surely one whole photo of the kind its name says, and
    LichtbriefError when memory runs out, which says nothing about the photo.
    """
    with _in_words():
        master, digest = _master(path, bounds, cover)
        return render_image(master, recipe, digest, cover)


def upright_photo(path: Path, bounds: Bounds = USUAL) -> tuple[Image.Image, str]:
    """A photo as the large rendition shows it, but uncovered, and the SHA-256 (hex) of its file.

    Raises as `render_photo` does.
    """
    with _in_words():
        return _master(path, bounds, cover=())


@contextmanager
def _in_words() -> Iterator[None]:
    """Makes of whatever is raised for a photo that cannot be read what is to be said of it."""
    try:
        yield
    except UnreadablePhoto:
        raise
    except Exception as error:  # damaged files raise nearly everything
        if _is_out_of_memory(error):
            hint = "close other programs, or give LICHTBRIEF_PHOTO_BOUNDS less memory; run it again"
            raise LichtbriefError("there is not enough memory to draw the photos", hint) from error
        hint = "open it in a photo program and save it again as JPEG"
        raise UnreadablePhoto("is damaged or not a photo", hint) from error


def _master(path: Path, bounds: Bounds, cover: Cover) -> tuple[Image.Image, str]:
    """The large rendition's pixels, and the SHA-256 (hex) of the file; raises nearly anything."""
    data = read_original(path, bounds)
    with (
        open_original(data, path.suffix.lower(), bounds) as original,
        ROOM.hold(memory_for(original, data), bounds.memory * MILLION),
    ):
        master = _upright(original, data, cover)
    return master, hashlib.sha256(data).hexdigest()


def _is_out_of_memory(error: Exception) -> bool:
    """Decoders that are no Python themselves say it in their own words."""
    return isinstance(error, MemoryError) or "memory" in str(error).lower()


def _upright(original: Image.Image, data: bytes, cover: Cover) -> Image.Image:
    """The large rendition's pixels; turning and colours come after the downscale, being cheaper.

    A cover comes before it: from the first resize on, pixels mix with their neighbours.
    """
    decoded = flatten(pixels(original, data, fit(original.size, LARGE)))
    turned = turn(original)
    size = fit(original.size, LARGE)  # decoding may have turned it
    covered = lay_cover(decoded, cover, turned, decoded.width / original.width)
    large = to_srgb(_resize(covered, size, _TO_LARGE), original.info.get("icc_profile"))
    return large if turned is None else large.transpose(turned)


def fit(size: tuple[int, int], edge: int) -> tuple[int, int]:
    """The size with a long edge of `edge` pixels; a smaller one stays as it is."""
    width, height = size
    longest = max(size)
    if longest <= edge:
        return size
    return max(1, round(width * edge / longest)), max(1, round(height * edge / longest))


def _resize(image: Image.Image, size: tuple[int, int], by: Filter) -> Image.Image:
    return image if image.size == size else image.resize(size, by)


def render_image(
    master: Image.Image, recipe: Recipe, original: str, cover: Cover = ()
) -> Renditions:
    """Both sizes of an upright RGB image of at most 1280 pixels; `original` is what it is from."""
    size = fit(master.size, SMALL)
    reduced = _resize(master, size, _TO_SMALL)
    small = _encode(reduced, "jpeg")
    large = small if size == master.size else _encode(master, recipe.name)
    return Renditions(small, large, average(reduced), original, cover)


def _encode(image: Image.Image, kind: str) -> Rendition:
    # Pillow writes a comment or a profile found in `info`; a fresh image has pixels only.
    fresh = Image.new("RGB", image.size)
    fresh.paste(image)
    out = io.BytesIO()
    fresh.save(out, kind, **_ENCODING[kind])
    return Rendition(image.width, image.height, f"image/{kind}", out.getvalue())
