"""Draws every awkward file with two workers in a gibibyte and a half of memory.

`python -m tests.media.draw_corpus FOLDER` makes each in a folder of its own there, by number, and
puts beside it what came of it.
"""

import resource
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path

from lichtbrief.media import Original, Renditions, render_photos
from tests.media.corpus import REFUSED, SHOWN, Make

MOST = 1536 * 2**20


def prepare(folder: Path, number: int, make: Make) -> Path:
    """One file, made in its own folder."""
    place = folder / str(number)
    place.mkdir()
    return make(place)


def main(folder: Path) -> None:
    """Leave `small` and `large` beside each photo, or `reason`; fail when memory does not do."""
    makes = (*SHOWN.values(), *REFUSED.values())
    with ThreadPoolExecutor(2) as workers:
        photos = list(workers.map(prepare, repeat(folder), range(len(makes)), makes))
        made = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (made + MOST,) * 2)
        results = render_photos([Original(photo) for photo in photos], workers, lambda _: None)
    for number, result in enumerate(results):
        if isinstance(result, Renditions):
            (folder / f"{number}/small").write_bytes(result.small.data)
            (folder / f"{number}/large").write_bytes(result.large.data)
        else:
            (folder / f"{number}/reason").write_text(f"{result.reason}\n{result.hint}")
    # Not getrusage: what that tells as the peak holds what the caller had when it forked.
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    sys.stdout.write(str(int(status["VmHWM"].split()[0]) * 1024))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
