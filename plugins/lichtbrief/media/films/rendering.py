"""Films over processes of their own: one at a time, since each keeps all cores busy."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import lichtbrief
from lichtbrief.media.film import Film, FilmBounds
from lichtbrief.media.packing import unpack
from lichtbrief.media.photo import Recipe
from lichtbrief.media.unreadable import UnreadablePhoto

WORKER = "lichtbrief.media.films.worker"
EXTRA = "pip install 'lichtbrief[video]'"

Progress = Callable[[float], None]


def can_read_films() -> bool:
    """Whether the extra `[video]` is installed."""
    return find_spec("av") is not None


def render_film(path: Path, recipe: Recipe, bounds: FilmBounds, progress: Progress) -> Film:
    """Transcode one film, in a process of its own that ends when this does.

    The still is made by `recipe`; `progress` gets the part that is done, from 0 to 1. Raises
    UnreadablePhoto for whatever is not surely one whole film of the kind its name says.
    """
    command = [sys.executable, "-m", WORKER, str(path), recipe.name]
    command += [str(bounds.seconds), str(bounds.megabytes)]
    with subprocess.Popen(  # noqa: S603 -- our own module, by this interpreter
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # FFmpeg's words may hold the file's name
        env=surroundings(),
    ) as worker:
        try:
            if worker.stdout is not None and (film := _hear(worker.stdout, progress)):
                return film
        finally:
            worker.kill()
    # It ended without a word: a bound, or FFmpeg itself.
    raise UnreadablePhoto("takes too long to read, or is damaged", "save it again, in 1080p")


def _hear(said: IO[bytes], progress: Progress) -> Film | None:
    """What the worker says, until it has said everything."""
    for line in said:
        word = json.loads(line)
        if "done" in word:
            progress(word["done"])
        elif "reason" in word:
            raise UnreadablePhoto(word["reason"], word["hint"])
        elif "bytes" in word:
            film = unpack(said.read(word["bytes"]))
            return film if isinstance(film, Film) else None
    return None


def surroundings() -> dict[str, str]:
    """Where to find us, and nothing else of our environment: it holds secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    package = Path(lichtbrief.__file__).resolve().parents[1]
    # Else each thread would reserve address space of its own, of which there is little.
    return kept | {"PYTHONPATH": str(package), "MALLOC_ARENA_MAX": "2"}
