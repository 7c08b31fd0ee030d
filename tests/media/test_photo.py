"""One original becomes two renditions that show it as it was meant, and tell nothing else."""

import io
from pathlib import Path

import pytest
from PIL import Image

from lichtbrief.media import Recipe, Renditions, digest, render_photo
from tests.media.drawing import CORNERS, corners_of, exif, four_corners, save
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


@pytest.mark.parametrize("recipe", Recipe)
def test_the_small_one_is_a_jpeg_and_the_large_one_as_asked(tmp_path: Path, recipe: Recipe) -> None:
    photo = save(tmp_path / "bos.webp", four_corners((2000, 1500)))
    renditions = render_photo(photo, recipe)
    for one, kind in ((renditions.small, "jpeg"), (renditions.large, recipe.name)):
        with Image.open(io.BytesIO(one.data)) as image:
            assert (one.width, one.height) == image.size
            assert (kind.upper(), f"image/{kind}") == (image.format, one.mime)


def test_the_mean_colour_travels_along(tmp_path: Path) -> None:
    half = Image.new("RGB", (1600, 1200), (250, 0, 0))
    half.paste((0, 0, 100), (0, 0, 800, 1200))
    assert "#7d0032" == render_photo(save(tmp_path / "vlag.png", half)).colour


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
