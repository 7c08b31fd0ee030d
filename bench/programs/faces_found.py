"""`python faces_found.py PHOTOS KEPT CORES`: searches photos for faces; those of KEPT not again.

Prints how many photos and faces there are, and the seconds that looking took.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lichtbrief.jobs.ground.keys import machine_key
from lichtbrief.media import FaceCounts, Faces, digest

photos, kept, cores = sorted(Path(sys.argv[1]).iterdir()), Path(sys.argv[2]), int(sys.argv[3])
paths = {digest(path): path for path in photos}
started = time.perf_counter()
with ThreadPoolExecutor(cores) as executor:
    counts = FaceCounts(kept / "faces", machine_key(kept))
    found = counts.look(paths, executor, lambda: None)
seconds = time.perf_counter() - started
searched = [one for one in found.values() if isinstance(one, Faces)]
faces = sum(len(one.boxes) for one in searched)
print(json.dumps({"photos": len(searched), "faces": faces, "seconds": seconds}))
