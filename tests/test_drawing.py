"""The program that draws the shipped photos, and those that the benchmarks measure with."""

import io

import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

from bench.drawing import SCENES, draw


def test_a_photo_is_always_drawn_alike() -> None:
    size = (320, 240)
    assert draw("gym:2", 7, size, 6) == draw("gym:2", 7, size, 6)
    assert draw("gym:2", 7, size, 6) != draw("gym:2", 8, size, 6)


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_every_scene_fits_a_lying_and_a_standing_photo(scene: str) -> None:
    for size in ((200, 150), (150, 200)):
        with Image.open(io.BytesIO(draw(f"{scene}:2", 1, size))) as photo:
            assert size == photo.size


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_camera_shows_the_same_scene(orientation: int) -> None:
    size = (320, 240)
    upright = Image.open(io.BytesIO(draw("sky", 1, size)))
    turned = Image.open(io.BytesIO(draw("sky", 1, size, orientation)))
    assert (size if orientation < 5 else size[::-1]) == turned.size
    assert difference(upright, ImageOps.exif_transpose(turned)) < 3


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two photos in grey levels, seen from a distance."""
    small = [image.convert("L").resize((32, 32)) for image in (one, other)]
    return ImageStat.Stat(ImageChops.difference(*small)).mean[0]
