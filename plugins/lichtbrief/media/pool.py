"""Many photos at once, over whatever workers the caller has."""

from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from pathlib import Path
from typing import NamedTuple

from lichtbrief.errors import LichtbriefError
from lichtbrief.media.bounds import USUAL, Bounds
from lichtbrief.media.cover import Cover
from lichtbrief.media.photo import Recipe, Renditions, render_photo
from lichtbrief.media.unreadable import UnreadablePhoto

Result = Renditions | UnreadablePhoto


class Original(NamedTuple):
    """A photo's file, and what of it is to be covered."""

    path: Path
    cover: Cover = ()


def render_photos(
    originals: Sequence[Original],
    executor: Executor,
    done: Callable[[Result], None],
    recipe: Recipe = Recipe.avif,
    bounds: Bounds = USUAL,
) -> list[Result]:
    """Render each photo, in the order given; a bad one is its own result and stops nothing.

    `done` gets each here, in the caller's thread, as it comes. What it raises, and Ctrl-C, end it
    at once: what has not begun is never begun. Raises LichtbriefError when a worker dies and when
    memory runs out.
    """
    futures: list[Future[Result]] = []
    try:
        futures.extend(executor.submit(_attempt, one, recipe, bounds) for one in originals)
        for future in as_completed(futures):
            done(future.result())
        return [future.result() for future in futures]
    except BrokenExecutor as error:
        hint = "run it again; if that does not help, look whether the memory is full"
        raise LichtbriefError("a process that reads photos was killed", hint) from error
    finally:
        for future in futures:
            future.cancel()


def _attempt(one: Original, recipe: Recipe, bounds: Bounds) -> Result:
    try:
        return render_photo(one.path, recipe, bounds, one.cover)
    except UnreadablePhoto as error:
        return error
