"""One film, decoded once: its frames and its sound made anew, and a still on the way."""

import hashlib
import os
from collections.abc import Callable
from io import BufferedReader
from pathlib import Path

from av.audio.frame import AudioFrame
from av.frame import Frame
from av.video.frame import VideoFrame
from PIL import Image

from lichtbrief.media.film import Film, FilmBounds
from lichtbrief.media.films.opening import OpenFilm, open_film, too_long
from lichtbrief.media.films.output import Output
from lichtbrief.media.films.picture import Picture
from lichtbrief.media.original import refuse_elsewhere
from lichtbrief.media.photo import Recipe, render_image
from lichtbrief.media.unreadable import UnreadablePhoto

MEGABYTE = 1_000_000
SHORTEST = 0.0249  # seconds from a frame to the next: 60 a second become 30, 50 become 25
STILL_AT = 1.0  # by then, whoever filmed holds the phone still
MISSING = 0.5  # seconds that may lack at the end of a whole film: its last frame may stand

Progress = Callable[[float], None]


def transcode(path: Path, recipe: Recipe, bounds: FilmBounds, progress: Progress) -> Film:
    """Make a film anew from its frames and its sound, upright and within 720 lines.

    `progress` is told which part of it is done, from 0 to 1. Raises UnreadablePhoto for
    whatever is not surely one whole film of the kind its name says.
    """
    refuse_elsewhere(path, "film")
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        if not before.st_size:
            raise UnreadablePhoto("is empty", "copy it from the camera again")
        if before.st_size > bounds.megabytes * MEGABYTE:
            raise UnreadablePhoto(f"is larger than {bounds.megabytes} MB", "save it smaller")
        taken = _transcode(file, path.suffix.lower(), bounds, progress)
        original = _digest(file)
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise UnreadablePhoto("was changed while it was read", "run it again")
    return taken.film(recipe, original)


def _digest(file: BufferedReader) -> str:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def _transcode(
    file: BufferedReader, suffix: str, bounds: FilmBounds, progress: Progress
) -> "_Take":
    try:
        take = _Take(open_film(file, suffix, bounds), bounds, progress)
        take.run()
    except (UnreadablePhoto, MemoryError):
        raise
    except Exception as error:  # damaged files raise nearly everything
        hint = "look whether it plays, and copy it from the phone again"
        raise UnreadablePhoto("is damaged or not a film", hint) from error
    return take


def _image(frame: VideoFrame) -> Image.Image:
    image: Image.Image = frame.to_image()  # type: ignore[no-untyped-call] # PyAV does not say
    return image


class _Take:
    """One run through an original, from its first packet to its last."""

    def __init__(self, original: OpenFilm, bounds: FilmBounds, progress: Progress) -> None:
        self.original, self.bounds, self.progress = original, bounds, progress
        self.picture = Picture(original.picture.sample_aspect_ratio)
        self.output: Output | None = None
        self.early: list[tuple[AudioFrame, float]] = []  # what is heard before anything is seen
        self.read = self.shown = self.still_at = -1.0
        self.still: Image.Image | None = None
        self.data = b""

    def run(self) -> None:
        """Read, turn and encode everything."""
        every = (self.original.picture, self.original.sound)
        streams = [stream for stream in every if stream is not None]
        for packet in self.original.container.demux(streams):
            for frame in packet.decode():
                if isinstance(frame, Frame):
                    self.take(frame)
        if self.output is None:
            raise UnreadablePhoto("has no picture that can be read", "save it as MP4 (H.264)")
        if self.original.seconds and self.read < self.original.seconds * 0.9 - MISSING:
            hint = "copy it from the phone again, whole"
            raise UnreadablePhoto("ends before its end: a part of it is missing", hint)
        self.data = self.output.finish()

    def take(self, frame: Frame) -> None:
        """Take one decoded frame or piece of sound to its place."""
        if frame.pts is None or frame.time_base is None:
            return
        at = float(frame.pts * frame.time_base) - self.original.begin
        if at > self.bounds.seconds + MISSING:
            raise too_long(self.bounds)
        if isinstance(frame, VideoFrame):
            self.see(frame, max(0.0, at))
        elif isinstance(frame, AudioFrame) and self.output is None:
            self.early.append((frame, at))
        elif isinstance(frame, AudioFrame) and self.output is not None:
            self.output.sound(frame, at)

    def see(self, frame: VideoFrame, at: float) -> None:
        """Take one frame, unless it comes too soon after another."""
        if at <= self.read:
            return
        self.read = at
        if self.original.seconds:
            self.progress(min(1.0, at / self.original.seconds))
        if self.output is None or at - self.shown >= SHORTEST:
            self.shown = at
            self.show(self.picture.take(frame), at)

    def show(self, frame: VideoFrame, at: float) -> None:
        """Encode one frame, and keep it as the still while none of a second later has come."""
        if self.output is None:
            self.output = Output(
                self.picture.size,
                tagged=self.picture.tagged,
                with_sound=self.original.sound is not None,
            )
            for sound, when in self.early:
                self.output.sound(sound, when)
        if self.still_at < STILL_AT and (self.still is None or at >= STILL_AT):
            self.still, self.still_at = _image(frame), at
        self.output.show(frame, at)

    def film(self, recipe: Recipe, original: str) -> Film:
        """What has been made, with a still made as a photo is."""
        if self.still is None:
            raise ValueError("nothing has been taken")
        still = render_image(self.still, recipe, original)
        width, height = self.picture.size
        return Film(still, self.data, width, height, round(self.read, 1), original)
