"""A phone writes a film of three seconds beside each photo: nobody chose to show that."""

import pytest

from lichtbrief.media import photo_of_film
from tests.editions.school import Desk


@pytest.mark.parametrize("film", ["IMG_1.MOV", "IMG_1.mp4"])
def test_the_film_beside_a_live_photo_is_not_shown_and_the_check_names_it(
    desk: Desk, film: str
) -> None:
    folder = desk.write("![Boom](IMG_1.HEIC)")
    desk.photo("IMG_1.HEIC")
    (folder / film).write_bytes(b"\0\0\0\x14ftypqt  ")
    post = desk.post()
    assert ["IMG_1.HEIC"] == [photo.file for photo in post.photos]
    assert (film,) == post.unused


@pytest.mark.parametrize(
    ("film", "still"),
    [
        ("IMG_1.MOV", "IMG_1.HEIC"),
        ("img_1.mov", "IMG_1.HEIC"),
        ("PXL_2.mp4", "PXL_2.jpg"),
        ("IMG_3.MOV", None),
        ("IMG_1.pdf", None),
        ("PXL_2.jpg", None),
    ],
)
def test_both_halves_of_a_live_photo_have_one_name(film: str, still: str | None) -> None:
    names = {"IMG_1.MOV", "IMG_1.HEIC", "PXL_2.jpg", "PXL_2.mp4", "IMG_3.MOV", "IMG_1.pdf"}
    assert still == photo_of_film(film, names)
