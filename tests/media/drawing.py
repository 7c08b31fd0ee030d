"""Small photos, drawn here, with everything planted in them that a camera would leave."""

import io
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageDraw

RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 30), (30, 30, 200), (220, 200, 30)
CORNERS = (RED, GREEN, BLUE, YELLOW)
CANARY = b"KANARIE"


def four_corners(size: tuple[int, int] = (120, 80)) -> Image.Image:
    """Upright: red and green above, blue and yellow below."""
    width, height = size
    image = Image.new("RGB", size, RED)
    draw = ImageDraw.Draw(image)
    draw.rectangle((width // 2, 0, width, height // 2), GREEN)
    draw.rectangle((0, height // 2, width // 2, height), BLUE)
    draw.rectangle((width // 2, height // 2, width, height), YELLOW)
    return image


def corners_of(data: bytes) -> tuple[tuple[int, int, int], ...]:
    """The drawn colours nearest to what is seen in the four corners of an encoded photo."""
    with Image.open(io.BytesIO(data)) as image:
        wide, high = image.size
        places = [(x, y) for y in (high // 4, 3 * high // 4) for x in (wide // 4, 3 * wide // 4)]
        seen = [image.convert("RGB").getpixel(place) for place in places]
    return tuple(min(CORNERS, key=lambda known: _distance(known, one)) for one in seen)


def _distance(known: tuple[int, int, int], seen: object) -> int:
    assert isinstance(seen, tuple)
    return sum(abs(a - b) for a, b in zip(known, seen, strict=True))


def save(path: Path, image: Image.Image | None = None, **options: Any) -> Path:  # noqa: ANN401 # every format has its own
    """An image in a file of the kind its name says."""
    (four_corners() if image is None else image).save(path, **options)
    return path


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone notes: where, by whom, and how it was held."""
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010E] = CANARY.decode() + " description"
    made[0x013B] = CANARY.decode() + " artist"
    made.get_ifd(0x8825).update({1: "N", 2: (52.0, 45.0, 0.0), 3: "E", 4: (5.0, 25.0, 0.0)})
    return made


def swapped_profile() -> bytes:
    """An ICC profile in which red and green have changed places."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ")
    return swapped.replace(b"????", b"gXYZ")
