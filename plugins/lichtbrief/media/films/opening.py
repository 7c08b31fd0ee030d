"""An original film: opened only when it is an ordinary one within bounds."""

from dataclasses import dataclass
from fractions import Fraction
from typing import BinaryIO

import av
from av.audio import AudioStream
from av.container import InputContainer
from av.video import VideoStream

from lichtbrief.media.film import FilmBounds
from lichtbrief.media.names import FILM_FORMATS
from lichtbrief.media.unreadable import UnreadablePhoto

MOST_PIXELS = 4096 * 2304
"""Of a frame: what phones call 4K."""

BUFFER = 1 << 20
THREADS = 4  # more of them hold more frames of 4K at a time
# What phones write, and what teachers convert to: every other decoder stays out of reach.
PICTURE = ("h264", "hevc", "mpeg4", "h263", "vp8", "vp9", "av1")
SOUND = ("aac", "mp3", "opus", "vorbis", "alac", "ac3", "amrnb", "amrwb", "pcm_s16le", "pcm_s16be")
DECODERS = ("libdav1d", "libvpx", "libvpx-vp9", "libopus", "libvorbis", "mp3float")


@dataclass(frozen=True, slots=True)
class OpenFilm:
    """An opened film: its picture, its sound if it has any, and its times.

    `begin` is where its clock stands at the start, `seconds` how long it says that it is.
    """

    container: InputContainer
    picture: VideoStream
    sound: AudioStream | None
    begin: float
    seconds: float | None


def open_film(file: BinaryIO, suffix: str, bounds: FilmBounds) -> OpenFilm:
    """Open a film of the kind its suffix says; nothing but `file` is read.

    Raises UnreadablePhoto for what is not shown, and whatever PyAV raises for a damaged file.
    """
    # Without a format FFmpeg guesses: a playlist could then name other files, and addresses.
    options = {"codec_whitelist": ",".join((*PICTURE, *SOUND, *DECODERS))}
    kind = FILM_FORMATS[suffix]
    container = av.open(file, "r", format=kind, options=options, buffer_size=BUFFER)
    picture = _picture(container)
    sound = _sound(container)
    begin = (container.start_time or 0) / av.time_base
    seconds = _seconds(container, picture)
    if seconds is not None and seconds > bounds.seconds:
        raise too_long(bounds)
    return OpenFilm(container, picture, sound, begin, seconds)


def too_long(bounds: FilmBounds) -> UnreadablePhoto:
    """Why a film that lasts longer than the school wants is not shown."""
    return UnreadablePhoto(f"lasts longer than {bounds.seconds} seconds", "cut it shorter")


def _picture(container: InputContainer) -> VideoStream:
    picture = container.streams.best("video")
    if not isinstance(picture, VideoStream) or not _is_known(picture, PICTURE):
        raise UnreadablePhoto("has no picture that can be read", "save it as MP4 (H.264)")
    context = picture.codec_context
    if context.width * context.height > MOST_PIXELS:
        raise UnreadablePhoto("has a larger picture than 4K", "save it smaller, in 1080p")
    context.thread_type = "AUTO"
    context.thread_count = THREADS
    context.options = {"max_pixels": str(MOST_PIXELS)}
    return picture


def _sound(container: InputContainer) -> AudioStream | None:
    """The first sound that can be decoded: phones add others, in formats of their own."""
    sounds = container.streams.audio
    known = (stream for stream in sounds if _is_known(stream, SOUND))
    sound = next(known, None)
    if sounds and sound is None:
        raise UnreadablePhoto("has sound of an unusual kind", "save it as MP4 (H.264 with AAC)")
    return sound


def _is_known(stream: VideoStream | AudioStream, names: tuple[str, ...]) -> bool:
    context = stream.codec_context  # None for what FFmpeg has no decoder of
    return context is not None and context.codec.canonical_name in names


def _seconds(container: InputContainer, picture: VideoStream) -> float | None:
    if picture.duration is not None and picture.time_base is not None:
        return float(picture.duration * picture.time_base)
    if container.duration is not None:
        return float(Fraction(container.duration, av.time_base))
    return None
