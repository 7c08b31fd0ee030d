"""Where films are made: by one recipe, within the school's bounds, none of them twice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lichtbrief.media.cache import RenditionCache
from lichtbrief.media.film import Film, FilmBounds
from lichtbrief.media.films.rendering import render_film
from lichtbrief.media.photo import Recipe
from lichtbrief.media.unreadable import UnreadablePhoto

Result = Film | UnreadablePhoto


@dataclass(frozen=True, slots=True)
class Studio:
    """Makes films and keeps them; `still` is the recipe of their stills."""

    kept: RenditionCache
    still: Recipe
    bounds: FilmBounds

    def render(
        self, films: Mapping[str, Path], progress: Callable[[float], None]
    ) -> dict[str, Result]:
        """Each film of `films` (paths by digest), or why it cannot be shown, one after another.

        Those that are kept are not made again. `progress` gets how many are done, with the part
        of the one under way. Ctrl-C, and what `progress` raises, end it at once.
        """
        results: dict[str, Result] = {}
        for number, (digest, path) in enumerate(films.items()):
            found = self.kept.find(digest)
            if isinstance(found, Film):
                results[digest] = found
            else:
                results[digest] = self._make(path, partial(_add, progress, number))
            progress(number + 1)
        return results

    def _make(self, path: Path, progress: Callable[[float], None]) -> Result:
        try:
            film = render_film(path, self.still, self.bounds, progress)
        except UnreadablePhoto as error:
            return error
        self.kept.keep(film)
        return film


def _add(progress: Callable[[float], None], before: int, part: float) -> None:
    progress(before + part)
