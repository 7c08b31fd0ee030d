"""`make bench NAME=films`: one film as a phone makes it, beside the `ffmpeg` command.

Whole processes, in turn, several rounds: ours makes a still as well, and reads the film in a
process of its own; `ffmpeg` makes only the film, with the same preset, size and bounds.
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.album import drawn_photos
from bench.measuring import (
    KEPT,
    Figures,
    Options,
    Taken,
    machine,
    read_options,
    run,
    say,
    say_if_quick,
    show,
    spread,
    table,
    write_figures,
)

PROGRAM = Path(__file__).parent / "programs" / "our_film.py"
NAMES = {"ours": "lichtbrief", "ffmpeg": "ffmpeg"}
CODECS = {
    "h264": ("libx264", "-preset", "veryfast", "-b:v", "16M"),
    "hevc": ("libx265", "-preset", "ultrafast", "-b:v", "8M", "-tag:v", "hvc1"),
}
ENCODING = (
    *("-c:v", "libx264", "-preset", "veryfast", "-crf", "26", "-maxrate", "2M", "-bufsize", "4M"),
    *("-g", "150", "-c:a", "aac", "-b:a", "96k", "-ac", "2", "-movflags", "+faststart"),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured: a film's seconds and size in pixels, and how often."""

    seconds: int = 15
    size: tuple[int, int] = (1920, 1080)
    rounds: int = 5
    codecs: tuple[str, ...] = ("h264", "hevc")


FULL = Scale()
QUICK = Scale(rounds=2, codecs=("h264",))

Measured = dict[tuple[str, str], list[Taken]]  # by codec and program


def filmed(kept: Path, scale: Scale, codec: str, ffmpeg: str) -> Path:
    """A drawn hall through which somebody walks with a phone, with noise and sound; kept."""
    width, height = scale.size
    path = kept / "films" / f"{codec}-{width}x{height}-{scale.seconds}s.mov"
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    wide = (width * 5 // 4, height * 5 // 4)
    (still,) = drawn_photos(kept / "photos", 1, wide, lambda *_: None)
    say(f"Filming {scale.seconds} s in {codec} ...")
    walk = f"crop={width}:{height}:x='(iw-ow)*t/{scale.seconds}':y='(ih-oh)*(1+sin(t))/2'"
    unfinished = path.with_name(f"part-{path.name}")
    picture: list[str | Path] = ["-loop", "1", "-framerate", "30", "-i", still]
    sound = ["-f", "lavfi", "-i", "anoisesrc=color=pink:amplitude=0.2:sample_rate=48000"]
    lens = ["-vf", f"{walk},noise=alls=6:allf=t,format=yuv420p", "-t", str(scale.seconds)]
    made: list[str | Path] = ["-c:v", *CODECS[codec], "-c:a", "aac", unfinished]
    command: list[str | Path] = [ffmpeg, "-v", "error", "-y", *picture, *sound, *lens, *made]
    subprocess.run(command, check=True, capture_output=True)
    unfinished.rename(path)
    return path


def commands(film: Path, ffmpeg: str) -> dict[str, Sequence[str | Path]]:
    """What each program is asked, to write `out.mp4` where it stands."""
    scaled = ("-vf", "scale=1280:720:flags=bilinear,format=yuv420p")
    return {
        "ours": (sys.executable, PROGRAM, film, "out.mp4"),
        "ffmpeg": (ffmpeg, "-v", "error", "-y", "-i", film, *scaled, *ENCODING, "out.mp4"),
    }


def measure(scale: Scale, kept: Path, ffmpeg: str) -> tuple[Measured, Figures]:
    """Every round of both programs in turn, and how large their films are (kB)."""
    taken: Measured = {}
    sizes: Figures = {}
    with TemporaryDirectory() as work:
        for codec in scale.codecs:
            asked = commands(filmed(kept, scale, codec, ffmpeg), ffmpeg)
            for number in range(scale.rounds):
                say(f"{codec}, round {number + 1} of {scale.rounds} ...")
                for name, command in asked.items():
                    taken.setdefault((codec, name), []).append(run(command, Path(work), {}))
                    size = (Path(work) / "out.mp4").stat().st_size
                    sizes[f"{codec}_{name}_kb"] = round(size / 1000)
    return taken, sizes


def figures_of(scale: Scale, taken: Measured) -> Figures:
    """The flat figures: medians; memory the largest seen."""
    figures: Figures = {"seconds": scale.seconds, "rounds": scale.rounds}
    for (codec, name), runs in taken.items():
        figures[f"{codec}_{name}_wall_s"] = round(median(one.wall_s for one in runs), 3)
        figures[f"{codec}_{name}_cpu_s"] = round(median(one.cpu_s for one in runs), 3)
        figures[f"{codec}_{name}_peak_mib"] = round(max(one.peak_mib for one in runs), 1)
    for codec in scale.codecs:
        start = "" if codec == "h264" else f"{codec}_"
        for what in ("wall", "cpu"):
            ours, theirs = (float(figures[f"{codec}_{name}_{what}_s"]) for name in NAMES)
            figures[f"{start}{what}_vs_ffmpeg"] = round(ours / theirs, 3)
    return figures


def show_table(scale: Scale, taken: Measured, figures: Figures) -> None:
    """The same for a person."""
    rows = [
        (
            f"{codec}, {NAMES[name]}",
            spread([one.wall_s for one in runs]),
            spread([one.cpu_s for one in runs]),
            f"{figures[f'{codec}_{name}_peak_mib']:.0f}",
            f"{figures[f'{codec}_{name}_kb']}",
        )
        for (codec, name), runs in taken.items()
    ]
    title = f"{scale.seconds} s of {scale.size[1]} lines, made 720"
    show(table(title, "", "seconds", "of processor", "peak MiB", "kB", rows=rows))
    say(f"wall_vs_ffmpeg: {figures['wall_vs_ffmpeg']} (aim: at most 1.5)")


def find_ffmpeg() -> str | None:
    """The path of the `ffmpeg` command, or None with a word."""
    path = shutil.which("ffmpeg")
    if path is None:
        say("error: there is no ffmpeg here to compare with")
        say("hint: as root: apt-get install ffmpeg")
    return path


def main(options: Options, scale: Scale, kept: Path = KEPT) -> int:
    """Measure, print and write."""
    ffmpeg = find_ffmpeg()
    if ffmpeg is None:
        return 1
    kept.mkdir(exist_ok=True)
    figures: Figures = {"quick": options.quick, **machine()}
    taken, sizes = measure(scale, kept, ffmpeg)
    figures |= figures_of(scale, taken) | sizes
    show_table(scale, taken, figures)
    say_if_quick(options, "fewer rounds")
    write_figures(options, figures)
    return 0


if __name__ == "__main__":
    asked = read_options("One film, beside the ffmpeg command.")
    sys.exit(main(asked, QUICK if asked.quick else FULL))
