"""`make bench NAME=faces`: searching photos for faces, on one core and two, and once more.

Drawn photos of 12 megapixels; how many faces are in them does not change what it takes. A second
look is timed within the process, all else is measured from outside.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.album import PHONE, TWELVE, drawn_photos
from bench.measuring import (
    KEPT,
    Figures,
    Options,
    Taken,
    machine,
    read_options,
    run,
    say,
    show,
    spread,
    table,
    write_figures,
)
from bench.photo_runs import drawing

PROGRAM = Path(__file__).parent / "programs" / "faces_found.py"
CORES = (1, 2)


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured: photos and their pixels, and rounds."""

    photos: int = 48
    photo: tuple[int, int] = TWELVE
    rounds: int = 3


FULL, QUICK = Scale(), Scale(photos=10, rounds=1)


@dataclass(frozen=True, slots=True)
class Round:
    """One search of all photos, and the same again when everything is known."""

    first: Taken
    again: Taken


def main(options: Options, scale: Scale, kept: Path = KEPT) -> int:
    """Measure, print and write."""
    if find_spec("onnxruntime") is None:
        say("Faces cannot be counted without ONNX Runtime: pip install 'lichtbrief[faces]'.")
        return 2
    kept.mkdir(exist_ok=True)
    figures: Figures = {"quick": options.quick, **machine(), "photos": scale.photos}
    drawn = drawn_photos(kept / "photos", scale.photos, scale.photo, drawing, PHONE)
    rounds: dict[int, list[Round]] = {cores: [] for cores in CORES}
    with TemporaryDirectory(dir=kept, prefix="faces-") as folder:
        photos = Path(folder) / "photos"
        photos.mkdir()
        for path in drawn:
            (photos / path.name).hardlink_to(path)
        for number in range(scale.rounds):
            for cores in CORES:
                say(f"Round {number + 1} of {scale.rounds}, {cores} core(s) ...")
                state = Path(folder) / f"{number}-{cores}"
                state.mkdir()
                rounds[cores].append(_round(photos, state, cores, scale))
    figures |= _figures(rounds, scale)
    _show(rounds, scale)
    write_figures(options, figures)
    return 0


def _round(photos: Path, state: Path, cores: int, scale: Scale) -> Round:
    command: list[str | Path] = [sys.executable, PROGRAM, photos, state, str(cores)]
    done = Round(*(run(command, photos, {}, cores) for _ in range(2)))
    searched = json.loads(done.first.output)["photos"]
    if searched != scale.photos:
        raise RuntimeError(f"{searched} of {scale.photos} photos were searched")
    return done


def _cpu_ms(done: Round, scale: Scale) -> float:
    """Milliseconds of processor for a photo, without what starting and reading the files takes."""
    return 1000 * (done.first.cpu_s - done.again.cpu_s) / scale.photos


def _figures(rounds: Mapping[int, Sequence[Round]], scale: Scale) -> Figures:
    one, two = rounds[1], rounds[2]
    looks = [json.loads(each.again.output)["seconds"] for each in (*one, *two)]
    return {
        "cpu_ms": round(median(_cpu_ms(each, scale) for each in one), 1),
        "photos_per_s": round(scale.photos / median(each.first.wall_s for each in one), 1),
        "two_cores_photos_per_s": round(
            scale.photos / median(each.first.wall_s for each in two), 1
        ),
        "peak_mib": round(max(each.first.peak_mib for each in one)),
        "two_cores_peak_mib": round(max(each.first.peak_mib for each in two)),
        "again_ms": round(1000 * median(looks), 1),
    }


def _show(rounds: Mapping[int, Sequence[Round]], scale: Scale) -> None:
    rows = [
        (
            f"{cores} core{'s' * (cores > 1)}",
            f"{median(_cpu_ms(each, scale) for each in done):.0f}",
            spread([scale.photos / each.first.wall_s for each in done]),
            f"{max(each.first.peak_mib for each in done):.0f}",
            spread([1000 * json.loads(each.again.output)["seconds"] for each in done]),
        )
        for cores, done in rounds.items()
    ]
    title = f"Faces in {scale.photos} photos of {scale.photo[0]} by {scale.photo[1]} pixels"
    columns = ("CPU ms a photo", "photos/s", "MiB", "all again, ms")
    show(table(title, "", *columns, rows=rows))


if __name__ == "__main__":
    asked = read_options("Faces found in photos.")
    sys.exit(main(asked, QUICK if asked.quick else FULL))
