"""Faces are counted, however they stand in the photo; whose they are, nobody finds out."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageFilter, ImageOps

from lichtbrief.consent import Region
from lichtbrief.errors import LichtbriefError
from lichtbrief.media import UnreadablePhoto, find_faces, require_faces, yunet
from tests.media.astronauts import astronaut, collage, row
from tests.media.drawing import exif, four_corners, save
from tests.media.test_cover import turned


@pytest.fixture
def anew() -> Iterator[None]:
    """The network is loaded anew, before and after the test."""
    yunet.session.cache_clear()
    yield
    yunet.session.cache_clear()


def count(folder: Path, image: Image.Image, name: str = "bos.jpg") -> int:
    return len(find_faces(save(folder / name, image)).boxes)


def test_the_astronaut_has_one_face_and_it_is_where_it_is(tmp_path: Path) -> None:
    (box,) = find_faces(save(tmp_path / "eileen.png", astronaut())).boxes
    assert (0.35, 0.12, 0.18, 0.22) == pytest.approx(box, abs=0.02)


@pytest.mark.parametrize("faces", [0, 1, 2, 3, 7, 15])
def test_as_many_faces_as_there_are(tmp_path: Path, faces: int) -> None:
    assert faces == count(tmp_path, row(faces))


@pytest.mark.parametrize("wide", [60, 90, 200, 400, 900])
def test_far_and_near_faces_are_found_once(tmp_path: Path, wide: int) -> None:
    assert 1 == count(tmp_path, collage((300, 60), wide=wide))


def test_far_and_near_faces_are_found_in_one_photo(tmp_path: Path) -> None:
    image = collage((900, 100), wide=600)
    image.paste(collage((0, 0), size=(80, 100), wide=80), (200, 900))
    assert 2 == count(tmp_path, image)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_upright_before_faces_are_counted(
    tmp_path: Path, orientation: int
) -> None:
    upright = collage((100, 100), (1000, 600))
    stored = turned(upright, orientation)
    photo = save(tmp_path / "bos.jpg", stored, exif=exif(orientation), quality=92)
    left, right = sorted(find_faces(photo).boxes)
    assert left.left < 0.2 < 0.6 < right.left


@pytest.mark.parametrize("size", [(4000, 3000), (1280, 960), (640, 480), (300, 400)])
def test_photos_of_every_size_have_the_same_faces(tmp_path: Path, size: tuple[int, int]) -> None:
    fitted = ImageOps.fit(collage((200, 200), (900, 300), wide=380), size)
    assert 2 == count(tmp_path, fitted)


@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.heic", "a.tiff"])
def test_faces_are_counted_in_every_kind_of_photo(tmp_path: Path, name: str) -> None:
    assert 2 == count(tmp_path, row(2), name)


def test_a_grey_photo_has_faces_too(tmp_path: Path) -> None:
    assert 2 == count(tmp_path, row(2).convert("L"))


@pytest.mark.parametrize("turn", [Image.Transpose.FLIP_LEFT_RIGHT])
def test_a_face_in_a_mirror_is_a_face(tmp_path: Path, turn: Image.Transpose) -> None:
    assert 2 == count(tmp_path, row(2).transpose(turn))


def test_where_nobody_is_nobody_is_found(tmp_path: Path) -> None:
    assert 0 == count(tmp_path, four_corners((1600, 1200)))
    assert 0 == count(tmp_path, row(3).filter(ImageFilter.GaussianBlur(60)))
    assert 0 == count(tmp_path, Image.new("RGB", (5000, 3), "red"), "slinger.png")
    assert 0 == count(tmp_path, Image.new("RGB", (1, 1), "red"), "punt.png")


def test_a_covered_face_does_not_count(tmp_path: Path) -> None:
    faces = find_faces(save(tmp_path / "bos.jpg", row(3)))
    first, second, _ = sorted(faces.boxes)
    assert 3 == faces.visible(())
    assert 2 == faces.visible((first,))
    assert 1 == faces.visible((first, second))
    assert 0 == faces.visible((Region(0, 0, 1, 1),))


def test_a_face_that_is_covered_in_part_is_seen(tmp_path: Path) -> None:
    faces = find_faces(save(tmp_path / "bos.jpg", row(1)))
    (face,) = faces.boxes
    half = face._replace(top=face.top + face.height * 0.9)
    assert 1 == faces.visible((half,))


def test_a_cover_over_the_pixels_takes_the_face_away(tmp_path: Path) -> None:
    image = row(2)
    photo = save(tmp_path / "bos.jpg", image)
    face, _ = sorted(find_faces(photo).boxes)
    wide, high = image.size
    left, top = round(face.left * wide), round(face.top * high)
    image.paste((128, 128, 128), (left, top, left + 120, top + 160))
    assert 1 == count(tmp_path, image, "covered.jpg")


def test_a_photo_that_cannot_be_read_has_no_number_of_faces(tmp_path: Path) -> None:
    photo = tmp_path / "stuk.jpg"
    photo.write_bytes(save(tmp_path / "bos.jpg", row(1)).read_bytes()[:5000])
    with pytest.raises(UnreadablePhoto):
        find_faces(photo)


@pytest.mark.usefixtures("anew")
def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(LichtbriefError, match="faces cannot be counted") as caught:
        require_faces()
    assert "lichtbrief[faces]" in caught.value.hint


@pytest.mark.usefixtures("anew")
def test_other_weights_than_ours_find_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "weights.onnx"
    other.write_bytes(yunet.WEIGHTS.read_bytes()[:-1] + b"x")
    monkeypatch.setattr(yunet, "WEIGHTS", other)
    with pytest.raises(LichtbriefError, match="are damaged"):
        require_faces()


@pytest.mark.usefixtures("anew")
def test_a_network_that_fails_is_an_error_and_not_a_photo_without_faces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(yunet, "session", fail)
    with pytest.raises(LichtbriefError, match="could not be counted"):
        count(tmp_path, row(1))
