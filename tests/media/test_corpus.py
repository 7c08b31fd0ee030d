"""Awkward files: each gives a whole photo, or a reason; none gives away a byte of itself."""

import io
import warnings
from pathlib import Path

import pytest
import simplejpeg
from PIL import Image

from lichtbrief.media import Rendition, UnreadablePhoto, render_photo
from tests.media.corpus import REFUSED, SHOWN

RUN = 64


def test_there_are_many() -> None:
    assert len(SHOWN) + len(REFUSED) >= 60


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_whole_is_shown_and_nothing_of_the_file(tmp_path: Path, name: str) -> None:
    original = SHOWN[name](tmp_path)
    made = render_photo(original)
    for rendition in (made.small, made.large):
        assert_whole(rendition)
        assert_nothing_copied(original.read_bytes(), rendition)


@pytest.mark.filterwarnings("ignore")  # Pillow's own remarks on broken files
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_whole_is_refused_in_words(tmp_path: Path, name: str) -> None:
    photo = REFUSED[name](tmp_path)
    with pytest.raises(UnreadablePhoto) as caught:
        render_photo(photo)
    assert caught.value.reason
    assert caught.value.hint


def assert_whole(rendition: Rendition) -> None:
    """A decoder that hides nothing accepts it."""
    if rendition.mime == "image/jpeg":
        seen = simplejpeg.decode_jpeg(rendition.data, strict=True)
        assert (rendition.height, rendition.width) == seen.shape[:2]
        return
    with warnings.catch_warnings(action="error"), Image.open(io.BytesIO(rendition.data)) as image:
        image.load()
        assert ("AVIF", (rendition.width, rendition.height)) == (image.format, image.size)


def assert_nothing_copied(original: bytes, rendition: Rendition) -> None:
    """No 64 bytes of the original; the tables that all JPEGs share are not its own."""
    mark = b"\xff\xda" if rendition.mime == "image/jpeg" else b"mdat"
    coded = rendition.data[rendition.data.index(mark) :]
    half = RUN // 2  # any run of 64 holds a whole block of 32
    blocks = {original[at : at + half] for at in range(0, len(original) - half + 1, half)}
    assert not any(coded[at : at + half] in blocks for at in range(len(coded) - half + 1))
