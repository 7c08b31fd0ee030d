"""Colours as browsers expect them: opaque sRGB."""

import io
from functools import lru_cache
from typing import cast

from PIL import Image, ImageCms

from lichtbrief.media.unreadable import UnreadablePhoto

WHITE = (255, 255, 255)
_KEPT = frozenset({"L", "RGB", "CMYK"})
_CONVERTED = {"1": "L", "P": "RGB", "YCbCr": "RGB"}


def flatten(image: Image.Image) -> Image.Image:
    """The image in L, RGB or CMYK, with white where it was transparent.

    Raises UnreadablePhoto for a mode whose conversion would spoil it, such as 16-bit grey.
    """
    if image.has_transparency_data:
        opaque = Image.new("RGB", image.size, WHITE)
        layer = image.convert("RGBA")
        opaque.paste(layer, mask=layer)
        return opaque
    if image.mode in _KEPT:
        return image
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


@lru_cache(maxsize=64)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """A school has a handful of cameras, so a handful of profiles; building one takes longer."""
    try:
        embedded = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.buildTransform(embedded, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (ImageCms.PyCMSError, OSError):
        return None
