"""The process in which one film is read: FFmpeg meets files that anybody may have made.

`python -m lichtbrief.media.films.worker PATH RECIPE SECONDS MEGABYTES` writes lines of JSON to
standard output, and behind the last one the film's bytes. What kills it kills nothing else, and
what it takes of the machine is bounded.
"""

import json
import signal
import sys
from pathlib import Path
from time import monotonic
from typing import Any

from lichtbrief.media.film import FilmBounds
from lichtbrief.media.films.transcoding import transcode
from lichtbrief.media.packing import pack
from lichtbrief.media.photo import Recipe
from lichtbrief.media.unreadable import UnreadablePhoto

MOST_MEMORY = 3 * 2**30
"""Bytes of address space: 4K HEVC of ten bits takes half of it."""

SECONDS = 120, 30
"""Of processor: so many, and so many more for each second that a film may last."""

OFTEN = 0.2  # seconds between two words on how far it is


def main(arguments: list[str]) -> int:
    """Read the film and write what it became, or why not."""
    path, recipe, seconds, megabytes = arguments
    bounds = FilmBounds(int(seconds), int(megabytes))
    hold(bounds)
    try:
        packed = pack(transcode(Path(path), Recipe[recipe], bounds, Told().tell))
    except UnreadablePhoto as error:
        say(reason=error.reason, hint=error.hint)
    except MemoryError:
        say(reason="takes too much memory to read", hint="save it smaller, in 1080p")
    else:
        say(bytes=len(packed))
        sys.stdout.buffer.write(packed)
        sys.stdout.buffer.flush()
    return 0


def hold(bounds: FilmBounds) -> None:
    """Bound memory and time, where the system can."""
    try:
        import resource
    except ImportError:  # on Windows
        return
    first, each = SECONDS
    seconds = first + each * bounds.seconds
    signal.alarm(2 * seconds)
    for what, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, MOST_MEMORY)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # macOS knows no bound on address space
            continue


def say(**what: Any) -> None:  # noqa: ANN401 # whatever JSON can hold
    """Write one line."""
    sys.stdout.buffer.write(json.dumps(what).encode() + b"\n")
    sys.stdout.buffer.flush()


class Told:
    """Tells how much is done, now and then."""

    def __init__(self) -> None:
        self.at = monotonic()

    def tell(self, done: float) -> None:
        """Say it, if that is some time ago."""
        if monotonic() - self.at >= OFTEN:
            self.at = monotonic()
            say(done=round(done, 4))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
