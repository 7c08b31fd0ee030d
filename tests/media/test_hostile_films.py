"""Whatever is called a film: it becomes one that plays, or there is a clear reason."""

import os
import random
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lichtbrief.media import Film, FilmBounds, Recipe, UnreadablePhoto, render_film
from lichtbrief.media.films import rendering, worker
from tests.ffmpeg import find
from tests.media.filming import evenly, film, looked_at

USUAL = FilmBounds()


def attempt(path: Path, bounds: FilmBounds = USUAL) -> Film | str:
    """A film that another decoder reads to its end, or why there is none."""
    refused: UnreadablePhoto | None = None
    try:
        made = render_film(path, Recipe.jpeg, bounds, lambda _: None)
    except UnreadablePhoto as error:
        refused = error
    if refused is not None:
        assert refused.hint
        assert str(path) not in f"{refused.reason} {refused.hint}"
        return refused.reason
    assert looked_at(made.video)["times"]
    return made


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Good films of three kinds, to be spoiled."""
    folder = tmp_path_factory.mktemp("whole")
    made = [
        film(folder / "a.mp4", evenly(20)),
        film(folder / "a.mov", evenly(20), codec="libx265"),
        film(folder / "a.webm", evenly(20), codec="libvpx-vp9", sound="libopus"),
    ]
    return {path.suffix: path.read_bytes() for path in made}


@pytest.mark.parametrize("suffix", [".mp4", ".mov", ".webm"])
@pytest.mark.parametrize("part", [0.1, 0.6])
def test_a_film_that_was_cut_off_is_refused(
    tmp_path: Path, whole: dict[str, bytes], suffix: str, part: float
) -> None:
    data = whole[suffix]
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data[: int(len(data) * part)])
    refused = attempt(path)
    assert refused in (
        "is damaged or not a film", "ends before its end: a part of it is missing",
        "has no picture that can be read",
    )  # fmt: skip


def test_one_whose_index_stands_first_does_not_hide_that_it_was_cut_off(
    tmp_path: Path,
) -> None:
    times = evenly(50)
    path = film(tmp_path / "a.mp4", times, sound=None, options={"g": "5"})
    fast = tmp_path / "fast.mp4"
    command: list[str | Path] = [
        find("ffmpeg"),
        "-v",
        "error",
        "-i",
        path,
        "-c",
        "copy",
        "-movflags",
        "+faststart",
        fast,
    ]
    subprocess.run(command, check=True)
    fast.write_bytes(fast.read_bytes()[: fast.stat().st_size // 2])
    assert isinstance(attempt(fast), str)


@pytest.mark.parametrize("seed", range(9))
def test_bytes_that_changed_on_the_way(tmp_path: Path, whole: dict[str, bytes], seed: int) -> None:
    suffix = (".mp4", ".mov", ".webm")[seed % 3]
    chance = random.Random(seed)
    data = bytearray(whole[suffix])
    for _ in range(chance.choice((1, 20, 400))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    attempt(path)


MAGIC = {
    ".mp4": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
    ".mov": b"\0\0\0\x14ftypqt  \0\0\0\0qt  ",
    ".3gp": b"\0\0\0\x14ftyp3gp4\0\0\0\0isom",
    ".m4v": b"\0\0\0\x14ftypM4V \0\0\0\0isom\0\0\x40\0moov",
    ".webm": b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm",
}


@pytest.mark.parametrize("suffix", MAGIC)
def test_noise_behind_the_right_beginning(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(MAGIC[suffix] + random.Random(1).randbytes(50_000))
    assert isinstance(attempt(path), str)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("leeg.mp4", b""),
        ("foto.mp4", b"\xff\xd8\xff\xe0" + bytes(900)),
        ("lijst.mp4", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n"),
        ("lijst.mov", b"ffconcat version 1.0\nfile /etc/hostname\n"),
        ("film.webm", MAGIC[".mp4"] + bytes(90)),
        ("tekst.mov", b"Beste ouders" * 90),
    ],
)
def test_what_is_no_film_is_not_read_as_one(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert attempt(path) in ("is empty", "is damaged or not a film")


def to_elsewhere(path: Path, outside: Path) -> None:
    path.symlink_to(outside)


def pipe(path: Path, _: Path) -> None:
    os.mkfifo(path)


def folder(path: Path, _: Path) -> None:
    path.mkdir()


def nothing(_: Path, __: Path) -> None:
    """There is no such file."""


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (to_elsewhere, "is a link to a file elsewhere"),
        (pipe, "is not a file"),
        (folder, "is not a file"),
        (nothing, "cannot be opened"),
    ],
)
def test_only_an_ordinary_file_of_its_folder_is_opened(
    tmp_path: Path, make: Callable[[Path, Path], None], reason: str
) -> None:
    outside = film(tmp_path / "elders.mp4", evenly(2))
    inside = tmp_path / "post"
    inside.mkdir()
    make(inside / "a.mp4", outside)
    assert reason == attempt(inside / "a.mp4")


def test_a_film_with_a_name_of_any_kind(tmp_path: Path) -> None:
    path = tmp_path / "-i\n'é\" 🐸 .. %d.MP4"
    film(tmp_path / "a.mp4", evenly(2)).rename(path)
    assert isinstance(attempt(path), Film)


def test_a_picture_of_absurd_size_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    data = bytearray(film(tmp_path / "a.mp4", evenly(2), sound=None).read_bytes())
    at = data.index(b"avc1", data.index(b"stsd"))
    data[at + 28 : at + 32] = struct.pack(">HH", 65_535, 65_535)
    path = tmp_path / "b.mp4"
    path.write_bytes(data)
    attempt(path)  # the decoder believes the stream, and the stream is small


def test_frames_that_claim_to_come_next_year_are_too_late(tmp_path: Path) -> None:
    path = film(tmp_path / "a.webm", [0, 0.1, 0.2, 30_000], codec="libvpx", sound=None)
    assert "lasts longer than 120 seconds" == attempt(path)


def test_a_worker_that_is_killed_is_a_reason_and_no_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "WORKER", "os")  # ends without a word
    path = film(tmp_path / "a.mp4", evenly(2))
    assert "takes too long to read, or is damaged" == attempt(path)


def test_what_a_worker_takes_is_bounded() -> None:
    code = (
        "import resource\nfrom lichtbrief.media import FilmBounds\n"
        "from lichtbrief.media.films.worker import hold\nhold(FilmBounds(seconds=10))\n"
        "print(*(resource.getrlimit(getattr(resource, w))[0] for w in ('RLIMIT_AS', 'RLIMIT_CPU')))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert [worker.MOST_MEMORY, 120 + 30 * 10] == [int(one) for one in out.stdout.split()]


def test_a_worker_knows_nothing_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LICHTBRIEF_KEYS", "geheim")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "geheim")
    assert "geheim" not in rendering.surroundings().values()
