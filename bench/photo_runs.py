"""What `bench.photos` measures: every contestant in turn, what they made, and a build again."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from bench.album import PHONE, TWELVE, copies, drawn_photos
from bench.contestants import MEASURED_WITH, MEASURES, PROGRAMS, Contestant, contestants
from bench.measuring import Taken, run, say
from bench.peers import installed
from bench.school import Size, make_school
from bench.weekly import COMMAND

CORES = (1, 2)


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured.

    Photos and their pixels; rounds; how many photos are compared with the best; and the photos of
    the school that is built again, each `school_photo` pixels.
    """

    photos: int = 48
    photo: tuple[int, int] = TWELVE
    rounds: int = 3
    alike: int = 12
    school: int = 300
    school_photo: tuple[int, int] = TWELVE
    size: Size = field(default_factory=Size)
    peers: bool = True


@dataclass(slots=True)
class Measured:
    """What each contestant took, by its name and cores; what it made; and builds of a school.

    `alike` is mean SSIM and `kb` mean kB, by contestant and rendition (`large`, `small`).
    """

    taken: dict[tuple[str, int], list[Taken]] = field(default_factory=dict)
    alike: dict[str, dict[str, float]] = field(default_factory=dict)
    kb: dict[str, dict[str, float]] = field(default_factory=dict)
    unchanged: list[Taken] = field(default_factory=list)


def measure(scale: Scale, kept: Path) -> Measured:
    """Everything at this scale; photos drawn and programs installed stay in `kept`."""
    done = Measured()
    photos = drawn_photos(kept / "photos", scale.photos, scale.photo, drawing, PHONE)
    with TemporaryDirectory(dir=kept, prefix="photos-") as folder:
        work = Path(folder)
        entered = contestants(work, photos, kept, scale.peers)
        for number in range(scale.rounds):
            for cores in CORES:
                say(f"Round {number + 1} of {scale.rounds}, {cores} core(s) ...")
                _round(entered, cores, scale, done)
        say("What they made ...")
        _look(entered, scale, kept, done)
    with TemporaryDirectory(dir=kept, prefix="photos-") as folder:
        say(f"A school with {scale.school} photos, built again ...")
        _build(Path(folder), scale, kept, done)
    return done


def drawing(done: int, total: int) -> None:
    """Say how far the drawing of photos is, now and then."""
    if done == total or done % 10 == 0:
        say(f"Drawing photos: {done} of {total} ...")


def _round(entered: Mapping[str, Contestant], cores: int, scale: Scale, done: Measured) -> None:
    for name, one in entered.items():
        if name == "resize":  # only to be looked at
            continue
        done.taken.setdefault((name, cores), []).append(one.run(cores, scale.photos))


def _look(entered: Mapping[str, Contestant], scale: Scale, kept: Path, done: Measured) -> None:
    """Sizes of what ours and the naive program made, and how alike it is to the best."""
    entered["resize"].run(max(CORES), scale.photos)
    looked = {name: entered[name] for name in ("jpeg", "avif", "resize", "naive")}
    for name, one in looked.items():
        made = {size: (one.folder / one.made).glob(f"*-{size}.*") for size in ("large", "small")}
        done.kb[name] = {
            size: mean(path.stat().st_size for path in paths) / 1000 for size, paths in made.items()
        }
    commands = installed(MEASURES, kept, *MEASURED_WITH) if scale.peers else None
    if commands:
        done.alike = _similarity(commands / "python", looked, scale.alike)


def _similarity(
    python: Path, looked: Mapping[str, Contestant], count: int
) -> dict[str, dict[str, float]]:
    """Mean SSIM by contestant and rendition, reckoned in an environment with NumPy."""
    folders = {str(one.folder / one.made): name for name, one in looked.items()}
    photos = looked["naive"].folder / "photos"
    program = PROGRAMS / "similarity.py"
    command: list[str | Path] = [python, program, photos, str(count), *folders]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {folders[folder]: means for folder, means in json.loads(printed).items()}


def _build(work: Path, scale: Scale, kept: Path, done: Measured) -> None:
    """Build a school, and build it again: nothing has changed."""
    drawn = drawn_photos(kept / "photos", min(scale.photos, 24), scale.school_photo, drawing, PHONE)
    photos = copies(drawn, work / "photos", scale.school)
    school = make_school(work / "school", scale.size, photos)
    run([COMMAND, "keys", "make"], school.folder, {})
    first = _built(school.folder, photos)
    done.unchanged = [_built(school.folder, photos) for _ in range(3)]
    say(f"Built in {first.wall_s:.1f} s, and again in {done.unchanged[-1].wall_s:.1f} s.")


def _built(school: Path, photos: Sequence[Path]) -> Taken:
    taken = run([COMMAND, "build", "--json"], school, {})
    shown = json.loads(taken.output)["photos_shown"]
    if shown != len(photos):
        raise RuntimeError(f"{shown} of {len(photos)} photos are shown")
    return taken
