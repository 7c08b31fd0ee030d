"""Awkward files: each gives a whole photo, or a reason; none gives away a byte of itself."""

import contextlib
import io
import subprocess
import sys
import warnings
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
import simplejpeg
from PIL import Image

from lichtbrief.media import UnreadablePhoto, render_photo
from tests.media.corpus import FORMATS, REFUSED, SHOWN, SIZE, noise
from tests.media.draw_corpus import MOST
from tests.media.drawing import save

HALF = 32  # any run of 64 bytes holds a whole block of 32
NUMBER = {name: number for number, name in enumerate((*SHOWN, *REFUSED))}
RESULTS = {"small", "large", "reason"}

pytestmark = pytest.mark.xdist_group("corpus")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """Where every file is with what came of it, and the most memory that it took (bytes)."""
    folder = tmp_path_factory.mktemp("corpus")
    command = [sys.executable, "-W", "ignore", "-m", "tests.media.draw_corpus", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)
    return folder, int(done.stdout)


def test_there_are_many() -> None:
    assert len(SHOWN) + len(REFUSED) >= 60


def test_all_of_them_together_take_little_memory(drawn: tuple[Path, int]) -> None:
    assert drawn[1] < MOST


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_whole_is_shown_and_nothing_of_the_file(drawn: tuple[Path, int], name: str) -> None:
    place = drawn[0] / str(NUMBER[name])
    assert not (place / "reason").exists()
    small, large = (place / "small").read_bytes(), (place / "large").read_bytes()
    for rendition in (small, large):
        assert_whole(rendition)
    for original in place.rglob("*"):
        if original.is_file() and original.name not in RESULTS:
            assert_nothing_copied(original.read_bytes(), small + large)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_whole_is_refused_in_words(drawn: tuple[Path, int], name: str) -> None:
    place = drawn[0] / str(NUMBER[name])
    assert not (place / "small").exists()
    reason, hint = (place / "reason").read_text().split("\n")
    assert reason
    assert hint


def assert_whole(rendition: bytes) -> None:
    """A decoder that hides nothing accepts it."""
    if rendition.startswith(b"\xff\xd8"):
        assert simplejpeg.decode_jpeg(rendition, strict=True).size
        return
    with warnings.catch_warnings(action="error"), Image.open(io.BytesIO(rendition)) as image:
        image.load()
        assert "AVIF" == image.format


@cache
def of_a_blank_sheet() -> set[bytes]:
    """What our encoders write whatever the photo: the tables that all JPEGs share, and marks."""
    with TemporaryDirectory() as folder:
        made = render_photo(save(Path(folder) / "a.png", Image.new("RGB", SIZE, "white")))
    return runs(made.small.data) | runs(made.large.data)


def runs(data: bytes) -> set[bytes]:
    """Every run of 32 bytes."""
    return {data[at : at + HALF] for at in range(len(data) - HALF + 1)}


def copied(original: bytes, rendition: bytes) -> set[bytes]:
    """The blocks of an original that stand anywhere in what goes out."""
    blocks = {original[at : at + HALF] for at in range(0, len(original) - HALF + 1, HALF)}
    return blocks & runs(rendition)


def assert_nothing_copied(original: bytes, rendition: bytes) -> None:
    """No 64 bytes of the original, but those that stand in every photo."""
    assert not copied(original, rendition) - of_a_blank_sheet()


def test_what_is_copied_would_be_found() -> None:
    original = bytes(range(256))
    assert copied(original, b"x" + original[5:69])


@pytest.mark.filterwarnings("ignore")  # Pillow's own remarks on broken files
@pytest.mark.parametrize("kind", FORMATS)
def test_a_photo_cut_anywhere_is_refused_or_lacks_nothing(tmp_path: Path, kind: str) -> None:
    photo = save(tmp_path / f"a.{kind}", noise())
    data, whole = photo.read_bytes(), render_photo(photo)
    for seed in range(6):
        photo.write_bytes(data[: Random(seed).randrange(1, len(data))])
        with contextlib.suppress(UnreadablePhoto):
            made = render_photo(photo)
            assert (whole.small, whole.large) == (made.small, made.large)
