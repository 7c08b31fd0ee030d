"""One original becomes two renditions that show it as it was meant, and tell nothing else."""

import io
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from lichtbrief.media import Renditions, digest, render_photo
from tests.media.drawing import CANARY, CORNERS, corners_of, exif, four_corners, save
from tests.media.drawing import swapped_profile as swapped

TURNED = {
    1: (),
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_90,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_270,),
}


def sizes(renditions: Renditions) -> list[tuple[int, int]]:
    return [(one.width, one.height) for one in (renditions.small, renditions.large)]


def test_a_photo_of_a_phone_comes_in_both_sizes(tmp_path: Path) -> None:
    photo = save(tmp_path / "bos.jpg", four_corners((4000, 3000)))
    assert [(480, 360), (1280, 960)] == sizes(render_photo(photo))


def test_a_standing_photo_has_its_long_edge_upright(tmp_path: Path) -> None:
    photo = save(tmp_path / "bos.jpg", four_corners((3000, 4000)))
    assert [(360, 480), (960, 1280)] == sizes(render_photo(photo))


def test_a_photo_is_never_enlarged(tmp_path: Path) -> None:
    renditions = render_photo(save(tmp_path / "bos.jpg", four_corners((300, 200))))
    assert [(300, 200)] * 2 == sizes(renditions)
    assert renditions.small == renditions.large


def test_a_photo_between_both_sizes_is_only_made_smaller(tmp_path: Path) -> None:
    assert [(480, 320), (900, 600)] == sizes(
        render_photo(save(tmp_path / "bos.jpg", four_corners((900, 600))))
    )


def test_a_very_long_photo_keeps_at_least_a_pixel(tmp_path: Path) -> None:
    photo = save(tmp_path / "slinger.png", Image.new("RGB", (6000, 2), "red"))
    assert [(480, 1), (1280, 1)] == sizes(render_photo(photo))


def test_the_encoded_size_is_the_stated_one_and_it_is_jpeg(tmp_path: Path) -> None:
    renditions = render_photo(save(tmp_path / "bos.webp", four_corners((2000, 1500))))
    for one in (renditions.small, renditions.large):
        with Image.open(io.BytesIO(one.data)) as image:
            assert (one.width, one.height) == image.size
            assert ("JPEG", "image/jpeg") == (image.format, one.mime)


def test_the_same_photo_gives_the_same_bytes(tmp_path: Path) -> None:
    photo = save(tmp_path / "bos.jpg", four_corners((1500, 1000)))
    assert render_photo(photo) == render_photo(photo)


def test_the_renditions_know_the_bytes_they_were_made_of(tmp_path: Path) -> None:
    photo = save(tmp_path / "bos.jpg")
    assert digest(photo) == render_photo(photo).original


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("size", [(120, 80), (2700, 1800)])
def test_a_photo_is_upright_however_the_phone_was_held(
    tmp_path: Path, orientation: int, size: tuple[int, int]
) -> None:
    stored = four_corners(size)
    for turn in TURNED[orientation]:
        stored = stored.transpose(turn)
    photo = save(tmp_path / "bos.jpg", stored, exif=exif(orientation), quality=95)
    renditions = render_photo(photo)
    assert CORNERS == corners_of(renditions.small.data)
    assert CORNERS == corners_of(renditions.large.data)
    assert renditions.large.width > renditions.large.height


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_does_not_exist_is_upright(tmp_path: Path, orientation: int) -> None:
    photo = save(tmp_path / "bos.jpg", exif=exif(orientation))
    assert CORNERS == corners_of(render_photo(photo).large.data)


def test_broken_exif_does_not_cost_the_photo(tmp_path: Path) -> None:
    photo = save(tmp_path / "bos.jpg", exif=b"Exif\0\0" + b"rubbish" * 9)
    assert CORNERS == corners_of(render_photo(photo).large.data)


def test_colours_of_another_profile_become_srgb(tmp_path: Path) -> None:
    photo = save(tmp_path / "bos.jpg", icc_profile=swapped(), quality=95)
    red, green, *_ = corners_of(render_photo(photo).large.data)
    assert (CORNERS[1], CORNERS[0]) == (red, green)


def test_a_broken_profile_is_taken_for_srgb(tmp_path: Path) -> None:
    photo = save(tmp_path / "bos.jpg", icc_profile=b"no profile" * 20)
    assert CORNERS == corners_of(render_photo(photo).large.data)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_becomes_white(tmp_path: Path, mode: str) -> None:
    image = Image.new("RGBA", (20, 20), (0, 0, 0, 0)).convert(mode)
    if mode == "P":
        image.info["transparency"] = 0
    photo = save(tmp_path / "ster.png", image)
    with Image.open(io.BytesIO(render_photo(photo).large.data)) as seen:
        assert (255, 255, 255) == seen.getpixel((10, 10))


@pytest.mark.parametrize(("mode", "name"), [("L", "a.jpg"), ("CMYK", "a.jpg"), ("1", "a.png")])
def test_grey_printed_and_scanned_pictures_can_be_shown(
    tmp_path: Path, mode: str, name: str
) -> None:
    paper = (0, 0, 0, 0) if mode == "CMYK" else "white"
    photo = save(tmp_path / name, Image.new(mode, (1500, 20), paper))
    with Image.open(io.BytesIO(render_photo(photo).large.data)) as seen:
        assert "RGB" == seen.mode
        assert (255, 255, 255) == seen.getpixel((10, 10))


def test_a_jpeg_with_a_second_picture_behind_it_shows_the_first(tmp_path: Path) -> None:
    photo = tmp_path / "bos.jpg"
    behind = Image.new("RGB", (1600, 1200), "black")
    four_corners((1600, 1200)).save(photo, "MPO", save_all=True, append_images=[behind])
    assert CORNERS == corners_of(render_photo(photo).large.data)


@pytest.mark.parametrize("name", ["bos.jpg", "bos.png", "bos.webp"])
@pytest.mark.parametrize("size", [(120, 80), (1600, 1200)])
def test_nothing_but_pixels_of_the_original_goes_out(
    tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    profile = swapped() + CANARY
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + CANARY + b"</x:xmpmeta>"
    photo = save(
        tmp_path / name, four_corners(size), exif=exif(3), xmp=xmp, comment=CANARY,
        icc_profile=profile,
    )  # fmt: skip
    if name == "bos.png":
        plant_text(photo)
    assert CANARY in photo.read_bytes()
    renditions = render_photo(photo)
    for one in (renditions.small, renditions.large):
        assert_only_pixels(one.data)


def plant_text(photo: Path) -> None:
    """A PNG's text chunk, which Pillow writes only through an object of its own."""
    info = PngInfo()
    info.add_text("Comment", CANARY.decode())
    with Image.open(photo) as image:
        image.save(photo, pnginfo=info, exif=exif(3))


def assert_only_pixels(data: bytes) -> None:
    for trace in (CANARY, b"Exif", b"xmp", b"ICC_PROFILE", b"Photoshop", b"http"):
        assert trace not in data
    markers = {marker for marker, _ in segments(data)}
    assert markers <= {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}  # JFIF, tables, frame, Huffman, scan
    with Image.open(io.BytesIO(data)) as image:
        assert {} == dict(image.getexif())
        assert {"jfif", "jfif_version", "jfif_unit", "jfif_density"} == set(image.info)


def segments(data: bytes) -> list[tuple[int, bytes]]:
    """A JPEG's markers up to its scan."""
    found: list[tuple[int, bytes]] = []
    at = 2
    while data[at] == 0xFF and (not found or found[-1][0] != 0xDA):
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        found.append((data[at + 1], data[at + 4 : at + 2 + length]))
        at += 2 + length
    return found
