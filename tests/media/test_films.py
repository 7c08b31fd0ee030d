"""What a film becomes: one MP4 that every browser plays, upright, and a still of it."""

import io
from pathlib import Path

import pytest

from lichtbrief.media import Film, FilmBounds, Recipe, UnreadablePhoto, render_film
from tests.media.drawing import BLUE, CORNERS, GREEN, RED, YELLOW, corners_of
from tests.media.filming import evenly, film, looked_at

# How the corners of what is stored are seen, for each way in which a phone can be held.
HELD = {
    (1, 0, 0, 1): (RED, GREEN, BLUE, YELLOW),
    (-1, 0, 0, 1): (GREEN, RED, YELLOW, BLUE),
    (1, 0, 0, -1): (BLUE, YELLOW, RED, GREEN),
    (-1, 0, 0, -1): (YELLOW, BLUE, GREEN, RED),
    (0, 1, -1, 0): (BLUE, RED, YELLOW, GREEN),
    (0, -1, 1, 0): (GREEN, YELLOW, RED, BLUE),
    (0, 1, 1, 0): (RED, BLUE, GREEN, YELLOW),
    (0, -1, -1, 0): (YELLOW, GREEN, BLUE, RED),
}


USUAL = FilmBounds()


def rendered(path: Path, bounds: FilmBounds = USUAL) -> Film:
    return render_film(path, Recipe.jpeg, bounds, lambda _: None)


def last_corners(made: Film) -> tuple[tuple[int, int, int], ...]:
    out = io.BytesIO()
    looked_at(made.video)["last"].save(out, "PNG")
    return corners_of(out.getvalue())


@pytest.mark.parametrize("held", HELD)
def test_a_film_is_upright_however_the_phone_was_held(
    tmp_path: Path, held: tuple[int, int, int, int]
) -> None:
    a, b, c, d = held
    made = rendered(film(tmp_path / "a.mov", evenly(3), matrix=(a, b, 0, c, d, 0, 0, 0, 1)))
    size = (160, 90) if a else (90, 160)
    assert (size, size) == ((made.width, made.height), looked_at(made.video)["size"])
    assert (HELD[held], HELD[held]) == (last_corners(made), corners_of(made.still.small.data))


@pytest.mark.parametrize(
    ("name", "codec", "sound"),
    [
        ("phone.MOV", "libx265", "aac"),
        ("phone.mp4", "libx264", "aac"),
        ("old.3gp", "mpeg4", "aac"),
        ("browser.webm", "libvpx-vp9", "libopus"),
        ("browser.webm", "libvpx", "libopus"),
        ("camera.mov", "libx264", "pcm_s16le"),
    ],
)
def test_every_kind_of_film_becomes_one_that_browsers_play(
    tmp_path: Path, name: str, codec: str, sound: str
) -> None:
    made = rendered(film(tmp_path / name, codec=codec, sound=sound, pixels="yuv420p"))
    seen = looked_at(made.video)
    assert ("h264", (160, 90), CORNERS) == (seen["codec"], seen["size"], last_corners(made))
    assert seen["heard"] == pytest.approx(1.4, abs=0.1)
    assert made.seconds == pytest.approx(1.4, abs=0.01)


def test_its_index_stands_first_so_that_it_plays_before_all_of_it_is_there(tmp_path: Path) -> None:
    video = rendered(film(tmp_path / "a.mp4")).video
    assert video.index(b"moov") < video.index(b"mdat")


def test_a_film_without_sound_stays_without(tmp_path: Path) -> None:
    assert looked_at(rendered(film(tmp_path / "a.mp4", sound=None)).video)["heard"] is None


def test_frames_keep_their_times_where_a_phone_slows_down(tmp_path: Path) -> None:
    times = [0.0, 0.033, 0.066, 0.5, 1.25, 1.3, 2.9]
    seen = looked_at(rendered(film(tmp_path / "a.mp4", times)).video)["times"]
    assert times == pytest.approx(seen, abs=0.002)


@pytest.mark.parametrize(("rate", "becomes"), [(60, 30), (50, 25), (240, 40), (30, 30), (24, 24)])
def test_fast_films_lose_the_frames_that_nobody_misses(
    tmp_path: Path, rate: int, becomes: int
) -> None:
    path = film(tmp_path / "a.mp4", evenly(rate, rate), sound=None)
    assert becomes == len(looked_at(rendered(path).video)["times"])


@pytest.mark.parametrize(
    ("size", "becomes"),
    [((3840, 2160), (1280, 720)), ((1440, 1080), (960, 720)), ((1080, 1920), (720, 1280))],
)
def test_large_films_get_720_lines(
    tmp_path: Path, size: tuple[int, int], becomes: tuple[int, int]
) -> None:
    made = rendered(film(tmp_path / "a.mp4", evenly(2), size=size, sound=None))
    assert (becomes, CORNERS) == (looked_at(made.video)["size"], last_corners(made))


def test_a_film_in_hdr_gets_colours_that_every_screen_shows(tmp_path: Path) -> None:
    hlg = (9, 18, 9)
    pale = film(
        tmp_path / "a.mov",
        evenly(2),
        codec="libx265",
        pixels="yuv420p10le",
        colours=hlg,
        sound=None,
    )
    made = rendered(pale)
    assert CORNERS == last_corners(made)
    plain = looked_at(rendered(film(tmp_path / "b.mov", evenly(2), sound=None)).video)["last"]
    bar = (80, 45)
    assert sum(plain.getpixel(bar)) > sum(looked_at(made.video)["last"].getpixel(bar)) > 300


def test_the_still_is_of_a_second_later_and_as_a_photo_is(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", size=(1280, 720), sound=None)
    made = render_film(path, Recipe.avif, FilmBounds(), lambda _: None)
    kinds = [(one.width, one.mime) for one in (made.still.small, made.still.large)]
    assert [(480, "image/jpeg"), (1280, "image/avif")] == kinds
    assert made.original == made.still.original


def test_the_same_film_twice_is_the_same_bytes(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4")
    assert rendered(path) == rendered(path)


def test_a_pixel_that_is_not_square_is_made_so(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", evenly(2), options={"aspect": "4/3"}, size=(120, 90))
    assert (160, 90) == looked_at(rendered(path).video)["size"]


def test_how_far_it_is_is_told(tmp_path: Path) -> None:
    told: list[float] = []
    path = film(tmp_path / "a.mp4", evenly(60, 30), size=(1920, 1080))
    render_film(path, Recipe.jpeg, FilmBounds(), told.append)
    assert told == sorted(told)
    assert all(0 < one <= 1 for one in told)


def test_who_stops_is_not_kept_waiting(tmp_path: Path) -> None:
    def stop(_: float) -> None:
        raise KeyboardInterrupt

    path = film(tmp_path / "a.mp4", evenly(90, 30), size=(1920, 1080))
    with pytest.raises(KeyboardInterrupt):
        render_film(path, Recipe.jpeg, FilmBounds(), stop)


def reason(path: Path, bounds: FilmBounds = USUAL) -> str:
    with pytest.raises(UnreadablePhoto) as refused:
        rendered(path, bounds)
    assert refused.value.hint
    return refused.value.reason


def test_bounds_on_seconds_bytes_and_pixels(tmp_path: Path) -> None:
    long = film(tmp_path / "a.mp4", evenly(25))
    assert "lasts longer than 2 seconds" == reason(long, FilmBounds(seconds=2))
    heavy = tmp_path / "b.mp4"
    heavy.write_bytes(long.read_bytes() + bytes(1_000_000))
    assert "is larger than 1 MB" == reason(heavy, FilmBounds(megabytes=1))
    wide = film(tmp_path / "c.mp4", evenly(2), size=(4608, 2592), sound=None)
    assert "has a larger picture than 4K" == reason(wide)
