"""However large a photo is, the machine that draws it keeps on working."""

import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from PIL import Image

from lichtbrief.media import Bounds, UnreadablePhoto, render_photo
from lichtbrief.media.bounds import Room
from lichtbrief.media.jpeg import is_one_scan, segments
from tests.media.drawing import four_corners, save

MOST_KIB = 1536 * 1024
# Not getrusage: what that tells as the peak holds what the caller had when it forked.
DRAW = r"""
import re, resource, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from lichtbrief.errors import LichtbriefError
from lichtbrief.media import Original, render_photo, render_photos
first, extra, *others = sys.argv[1:]
render_photo(Path(first))  # everything that is loaded once
if int(extra):
    now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + int(extra),) * 2)
try:
    with ThreadPoolExecutor(2) as workers:
        results = render_photos([Original(Path(one)) for one in others], workers, lambda _: None)
    print(*[type(one).__name__ for one in results])
except LichtbriefError as error:
    print(error.message)
print(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1])
"""


def draw(folder: Path, *photos: Path, extra: int = 0) -> tuple[str, int]:
    """Draw photos in a process with two workers: what it says, and its peak of memory in KiB.

    `extra` is how many bytes the process may take above what it has when it begins.
    """
    first = save(folder / "first.jpg", four_corners((1600, 1200)))
    command = [sys.executable, "-c", DRAW, str(first), str(extra), *map(str, photos)]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    said, peak = out.splitlines()
    return said, int(peak)


def test_two_workers_with_nothing_but_huge_photos_stay_below_a_gibibyte_and_a_half(
    tmp_path: Path,
) -> None:
    phone = save(tmp_path / "phone.jpg", Image.new("L", (16_320, 12_240)))
    screen = Image.new("RGBA", (8_100, 6_100))
    png = save(tmp_path / "screen.png", screen, compress_level=1)
    again = save(tmp_path / "again.png", screen, compress_level=1)
    web = save(tmp_path / "web.webp", screen.crop((0, 0, 8_100, 5_000)), method=0)
    said, peak = draw(tmp_path, phone, png, again, web)
    assert "Renditions Renditions Renditions Renditions" == said
    assert peak < MOST_KIB


@pytest.mark.parametrize("name", ["a.png", "a.heic", "a.jpg", "a.gif", "a.tif", "a.avif"])
def test_memory_that_runs_out_says_nothing_about_the_photo(tmp_path: Path, name: str) -> None:
    image = Image.new("RGB", (4_000, 3_000))
    photo = save(tmp_path / name, image, **{"progressive": True} if name == "a.jpg" else {})
    said, _ = draw(tmp_path, photo, extra=16 * 2**20)
    assert "there is not enough memory to draw the photos" == said


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        (Bounds(megapixels=1), "has more than 1 million pixels"),
        (Bounds(memory=1), "takes more than 1 MB of memory to read"),
        (Bounds(megabytes=1), "is larger than 1 MB"),
    ],
)
def test_a_school_may_draw_the_line_elsewhere(tmp_path: Path, bounds: Bounds, said: str) -> None:
    photo = save(tmp_path / "a.jpg", four_corners((1_300, 1_000)))
    with photo.open("r+b") as file:
        file.truncate(1_000_001)
    with pytest.raises(UnreadablePhoto) as caught:
        render_photo(photo, bounds=bounds)
    assert said == caught.value.reason


def test_who_needs_more_than_is_left_waits_for_the_others() -> None:
    room, began, end = Room(), Event(), Event()
    order: list[str] = []

    def first() -> None:
        with room.hold(7, 10):
            began.set()
            end.wait(60)
            order.append("first")

    def second() -> None:
        with room.hold(4, 10):
            order.append("second")

    with ThreadPoolExecutor(2) as workers:
        workers.submit(first)
        began.wait(60)
        waiting = workers.submit(second)
        with room.hold(3, 10):  # for which there is room
            order.append("third")
        end.set()
        waiting.result(60)
    assert ["third", "first", "second"] == order


def test_room_is_given_back_by_who_fails() -> None:
    room = Room()
    with pytest.raises(ValueError, match="damaged"), room.hold(10, 10):
        raise ValueError("damaged")
    with room.hold(10, 10):
        pass


def in_three_scans(size: tuple[int, int]) -> bytes:
    """A JPEG that gives its colours one after the other: a decoder holds all of it meanwhile."""
    out = io.BytesIO()
    four_corners((64, 64)).save(out, "JPEG")
    data = bytearray(out.getvalue())
    start = next(at for marker, at, _ in segments(bytes(data)) if marker == 0xDA)
    frame = next(at for marker, at, _ in segments(bytes(data)) if marker == 0xC0)
    data[frame + 5 : frame + 9] = size[1].to_bytes(2) + size[0].to_bytes(2)
    data[start:] = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + bytes(99)
    return bytes(data)


def test_a_jpeg_of_several_scans_is_measured_by_all_its_pixels(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(in_three_scans((16_000, 12_000)))
    with pytest.raises(UnreadablePhoto, match="takes more than 1000 MB"):
        render_photo(photo)


@pytest.mark.parametrize("cut", [0, 1, 2, 3, 5, 200])
def test_a_jpeg_without_a_whole_head_is_not_taken_for_a_small_one(cut: int) -> None:
    assert not is_one_scan(in_three_scans((64, 64))[:cut], 3)
