"""Photos to measure with: drawn once from a seed, and kept for the next measurement."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from bench.drawing import SCENES, draw
from lichtbrief.files import write_whole

CAMERAS = (1, 6, 8, 3)  # EXIF orientations: how phones are held
TWELVE = (4032, 3024)  # 12 megapixels, as most phones make


def drawn_photos(
    folder: Path, count: int, size: tuple[int, int], progress: Callable[[int, int], None]
) -> list[Path]:
    """The first `count` photos of this size (pixels, as shown), from `folder` where they lie there.

    Drawn in processes of their own: what drawing takes is not to be seen in what is measured.
    """
    paths = [folder / f"{size[0]}x{size[1]}-{number}.jpg" for number in range(count)]
    missing = [(number, path) for number, path in enumerate(paths) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    if missing:
        with ProcessPoolExecutor() as pool:
            tasks = [pool.submit(_draw, number, size, path) for number, path in missing]
            for done, task in enumerate(as_completed(tasks), 1):
                task.result()
                progress(done, len(tasks))
    return paths


def _draw(number: int, size: tuple[int, int], path: Path) -> None:
    scene = list(SCENES)[number % len(SCENES)]
    write_whole(path, draw(f"{scene}:2", number, size, CAMERAS[number % len(CAMERAS)]), 0o644)
