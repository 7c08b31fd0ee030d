"""What is covered is gone from every rendition: not hidden, not blurred, not there."""

import io
from dataclasses import dataclass
from math import ceil, floor
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw
from pillow_heif import register_heif_opener

from lichtbrief.consent import Region
from lichtbrief.media import Recipe, Rendition, render_photo
from lichtbrief.media.cover import widened
from tests.media.drawing import exif, save
from tests.media.test_photo import TURNED

register_heif_opener()  # to write one, too

FACE = Region(0.4, 0.3, 0.1, 0.2)
RED, GREEN = (255, 0, 0), (0, 90, 0)
PLAIN = 40  # what encoding makes of an edge between green and grey


def box_of(region: Region, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The pixels that lie wholly within a region and its margins."""
    (left, top, right, bottom), (width, height) = widened(region), size
    inside = ceil(left * width), ceil(top * height), floor(right * width), floor(bottom * height)
    return (*inside[:2], max(inside[0], inside[2]), max(inside[1], inside[3]))


def red_face(size: tuple[int, int], region: Region = FACE) -> Image.Image:
    """A red face on a green field, as large as the region."""
    image = Image.new("RGB", size, GREEN)
    left, top, width, height = region
    (wide, high), right, bottom = size, left + width, top + height
    face = (left * wide, top * high, right * wide, bottom * high)
    ImageDraw.Draw(image).rectangle(face, RED)
    return image


def redness(rendition: Rendition) -> int:
    """How much more red than green the reddest pixel of a rendition is."""
    with Image.open(io.BytesIO(rendition.data)) as image:
        red, green, _ = image.convert("RGB").split()
    most = ImageChops.subtract(red, green).getextrema()[1]
    assert isinstance(most, int)
    return most


def covered_in(path: Path, region: Region = FACE) -> int:
    """The redness that is left in any rendition of a photo whose face is covered."""
    made = render_photo(path, cover=(region,))
    assert (region,) == made.cover
    return max(redness(made.small), redness(made.large))


def turned(upright: Image.Image, orientation: int) -> Image.Image:
    """The photo as a phone stores it that was held in this way."""
    for turn in TURNED[orientation]:
        upright = upright.transpose(turn)
    return upright


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("size", [(240, 160), (2700, 1800)])
def test_a_covered_face_is_gone_however_the_phone_was_held(
    tmp_path: Path, orientation: int, size: tuple[int, int]
) -> None:
    stored = turned(red_face(size), orientation)
    photo = save(tmp_path / "bos.jpg", stored, exif=exif(orientation), quality=95)
    assert redness(render_photo(photo).small) > 200
    assert covered_in(photo) < PLAIN


@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.avif", "a.heic", "a.gif", "a.tiff"])
def test_a_covered_face_is_gone_from_every_kind_of_file(tmp_path: Path, name: str) -> None:
    photo = save(tmp_path / name, red_face((1600, 1200)))
    assert redness(render_photo(photo).large) > 200
    assert covered_in(photo) < PLAIN


@pytest.mark.parametrize("name", ["a.tiff", "a.png", "a.webp"])
@pytest.mark.parametrize("orientation", [6, 8])
def test_files_that_turn_themselves_are_covered_upright(
    tmp_path: Path, name: str, orientation: int
) -> None:
    stored = turned(red_face((1600, 1200)), orientation)
    photo = save(tmp_path / name, stored, exif=exif(orientation))
    assert redness(render_photo(photo).large) > 200
    assert covered_in(photo) < PLAIN


@pytest.mark.parametrize(("mode", "name"), [("CMYK", "a.jpg"), ("L", "a.jpg"), ("P", "a.png")])
def test_printed_and_grey_photos_are_covered_too(tmp_path: Path, mode: str, name: str) -> None:
    size = (1600, 1200)
    photo = save(tmp_path / name, red_face(size).convert(mode))
    with Image.open(io.BytesIO(render_photo(photo, cover=(FACE,)).large.data)) as image:
        left, top, right, bottom = box_of(FACE, image.size)
        seen = image.convert("RGB").crop((left + 4, top + 4, right - 4, bottom - 4)).getextrema()
    assert all(isinstance(band, tuple) and band[1] - band[0] <= 3 for band in seen)


def test_the_cover_reaches_over_hair_ears_and_chin_and_no_further_than_the_photo() -> None:
    assert (0.365, 0.21, 0.535, 0.55) == pytest.approx(widened(FACE))
    assert (0.0, 0.0, 1.0, 1.0) == widened(Region(0, 0, 1, 1))


def test_the_cover_is_one_plain_colour_and_around_it_the_photo_is_as_it_was(
    tmp_path: Path,
) -> None:
    photo = save(tmp_path / "bos.png", red_face((1200, 900)))
    with Image.open(io.BytesIO(render_photo(photo, Recipe.jpeg, cover=(FACE,)).large.data)) as seen:
        left, top, right, bottom = box_of(FACE, seen.size)
        middle = seen.crop((left, top, right, bottom)).getextrema()
        corner = seen.getpixel((10, 10))
    assert ((128, 128),) * 3 == middle
    assert isinstance(corner, tuple)
    assert max(abs(a - b) for a, b in zip(GREEN, corner, strict=True)) < 4


def test_several_children_are_covered_in_one_photo(tmp_path: Path) -> None:
    size, other = (1600, 1200), Region(0.7, 0.5, 0.1, 0.2)
    both = ImageChops.add(red_face(size), red_face(size, other), offset=-90)
    photo = save(tmp_path / "bos.jpg", both, quality=95)
    assert covered_in(photo) > 3 * PLAIN
    made = render_photo(photo, cover=(FACE, other))
    assert max(redness(made.small), redness(made.large)) < PLAIN


def test_a_photo_that_is_covered_whole_has_no_colour_of_its_own(tmp_path: Path) -> None:
    photo = save(tmp_path / "bos.jpg", red_face((1600, 1200)))
    assert "#808080" == render_photo(photo, cover=(Region(0, 0, 1, 1),)).colour


@dataclass(frozen=True, slots=True)
class Held:
    """A photo of some size, held in some way, of which some region is covered."""

    size: tuple[int, int]
    orientation: int
    region: Region
    subsampling: int
    mode: str


part = st.floats(0, 1).map(lambda value: round(value, 3))
regions = st.tuples(part, part, part, part).map(
    lambda p: Region(p[0], p[1], max(0.001, p[2] * (1 - p[0])), max(0.001, p[3] * (1 - p[1])))
)
helds = st.builds(
    Held,
    st.tuples(st.integers(16, 700), st.integers(16, 700))
    | st.sampled_from([(1700, 1300), (1300, 2600)]),
    st.integers(1, 8),
    regions,
    st.sampled_from([0, 1, 2]),
    st.sampled_from(["RGB", "RGB", "L", "CMYK"]),
)


def two_originals(folder: Path, held: Held, name: str) -> tuple[Path, Path]:
    """Two noisy photos that are the same but for what the cover is to hide."""
    (width, height), seeds = held.size, (Random(1), Random(2))
    noise = (seed.randbytes(3 * width * height) for seed in seeds)
    first, other = (Image.frombytes("RGB", held.size, pixels) for pixels in noise)
    second = first.copy()
    box = box_of(held.region, held.size)
    second.paste(other.crop(box), box[:2])
    # Ink is never sampled coarsely, and no decoder of ours could read it.
    subsampling = 0 if held.mode == "CMYK" else held.subsampling
    options = {"subsampling": subsampling} if name.endswith("jpg") else {"compress_level": 1}
    paths = [folder / f"{number}-{name}" for number in (1, 2)]
    for path, image in zip(paths, (first, second), strict=True):
        mode = held.mode if name.endswith("jpg") else "RGB"
        stored = turned(image, held.orientation).convert(mode)
        save(path, stored, exif=exif(held.orientation), **options)
    return paths[0], paths[1]


@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
@settings(max_examples=12)
@given(held=helds)
@example(held=Held((2600, 1700), 6, Region(0.31, 0.47, 0.02, 0.03), 2, "RGB"))
@example(held=Held((3100, 2300), 1, Region(0.501, 0.33, 0.011, 0.017), 2, "CMYK"))
def test_nothing_that_parents_get_depends_on_what_is_covered(
    tmp_path_factory: pytest.TempPathFactory, name: str, held: Held
) -> None:
    first, second = two_originals(tmp_path_factory.mktemp("two"), held, name)
    one = render_photo(first, Recipe.jpeg, cover=(held.region,))
    two = render_photo(second, Recipe.jpeg, cover=(held.region,))
    assert (one.small, one.large, one.colour) == (two.small, two.large, two.colour)
