"""`python -m bench.drawing`: draws the photos of the shipped school into content/ again.

The same Pillow gives the same files; another may not, so the digests are printed as `sha256sum`
does: what an album's photos.csv records must then be copied from there.
"""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from bench.drawing import draw

CONTENT = Path(__file__).parents[2] / "content" / "groups"
LYING, STANDING = (1600, 1200), (1200, 1600)


class Shipped(NamedTuple):
    """How one photo of the school is drawn; `orientation` is EXIF's, `size` is as shown."""

    scene: str
    seed: int
    orientation: int = 1
    size: tuple[int, int] = LYING


SHIPPED = {
    "school/2026-11-09-de-week-vooruit/plein.jpg": Shipped("schoolyard", 3),
    "school/2026-11-12-lichtjes/optocht.jpg": Shipped("lanterns:4", 1),
    "school/2026-11-12-lichtjes/stoet.jpg": Shipped("lanterns:2", 5, 3),
    "school/2026-11-12-lichtjes/lampion.jpg": Shipped("lantern", 1, 6, STANDING),
    "school/2026-11-17-gevonden-voorwerpen/kapstok.jpg": Shipped("coats", 1),
    "school/2026-11-20-new-at-our-school/rainbow.jpg": Shipped("rainbow", 2),
    "groep-1-2/2026-11-09-lampionnen/kring.jpg": Shipped("circle:14", 4),
    "groep-1-2/2026-11-09-lampionnen/werktafel.jpg": Shipped("crafts:3", 2),
    "groep-1-2/2026-11-10-herfsttafel/herfsttafel.jpg": Shipped("autumn-table", 1, 8),
    "groep-1-2/2026-11-12-klimmen/gymzaal.jpg": Shipped("gym:2", 6),
    "groep-1-2/2026-11-17-kruidnoten/deeg.jpg": Shipped("baking:2", 7),
    "groep-1-2/2026-11-17-kruidnoten/bakplaat.jpg": Shipped("baking", 2, 3),
    "groep-3/2026-11-10-leeshoek/leeshoek.jpg": Shipped("reading:2", 3, 6, STANDING),
    "groep-3/2026-11-12-winkeltje/winkel.jpg": Shipped("shop:2", 4),
    "groep-3/2026-11-13-toneel/toneel.jpg": Shipped("stage:3", 2),
    "groep-3/2026-11-17-bos/bos-1.jpg": Shipped("forest:2", 1),
    "groep-3/2026-11-17-bos/bos-2.jpg": Shipped("forest:3", 2, 6),
    "groep-3/2026-11-17-bos/bos-3.jpg": Shipped("mushrooms", 1, 6, STANDING),
    "groep-3/2026-11-17-bos/bos-4.jpg": Shipped("forest:3", 8),
    "groep-3/2026-11-19-buitengym/veld.jpg": Shipped("football:3", 2),
    "groep-5/2026-11-10-spreekbeurten/spreekbeurt.jpg": Shipped("classroom:5", 3),
    "groep-5/2026-11-12-kaart/kaart.jpg": Shipped("map:3", 4, 8),
    "groep-5/2026-11-13-wolken/wolken.jpg": Shipped("sky", 2),
    "groep-5/2026-11-18-vulkaan/vulkaan.jpg": Shipped("science:11", 1),
    "groep-5/2026-11-18-vulkaan/proefjes.jpg": Shipped("crafts:2", 5),
    "groep-5/2026-11-20-hinkelbaan/hinkelbaan.jpg": Shipped("schoolyard:4", 5, 2),
    "groep-7/2026-11-11-bruggen/brug-1.jpg": Shipped("bridge:3", 2),
    "groep-7/2026-11-11-bruggen/brug-2.jpg": Shipped("bridge", 3, 3),
    "groep-7/2026-11-11-bruggen/brug-3.jpg": Shipped("bridge:2", 5),
    "groep-7/2026-11-11-bruggen/brug-4.jpg": Shipped("bridge:2", 6, 8),
    "groep-7/2026-11-13-fietsparcours/parcours.jpg": Shipped("bikes:2", 2),
    "groep-7/2026-11-17-voorlezen/voorlezen.jpg": Shipped("reading:3", 4),
    "groep-7/2026-11-19-ritme/trommels.jpg": Shipped("music:3", 3),
}


def main() -> None:
    """Draws every photo of the table and prints its digest."""
    for name, photo in SHIPPED.items():
        path = CONTENT / name
        taken = datetime.fromisoformat(f"{path.parent.name[:10]}T10:30")
        data = draw(photo.scene, photo.seed, photo.size, photo.orientation, taken)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        print(f"{hashlib.sha256(data).hexdigest()}  {name}")


if __name__ == "__main__":
    main()
