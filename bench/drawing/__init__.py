"""Photos that were never taken: drawn from a seed, with all that a telephone writes into a file.

A photo holds what must never reach a parent: camera, time, a place (in the middle of
the IJsselmeer), and texts that a test can search for, the canaries.
"""

import io
import random
from collections.abc import Callable, Mapping
from datetime import datetime

from PIL import ExifTags, Image

from bench.drawing import halls, outdoors, rooms
from bench.drawing.brush import Canvas, grain, paper

CANARIES = ("kanarie-omschrijving", "kanarie-maker", "kanarie-opmerking")
TAKEN = datetime(2026, 11, 9, 10, 30)
TAKE = 80, 1 / 420
"""JPEG quality, and grey levels of noise for every pixel of the long edge, which shrinking averages
away."""

SCENES: Mapping[str, Callable[[Canvas, int], None]] = {
    "autumn-table": halls.autumn_table,
    "baking": halls.baking,
    "bikes": outdoors.bikes,
    "bridge": rooms.bridge,
    "circle": rooms.circle,
    "classroom": rooms.classroom,
    "coats": halls.coats,
    "crafts": rooms.crafts,
    "football": outdoors.football,
    "forest": outdoors.forest,
    "gym": halls.gym,
    "lantern": outdoors.lantern_close,
    "lanterns": outdoors.lanterns,
    "map": rooms.map_,
    "mushrooms": outdoors.mushrooms,
    "music": halls.music,
    "rainbow": outdoors.rainbow,
    "reading": rooms.reading,
    "schoolyard": outdoors.schoolyard,
    "science": rooms.science,
    "shop": rooms.shop,
    "sky": outdoors.sky,
    "stage": halls.stage,
}

_STORED: Mapping[int, Image.Transpose] = {
    # EXIF 2.32, tag 0x0112: what a viewer must do to show the photo, here undone.
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def draw(
    scene: str,
    seed: int,
    size: tuple[int, int],
    orientation: int = 1,
    taken: datetime = TAKEN,
    take: tuple[int, float] = TAKE,
) -> bytes:
    """A JPEG of a scene; the same arguments give the same bytes (with the same Pillow).

    `scene` is a name from SCENES, with a number of people behind a colon if there are any
    (`forest:3`). `size` is width and height as shown, in pixels. `orientation` (1 to 8) is how the
    camera was held: the pixels are stored accordingly. `take` is JPEG quality and noise, as TAKE
    has them. Raises KeyError for an unknown scene.
    """
    name, _, people = scene.partition(":")
    quality, noise = take
    rng = random.Random(f"{scene} {seed}")
    canvas = Canvas(size, rng)
    SCENES[name](canvas, int(people or 0))
    shown = paper(canvas.image, rng).resize(size, Image.Resampling.BICUBIC)
    photo = grain(shown, rng, max(size) * noise)
    stored = photo.transpose(_STORED[orientation]) if orientation in _STORED else photo
    out = io.BytesIO()
    stored.save(out, "JPEG", quality=quality, exif=_exif(orientation, taken))
    return out.getvalue()


def _exif(orientation: int, taken: datetime) -> Image.Exif:
    about, maker, remark = CANARIES
    when = f"{taken:%Y:%m:%d %H:%M:%S}"
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = about
    exif[ExifTags.Base.Make] = "Lichtbron"
    exif[ExifTags.Base.Model] = "Telefoon 7"
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.DateTime] = when
    exif[ExifTags.Base.Artist] = maker
    exif.get_ifd(ExifTags.IFD.Exif).update(
        {
            ExifTags.Base.DateTimeOriginal: when,
            ExifTags.Base.UserComment: b"ASCII\0\0\0" + remark.encode("ascii"),
        }
    )
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (52.0, 48.0, 0.0),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (5.0, 24.0, 0.0),
        }
    )
    return exif
