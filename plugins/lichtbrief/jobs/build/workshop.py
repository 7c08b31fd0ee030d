"""Opening the workshop: everything that making editions needs, for as long as it is needed."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from lichtbrief.jobs.build.building import Progress, Workshop
from lichtbrief.jobs.ground.cache import drawn_before, studio
from lichtbrief.sealing import KeyRing
from lichtbrief.settings import Settings
from lichtbrief.theme import Theme


@contextmanager
def open_workshop(
    settings: Settings, ring: KeyRing, theme: Theme, progress: Progress
) -> Iterator[Workshop]:
    """What was drawn before, the studio for films, and hands to draw with."""
    # One per core: more would not be faster, only hold more decoded photos at a time.
    with ThreadPoolExecutor(os.cpu_count()) as executor:
        drawn, films = drawn_before(settings), studio(settings)
        yield Workshop(ring, theme, drawn, films, executor, progress)
