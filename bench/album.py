"""Photos to measure with: drawn once from a seed, and kept for the next measurement."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from bench.drawing import SCENES, TAKE, draw
from lichtbrief.files import write_whole

CAMERAS = (1, 6, 8, 3)  # EXIF orientations: how phones are held
TWELVE = (4032, 3024)  # 12 megapixels, as most phones make
PHONE = (94, 1 / 1000)
"""JPEG quality and noise of a phone by daylight: 12 megapixels in 3 to 5 MB."""


def drawn_photos(
    folder: Path,
    count: int,
    size: tuple[int, int],
    progress: Callable[[int, int], None],
    take: tuple[int, float] = TAKE,
) -> list[Path]:
    """The first `count` photos of this size (pixels, as shown), from `folder` where they lie there.

    `take` is JPEG quality and noise. Drawn in processes of their own: what drawing takes is not to
    be seen in what is measured.
    """
    made = "" if take == TAKE else f"q{take[0]}-"
    paths = [folder / f"{made}{size[0]}x{size[1]}-{number}.jpg" for number in range(count)]
    missing = [(number, path) for number, path in enumerate(paths) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    if missing:
        with ProcessPoolExecutor() as pool:
            tasks = [pool.submit(_draw, number, size, path, take) for number, path in missing]
            for done, task in enumerate(as_completed(tasks), 1):
                task.result()
                progress(done, len(tasks))
    return paths


def _draw(number: int, size: tuple[int, int], path: Path, take: tuple[int, float]) -> None:
    scene = f"{list(SCENES)[number % len(SCENES)]}:2"
    camera = CAMERAS[number % len(CAMERAS)]
    write_whole(path, draw(scene, number, size, camera, take=take), 0o644)


def copies(photos: Sequence[Path], folder: Path, count: int) -> list[Path]:
    """`count` files in `folder`, no two the same: the photos in turn, each with an own comment.

    For where many files are read and what is on them does not matter.
    """
    folder.mkdir(parents=True)
    paths = [folder / f"copy-{number}.jpg" for number in range(count)]
    for number, path in enumerate(paths):
        data = photos[number % len(photos)].read_bytes()
        comment = str(number).encode()
        # ITU T.81, B.2.4.5: a comment may stand behind the start of the image.
        segment = b"\xff\xfe" + (len(comment) + 2).to_bytes(2) + comment
        path.write_bytes(data[:2] + segment + data[2:])
    return paths
