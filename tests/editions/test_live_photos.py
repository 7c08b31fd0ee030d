"""An iPhone writes a film of three seconds beside each photo: nobody chose to show that."""

from tests.editions.school import Desk


def test_the_film_beside_a_live_photo_is_not_shown_and_the_check_names_it(desk: Desk) -> None:
    folder = desk.write("![Boom](IMG_1.HEIC)")
    desk.photo("IMG_1.HEIC")
    (folder / "IMG_1.MOV").write_bytes(b"\0\0\0\x14ftypqt  ")
    post = desk.post()
    assert ["IMG_1.HEIC"] == [photo.file for photo in post.photos]
    assert ("IMG_1.MOV",) == post.unused
