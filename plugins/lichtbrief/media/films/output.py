"""The MP4 that is made: H.264 and AAC, its index first, in memory and nowhere else."""

import io
from collections.abc import Mapping
from fractions import Fraction

import av
from av.audio import AudioStream
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.video import VideoStream
from av.video.frame import VideoFrame

from lichtbrief.media.films.picture import CLOCK

_H264 = {
    "preset": "veryfast",
    "crf": "26",
    "maxrate": "2M",
    "bufsize": "4M",
    "g": "150",
    # Fixed, or the bytes would depend on the number of cores.
    "threads": "4",
}
_RATE = 48_000
_BITS_OF_SOUND = 96_000
_BT709 = 1


class _Again(io.RawIOBase):
    """What has been written, read from its beginning: how the index gets to the front."""

    def __init__(self, written: io.BytesIO) -> None:
        self.written = written
        self.at = 0

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # what PyAV and io give
        with self.written.getbuffer() as every:
            part = every[self.at : self.at + len(buffer)]
            buffer[: len(part)] = part
            self.at += len(part)
            return len(part)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        begin = (0, self.at, self.written.getbuffer().nbytes)[whence]
        self.at = begin + offset
        return self.at

    def tell(self) -> int:
        return self.at

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True


class Output:
    """Takes frames and sound in order, and gives the file's bytes."""

    def __init__(self, size: tuple[int, int], *, tagged: bool, with_sound: bool) -> None:
        self.data = io.BytesIO()
        self.container = av.open(
            self.data,
            "w",
            format="mp4",
            # bitexact: no word about the program that made it, nor when.
            options={"movflags": "+faststart", "fflags": "+bitexact"},
            io_open=self._open,
        )
        self.picture = self._picture(size, tagged)
        self.voice: AudioStream | None = None
        if with_sound:
            self.voice = self.container.add_stream("aac", rate=_RATE, layout="stereo")
            self.voice.bit_rate = _BITS_OF_SOUND
        self.resampler = AudioResampler("fltp", "stereo", _RATE)

    def show(self, frame: VideoFrame, seconds: float) -> None:
        """Add a frame that is shown from `seconds` on."""
        frame.time_base, frame.pts = Fraction(1, CLOCK), round(seconds * CLOCK)
        frame.pict_type = 0  # the encoder chooses, whatever the original had
        self.container.mux(self.picture.encode(frame))

    def sound(self, frame: AudioFrame, seconds: float) -> None:
        """Add sound that is heard from `seconds` on."""
        if self.voice is not None:
            frame.pts = round(seconds / frame.time_base) if frame.time_base else None
            for made in self.resampler.resample(frame):
                self.container.mux(self.voice.encode(made))

    def finish(self) -> bytes:
        """The whole file."""
        self.container.mux(self.picture.encode(None))
        if self.voice is not None:
            for made in self.resampler.resample(None):
                self.container.mux(self.voice.encode(made))
            self.container.mux(self.voice.encode(None))
        self.container.close()
        return self.data.getvalue()

    def _picture(self, size: tuple[int, int], tagged: bool) -> VideoStream:
        # 30 is for the bound on bits a second only: each frame has its own time.
        stream = self.container.add_stream("libx264", rate=30, options=_H264)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        context = stream.codec_context
        context.time_base = Fraction(1, CLOCK)
        if tagged:
            context.color_primaries = context.color_trc = context.colorspace = _BT709
        return stream

    def _open(self, url: str, flags: int, options: Mapping[str, object]) -> _Again:
        del url, flags, options
        return _Again(self.data)
