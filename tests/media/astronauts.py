"""Faces that everybody may see: an astronaut's, from scikit-image, as often as wanted."""

import io
from functools import cache
from importlib.resources import files

from PIL import Image

HEAD = (130, 20, 330, 260)  # hair and helmet's ring included, in the photo of 512 by 512
FIELD = (90, 120, 90)


@cache
def astronaut() -> Image.Image:
    """The whole photo, as the package holds it: nothing is fetched."""
    with (files("skimage") / "data" / "astronaut.png").open("rb") as file:
        return Image.open(io.BytesIO(file.read())).convert("RGB")


def collage(
    *places: tuple[int, int], size: tuple[int, int] = (1600, 1200), wide: int = 200
) -> Image.Image:
    """Her head at each of these places (left, top) on a green field, `wide` pixels wide."""
    image = Image.new("RGB", size, FIELD)
    head = astronaut().crop(HEAD)
    head = head.resize((wide, round(wide * head.height / head.width)))
    for place in places:
        image.paste(head, place)
    return image


def row(count: int, *, wide: int = 200) -> Image.Image:
    """So many heads, beside and below one another."""
    places = [(40 + 300 * (n % 5), 40 + 380 * (n // 5)) for n in range(count)]
    return collage(*places, wide=wide)


def jpeg(image: Image.Image, quality: int = 90) -> bytes:
    """An image as a phone would send it."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()
