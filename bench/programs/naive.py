"""`python naive.py PHOTOS OUT`: two renditions of each photo, as one writes it at first.

Everything is decoded, and each rendition is made from all of it by Pillow's best filter.
"""

import sys
from pathlib import Path

from PIL import Image, ImageOps

photos, out = map(Path, sys.argv[1:])
out.mkdir()
for path in sorted(photos.iterdir()):
    with Image.open(path) as original:
        upright = ImageOps.exif_transpose(original)
    for name, edge in (("large", 1280), ("small", 480)):
        share = edge / max(upright.size)
        size = round(upright.width * share), round(upright.height * share)
        made = upright.resize(size, Image.Resampling.LANCZOS)
        made.save(out / f"{path.stem}-{name}.jpg", quality=80, exif=b"")
