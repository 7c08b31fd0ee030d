"""Colours as browsers expect them: opaque sRGB of eight bits."""

import io
from functools import lru_cache
from typing import cast

from PIL import Image, ImageCms

from lichtbrief.media.unreadable import UnreadablePhoto

WHITE = (255, 255, 255)
_KEPT = frozenset({"L", "RGB", "CMYK"})
_CONVERTED = {"1": "L", "P": "RGB", "YCbCr": "RGB", "RGBX": "RGB"}


def flatten(image: Image.Image) -> Image.Image:
    """The image in L, RGB or CMYK, with white where it was transparent.

    Raises UnreadablePhoto for a mode whose conversion would spoil it, such as 32-bit grey.
    """
    if image.has_transparency_data:
        opaque = Image.new("RGB", image.size, WHITE)
        layer = image.convert("RGBA")
        opaque.paste(layer, mask=layer)
        return opaque
    if image.mode in _KEPT:
        return image
    if image.mode.startswith("I;16"):
        # Pillow's own conversion clips: all but the darkest 256 of 65,536 greys become white.
        return image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if image.mode not in _CONVERTED:
        raise UnreadablePhoto("has colours of an unusual kind", "save it again as JPEG")
    return image.convert(_CONVERTED[image.mode])


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB in sRGB, from the embedded ICC profile; without a usable one it is taken for sRGB."""
    transform = _transform(profile, image.mode) if profile else None
    if transform is None:
        return image.convert("RGB")
    # Only inPlace, which is not asked for, makes Pillow answer None.
    return cast(Image.Image, ImageCms.applyTransform(image, transform))


def average(image: Image.Image) -> str:
    """The mean colour of an RGB image, as `#rrggbb`."""
    mean = image.resize((1, 1), Image.Resampling.BOX)
    return f"#{mean.tobytes().hex()}"


@lru_cache(maxsize=64)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """A school has a handful of cameras, so a handful of profiles; building one takes longer."""
    try:
        embedded = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.buildTransform(embedded, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (ImageCms.PyCMSError, OSError):
        return None
