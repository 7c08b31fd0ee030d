"""Everything that phones, scanners and drawing programs make comes out as it was meant."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from lichtbrief.media import render_photo
from tests.media.drawing import CORNERS, corners_of, exif, four_corners, save

NAMES = [f"bos.{kind}" for kind in ("jpg", "heic", "png", "webp", "avif", "tif", "gif")]


def middle(data: bytes) -> tuple[int, int, int]:
    """The colour in the middle of an encoded photo."""
    with Image.open(io.BytesIO(data)) as image:
        colour = image.convert("RGB").getpixel((image.width // 2, image.height // 2))
    assert isinstance(colour, tuple)
    red, green, blue = map(int, colour)
    return red, green, blue


def is_near(expected: tuple[int, int, int], seen: tuple[int, int, int], by: int = 6) -> bool:
    return all(abs(a - b) <= by for a, b in zip(expected, seen, strict=True))


@pytest.mark.parametrize("name", [*NAMES, "IMG_0001.HEIC", "bos.heif", "bos.jfif", "bos.tiff"])
@pytest.mark.parametrize("size", [(120, 80), (1600, 1200)])
def test_every_format_is_shown(tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    renditions = render_photo(save(tmp_path / name, four_corners(size)))
    assert CORNERS == corners_of(renditions.small.data)
    assert CORNERS == corners_of(renditions.large.data)


@pytest.mark.parametrize("name", ["bos.webp", "bos.avif", "bos.png", "bos.tif"])
def test_every_format_is_upright(tmp_path: Path, name: str) -> None:
    stored = four_corners((1500, 1000)).transpose(Image.Transpose.ROTATE_90)
    renditions = render_photo(save(tmp_path / name, stored, exif=exif(6)))
    assert CORNERS == corners_of(renditions.large.data)
    assert (1280, 853) == (renditions.large.width, renditions.large.height)


def test_a_heic_is_upright_whatever_its_exif_says(tmp_path: Path) -> None:
    photo = save(tmp_path / "bos.heic", four_corners((1500, 1000)), exif=exif(6))
    assert CORNERS == corners_of(render_photo(photo).large.data)


@pytest.mark.parametrize("name", ["bos.heic", "bos.avif", "bos.gif", "bos.webp", "bos.tif"])
def test_of_several_pictures_the_first_is_shown(tmp_path: Path, name: str) -> None:
    behind = Image.new("RGB", (800, 600), "black")
    photo = save(tmp_path / name, four_corners((800, 600)), save_all=True, append_images=[behind])
    assert CORNERS == corners_of(render_photo(photo).large.data)


@pytest.mark.parametrize("name", ["ster.png", "ster.webp", "ster.avif", "ster.gif", "ster.tif"])
def test_what_is_transparent_is_white_in_every_format(tmp_path: Path, name: str) -> None:
    photo = save(tmp_path / name, Image.new("RGBA", (600, 400), (0, 0, 0, 0)))
    assert is_near((255, 255, 255), middle(render_photo(photo).large.data))


@pytest.mark.parametrize("name", ["scan.png", "scan.tif"])
@pytest.mark.parametrize("grey", [0, 64, 128, 255])
def test_sixteen_bits_of_grey_keep_their_grey(tmp_path: Path, name: str, grey: int) -> None:
    photo = save(tmp_path / name, Image.new("I;16", (600, 400), grey * 257))
    assert is_near((grey, grey, grey), middle(render_photo(photo).large.data), 2)


@pytest.mark.parametrize("progressive", [True, False])
@pytest.mark.parametrize("subsampling", [0, 1, 2])
def test_every_way_of_writing_a_jpeg(tmp_path: Path, progressive: bool, subsampling: int) -> None:
    options = {"progressive": progressive, "subsampling": subsampling, "quality": 90}
    photo = save(tmp_path / "bos.jpg", four_corners((3000, 2000)), **options)
    assert CORNERS == corners_of(render_photo(photo).large.data)


@pytest.mark.parametrize("colour", [(255, 255, 255), (200, 30, 30), (30, 30, 200), (0, 0, 0)])
@pytest.mark.parametrize("name", ["druk.jpg", "druk.tif"])
def test_ink_keeps_its_colour(tmp_path: Path, colour: tuple[int, int, int], name: str) -> None:
    ink = Image.new("RGB", (900, 600), colour).convert("CMYK")
    assert is_near(colour, middle(render_photo(save(tmp_path / name, ink)).large.data))


def test_grey_stays_grey(tmp_path: Path) -> None:
    photo = save(tmp_path / "grijs.jpg", Image.new("L", (2700, 1800), 90))
    assert is_near((90, 90, 90), middle(render_photo(photo).large.data), 2)


@pytest.mark.parametrize("name", ["bos.jpg", "bos.heic", "bos.png", "bos.webp", "bos.avif"])
def test_a_wide_colour_becomes_the_same_colour_in_srgb(tmp_path: Path, name: str) -> None:
    wide = display_p3()
    colour = (200, 80, 60)
    to_wide = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.ImageCmsProfile(io.BytesIO(wide)), "RGB", "RGB"
    )
    seen = ImageCms.applyTransform(Image.new("RGB", (900, 600), colour), to_wide)
    assert seen is not None
    assert not is_near(colour, middle(encoded(seen)), 8)
    photo = save(tmp_path / name, seen, icc_profile=wide, quality=95)
    assert is_near(colour, middle(render_photo(photo).large.data))


def encoded(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def display_p3() -> bytes:
    """sRGB's profile with the primaries of Display P3, as phones write it (s15Fixed16, D50)."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    primaries = {
        b"rXYZ": (0.51512, 0.24120, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.15710, 0.06657, 0.78407),
    }
    for at in range(132, 132 + 12 * int.from_bytes(profile[128:132], "big"), 12):
        values = primaries.get(bytes(profile[at : at + 4]), ())
        start = int.from_bytes(profile[at + 4 : at + 8], "big") + 8
        for number, value in enumerate(values):
            place = slice(start + 4 * number, start + 4 * number + 4)
            profile[place] = round(value * 65536).to_bytes(4, "big", signed=True)
    return bytes(profile)


def test_a_live_photo_shows_its_still(tmp_path: Path) -> None:
    still = save(tmp_path / "IMG_1.HEIC", four_corners((900, 600)))
    (tmp_path / "IMG_1.MOV").write_bytes(b"\0\0\0\x14ftypqt  ")
    assert CORNERS == corners_of(render_photo(still).large.data)
