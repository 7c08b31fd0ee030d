"""`python -m bench.drawing.film`: draws the film of the shipped school into content/ again.

A volcano of sand on a table from which foam comes, as a phone would film it: held upright, with
sound, a place and texts that a test can search for.
"""

import random
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame
from PIL import Image

from bench.drawing import CANARIES
from bench.drawing.brush import Canvas, mixed
from bench.drawing.rooms import FLOOR
from bench.drawing.things import room, table

FILM = Path(__file__).parents[2] / "content/groups/groep-5/2026-11-18-vulkaan/schuim.mov"
SIZE = (720, 1280)
SECONDS, RATE = 6, 15
SOUND = 48_000
PLACE = "+52.7500+005.4200-001.000/"  # in the middle of the IJsselmeer
LYING = (0, 1, 0, -1, 0, 0, 0, 0, 1)  # what a phone writes that is held upright

_SAND, _DARK, _LIGHT = (134, 96, 70), (226, 80, 50), (250, 190, 120)


def frames() -> list[Image.Image]:
    """Every frame, upright: each has a little more foam than the one before."""
    canvas = Canvas(SIZE, random.Random(18))
    room(canvas, (206, 218, 226), FLOOR)
    table(canvas, 620)
    x = canvas.wide / 2
    canvas.shape([(x - 240, 930), (x - 55, 520), (x + 55, 520), (x + 240, 930)], _SAND)
    made = []
    for number in range(SECONDS * RATE):
        reach = min(1.0, number / (SECONDS * RATE * 0.8))
        for _ in range(7 if number > RATE // 2 else 0):
            fall = canvas.rng.random() * reach
            side = canvas.rng.uniform(-1, 1) * (40 + fall * 150)
            colour = mixed(_DARK, _LIGHT, canvas.rng.random())
            canvas.oval(x + side, 505 + fall * 400, 25, 19, colour)
        made.append(canvas.image.resize(SIZE, Image.Resampling.LANCZOS))
    return made


def bubbling() -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    """Soft noise that swells and sinks."""
    noise = np.random.default_rng(18).standard_normal(SECONDS * SOUND)
    soft = np.convolve(noise, np.ones(60) / 60, "same")
    swell = np.abs(np.sin(np.arange(len(soft)) * 9 / SOUND))
    return np.asarray(soft * swell * 0.4, dtype=np.float32)


def write(path: Path) -> None:
    """Write the film as a phone does: lying, with the note how it was held."""
    with av.open(str(path), "w", options={"movflags": "use_metadata_tags"}) as out:
        told = ("description", "author", "comment")
        out.metadata.update(zip(told, CANARIES, strict=True))
        out.metadata["com.apple.quicktime.location.ISO6709"] = PLACE
        options = {"crf": "27", "preset": "slow", "threads": "1"}
        picture = out.add_stream("libx264", rate=RATE, options=options)
        picture.width, picture.height, picture.pix_fmt = SIZE[1], SIZE[0], "yuv420p"
        picture.set_display_matrix([n << (30 if p % 3 == 2 else 16) for p, n in enumerate(LYING)])
        voice = out.add_stream("aac", rate=SOUND, layout="mono")
        voice.bit_rate = 32_000
        for image in frames():
            lying = image.transpose(Image.Transpose.ROTATE_90)
            out.mux(picture.encode(VideoFrame.from_ndarray(np.asarray(lying), "rgb24")))
        out.mux(picture.encode(None))
        sound = bubbling()
        for start in range(0, len(sound) - 1023, 1024):
            part = sound[start : start + 1024].reshape(1, -1)
            frame = AudioFrame.from_ndarray(part, format="fltp", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = SOUND, start, Fraction(1, SOUND)
            out.mux(voice.encode(frame))
        out.mux(voice.encode(None))


if __name__ == "__main__":
    write(FILM)
