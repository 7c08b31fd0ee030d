"""Short films, made here frame by frame, as phones write them."""

import io
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.container import OutputContainer
from av.video import VideoStream
from av.video.frame import VideoFrame
from PIL import Image

from tests.media.drawing import CANARY, four_corners

CLOCK = 60_000  # what MPEG-4 can count
ALIKE = (1, 0, 0, 0, 1, 0, 0, 0, 1)
WHERE = "+52.7500+005.4200+002.000/"
NOTES = {
    "title": CANARY.decode() + " title",
    "comment": CANARY.decode() + " comment",
    "com.apple.quicktime.location.ISO6709": WHERE,
    "com.apple.quicktime.make": CANARY.decode() + " Phone",
    "com.apple.quicktime.creationdate": "2026-11-17T10:11:12+0100",
    "location": WHERE,
}


def evenly(count: int, rate: float = 10.0) -> list[float]:
    """The times of that many frames, so many a second."""
    return [number / rate for number in range(count)]


def film(
    path: Path,
    times: Sequence[float] = tuple(evenly(15)),
    *,
    size: tuple[int, int] = (160, 90),
    codec: str = "libx264",
    pixels: str = "yuv420p",
    sound: str | None = "aac",
    matrix: Sequence[int] | None = None,
    colours: tuple[int, int, int] | None = None,
    options: dict[str, str] | None = None,
    drawn: Image.Image | None = None,
) -> Path:
    """A film whose frames are shown at `times` (s), with everything noted in it that has room.

    `drawn` is what is filmed (four corners); `matrix` are the nine numbers of how the phone was
    held; `colours` are primaries, transfer and matrix by their numbers in ISO/IEC 23091-2.
    """
    with av.open(str(path), "w", options={"movflags": "use_metadata_tags"}) as out:
        out.metadata.update(NOTES)
        picture = _picture(out, codec, size, pixels, options or {})
        if colours:
            context = picture.codec_context
            context.color_primaries, context.color_trc, context.colorspace = colours
        if matrix is not None:
            picture.set_display_matrix(_fixed(matrix))
        voice: Any = out.add_stream(sound, rate=48_000, layout="mono") if sound else None
        still = (drawn or four_corners(size)).resize(size)
        for number, at in enumerate(times):
            frame = VideoFrame.from_ndarray(np.asarray(_with_a_bar(still, number)), "rgb24")
            frame.pts, frame.time_base = round(at * CLOCK), Fraction(1, CLOCK)
            out.mux(picture.encode(frame))
        out.mux(picture.encode(None))
        if voice is not None:
            for tone in _tones(times[-1]):
                out.mux(voice.encode(tone))
            out.mux(voice.encode(None))
    return path


def _picture(
    out: OutputContainer, codec: str, size: tuple[int, int], pixels: str, options: dict[str, str]
) -> VideoStream:
    quick = {"libx264": {"preset": "ultrafast"}, "libx265": {"preset": "ultrafast"}}
    quiet = {"libx265": {"x265-params": "log-level=none:bframes=0"}}
    stream: Any = out.add_stream(
        codec, rate=30, options=quick.get(codec, {}) | quiet.get(codec, {}) | options
    )
    stream.width, stream.height = size
    stream.pix_fmt = pixels
    stream.codec_context.time_base = Fraction(1, CLOCK)
    if codec == "libx265":
        stream.codec_context.codec_tag = "hvc1"  # as iPhones call it
    assert isinstance(stream, VideoStream)
    return stream


def _fixed(matrix: Sequence[int]) -> list[int]:
    """As in the file: 16.16 fixed point, the last column 2.30."""
    return [one << (30 if place % 3 == 2 else 16) for place, one in enumerate(matrix)]


def _with_a_bar(still: Image.Image, number: int) -> Image.Image:
    """Something that moves, in the middle."""
    image = still.copy()
    wide, high = image.size
    x = wide * 3 // 8 + number % 5
    image.paste((250, 250, 250), (x, high * 3 // 8, x + wide // 8, high * 5 // 8))
    return image


def _tones(seconds: float) -> list[AudioFrame]:
    count = max(1, int(seconds * 48_000 / 1024))
    wave = np.sin(np.arange(count * 1024) * 440 * 2 * np.pi / 48_000).astype(np.float32) / 4
    frames = []
    for number in range(count):
        part = wave[number * 1024 : (number + 1) * 1024].reshape(1, -1)
        frame = AudioFrame.from_ndarray(part, format="fltp", layout="mono")
        frame.sample_rate, frame.pts = 48_000, number * 1024
        frame.time_base = Fraction(1, 48_000)
        frames.append(frame)
    return frames


def looked_at(video: bytes) -> dict[str, Any]:
    """What an MP4 holds: sizes, times of its frames, seconds of sound, its last frame."""
    with av.open(io.BytesIO(video), "r") as made:
        picture, sound = made.streams.video[0], made.streams.best("audio")
        frames = list(made.decode(picture))
        times = [float((frame.pts or 0) * (frame.time_base or 0)) for frame in frames]
        seconds = (sound.duration or 0) * (sound.time_base or 0) if sound else None
        return {
            "codec": picture.codec_context.codec.canonical_name,
            "size": (frames[-1].width, frames[-1].height),
            "times": times,
            "heard": None if seconds is None else float(seconds),
            "last": Image.fromarray(frames[-1].to_ndarray(format="rgb24")),
        }
