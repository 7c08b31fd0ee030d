"""What two independent programs find in a film that goes out: nothing that was in the original."""

import json
import subprocess
from pathlib import Path

import pytest

from lichtbrief.media import FilmBounds, Recipe, render_film
from tests.exiftool import find_exiftool
from tests.ffmpeg import find
from tests.media.drawing import CANARY
from tests.media.filming import WHERE, evenly, film

FILMS = [
    ("a.mov", "libx265", "aac"),
    ("a.mp4", "libx264", "aac"),
    ("a.webm", "libvpx-vp9", "libopus"),
]
PLANTED = (CANARY, WHERE[:8].encode(), b"2026-11-17")
BRANDS = {"major_brand", "minor_version", "compatible_brands"}
OURS = BRANDS | {"language", "handler_name", "vendor_id"}
PERSONAL = ("gps", "location", "make", "model", "software", "title", "comment", "artist", "author",
            "imagedescription", "serial", "owner", "copyright", "encoder", "user")  # fmt: skip


def probed(path: Path) -> dict[str, str]:
    """Every tag that ffprobe finds, of the whole and of each stream."""
    command = [find("ffprobe"), "-v", "error", "-of", "json", "-show_format", "-show_streams"]
    out = subprocess.run([*command, "-show_chapters", path], capture_output=True, check=True).stdout
    value = json.loads(out)
    assert [] == value["chapters"]
    parts = [value["format"], *value["streams"]]
    return {name: text for part in parts for name, text in part.get("tags", {}).items()}


def exif(path: Path) -> dict[str, object]:
    command: list[str | Path] = [
        find_exiftool(),
        "-json",
        "-unknown",
        "-ee",
        "-all",
        "--File:all",
        path,
    ]
    (tags,) = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert isinstance(tags, dict)
    return tags


@pytest.mark.parametrize(("name", "codec", "sound"), FILMS)
def test_nothing_of_the_original_but_what_is_seen_and_heard_goes_out(
    tmp_path: Path, name: str, codec: str, sound: str
) -> None:
    original = film(tmp_path / name, evenly(3), codec=codec, sound=sound)
    assert CANARY in original.read_bytes()
    made = render_film(original, Recipe.jpeg, FilmBounds(), lambda _: None)
    out = tmp_path / "out.mp4"
    out.write_bytes(made.video)
    tags = probed(out)
    assert set() == tags.keys() - OURS
    assert {"und", "VideoHandler", "SoundHandler"} >= {tags["language"], tags["handler_name"]}
    found = {tag.lower(): value for tag, value in exif(out).items() if tag != "SourceFile"}
    assert [] == [tag for tag in found if any(word in tag for word in PERSONAL)]
    dates = {value for tag, value in found.items() if "date" in tag}
    assert {"0000:00:00 00:00:00"} >= dates
    for planted in PLANTED:
        assert planted not in made.video
        assert planted not in made.still.small.data + made.still.large.data


def test_they_would_have_found_it(tmp_path: Path) -> None:
    original = film(tmp_path / "a.mov", evenly(3), codec="libx265")
    assert WHERE == probed(original)["com.apple.quicktime.location.ISO6709"]
    assert {"GPSCoordinates", "Make", "Title"} <= exif(original).keys()


def test_no_run_of_bytes_of_the_original_is_in_what_goes_out(tmp_path: Path) -> None:
    path = film(tmp_path / "a.webm", evenly(5), codec="libvpx-vp9", sound="libopus")
    original = path.read_bytes()
    video = render_film(path, Recipe.jpeg, FilmBounds(), lambda _: None).video
    runs = {original[at : at + 64] for at in range(len(original) - 64)}
    plain = {run for run in runs if len(set(run)) > 16}
    assert [] == [at for at in range(len(video) - 64) if video[at : at + 64] in plain]
