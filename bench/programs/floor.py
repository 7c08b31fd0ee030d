"""`python floor.py PHOTOS OUT CORES`: the least that two renditions of a photo can take.

Decoding at half the size and encoding by libjpeg-turbo alone, and averages of areas between them;
not turned, colours as they come, and nothing is looked at. Nothing to publish: a floor.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import simplejpeg
from PIL import Image

photos, out = map(Path, sys.argv[1:3])
out.mkdir()


def shrunk(image: Image.Image, edge: int) -> Image.Image:
    """The image with this long edge, each of its pixels the average of an area."""
    share = edge / max(image.size)
    size = round(image.width * share), round(image.height * share)
    return image.resize(size, Image.Resampling.BOX)


def make(path: Path) -> None:
    """Write both renditions of a photo."""
    data = path.read_bytes()
    height, width, _, _ = simplejpeg.decode_jpeg_header(data)
    pixels = simplejpeg.decode_jpeg(data, min_width=width // 2, min_height=height // 2)
    large = shrunk(Image.fromarray(pixels), 1280)
    for name, image in (("large", large), ("small", shrunk(large, 480))):
        encoded = simplejpeg.encode_jpeg(np.asarray(image), 80, colorsubsampling="420")
        (out / f"{path.stem}-{name}.jpg").write_bytes(encoded)


with ThreadPoolExecutor(int(sys.argv[3])) as executor:
    list(executor.map(make, sorted(photos.iterdir())))
