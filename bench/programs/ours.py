"""`python ours.py PHOTOS OUT CORES RECIPE QUALITY`: what Lichtbrief makes of a folder of photos.

QUALITY is that of JPEG, 0 for our own.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lichtbrief.media import Original, Recipe, Renditions, photo, render_photos

photos, out = map(Path, sys.argv[1:3])
cores, recipe, quality = int(sys.argv[3]), Recipe[sys.argv[4]], int(sys.argv[5])
if quality:  # no setting: only whoever measures the resize wants no loss after it
    photo._ENCODING["jpeg"]["quality"] = quality
paths = sorted(photos.iterdir())
out.mkdir()
with ThreadPoolExecutor(cores) as executor:
    results = render_photos([Original(path) for path in paths], executor, lambda _: None, recipe)
for path, made in zip(paths, results, strict=True):
    if not isinstance(made, Renditions):
        raise made
    for name, rendition in (("large", made.large), ("small", made.small)):
        suffix = rendition.mime.removeprefix("image/").replace("jpeg", "jpg")
        (out / f"{path.stem}-{name}.{suffix}").write_bytes(rendition.data)
