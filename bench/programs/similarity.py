"""`python similarity.py PHOTOS COUNT OUT…`: how near renditions are to a full LANCZOS resize.

The first COUNT photos are decoded whole and resized by LANCZOS, and the renditions of each folder
compared with that, before any encoding: mean SSIM (Wang et al. 2004: Gaussian window of 1.5 pixels)
of their grey values. Prints `{"OUT": {"large": 0.99, "small": 0.99}}`.
"""

import json
import sys
from pathlib import Path
from statistics import mean

import numpy as np
from PIL import Image, ImageOps
from skimage.metrics import structural_similarity


def ssim(image: Image.Image, other: Image.Image) -> float:
    """The similarity of two images of one size: 1 is the same."""
    first, second = (np.asarray(each.convert("L")) for each in (image, other))
    found = structural_similarity(  # type: ignore[no-untyped-call] # it has no types
        first, second, gaussian_weights=True, sigma=1.5, use_sample_covariance=False
    )
    return float(found)


photos, count, *folders = sys.argv[1:]
found: dict[str, dict[str, list[float]]] = {
    folder: {"large": [], "small": []} for folder in folders
}
for path in sorted(Path(photos).iterdir())[: int(count)]:
    upright = ImageOps.exif_transpose(Image.open(path))
    for name, edge in (("large", 1280), ("small", 480)):
        share = edge / max(upright.size)
        size = round(upright.width * share), round(upright.height * share)
        best = upright.resize(size, Image.Resampling.LANCZOS)
        for folder in folders:
            (made,) = Path(folder).glob(f"{path.stem}-{name}.*")
            found[folder][name].append(ssim(Image.open(made), best))
means = {
    folder: {name: mean(all_) for name, all_ in by_name.items()}
    for folder, by_name in found.items()
}
print(json.dumps(means))
