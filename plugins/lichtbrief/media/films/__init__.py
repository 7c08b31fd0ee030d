"""Films: an original becomes one MP4 and a still of it. Only the worker imports PyAV."""

from lichtbrief.media.films.captions import BadCaptionsError, read_captions
from lichtbrief.media.films.rendering import EXTRA, can_read_films, render_film
from lichtbrief.media.films.studio import Studio

__all__ = [
    "EXTRA",
    "BadCaptionsError",
    "Studio",
    "can_read_films",
    "read_captions",
    "render_film",
]
