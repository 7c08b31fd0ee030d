"""`make bench NAME=photos`: two renditions of each photo, beside programs that do the same.

Whole processes, on one processor core and on two, in turn; how near the pixels come to the best
that can be done; and a second build of 300 photos of which none has changed.
"""

import sys
from pathlib import Path

from bench.measuring import (
    KEPT,
    Figures,
    Options,
    machine,
    read_options,
    say_if_quick,
    write_figures,
)
from bench.photo_runs import Scale, measure
from bench.photos_report import figures_of, show_tables

FULL = Scale()
QUICK = Scale(photos=10, rounds=1, alike=3, school_photo=(640, 480))


def main(options: Options, scale: Scale, kept: Path = KEPT) -> int:
    """Measure, print and write."""
    kept.mkdir(exist_ok=True)
    figures: Figures = {"quick": options.quick, **machine()}
    done = measure(scale, kept)
    figures |= figures_of(scale, done)
    show_tables(scale, done, figures)
    say_if_quick(options, "fewer photos, one round")
    write_figures(options, figures)
    return 0


if __name__ == "__main__":
    asked = read_options("Two renditions of each photo, beside other programs.")
    sys.exit(main(asked, QUICK if asked.quick else FULL))
