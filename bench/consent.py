"""`make bench NAME=consent`: a school board's year: load its roster, decide on all its photos."""

import json
import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.board import Size, Written, write_roster
from bench.measuring import (
    KEPT,
    Figures,
    Options,
    machine,
    read_options,
    run,
    say,
    say_if_quick,
    show,
    table,
    write_figures,
)

ROOT = Path(__file__).parents[1]
FULL = Size()
QUICK = Size(pupils=1_500, photos=26_400)


def measure(size: Size, kept: Path) -> tuple[Written, Figures]:
    """What was written, and every figure of a process that works on it, held to one core."""
    with TemporaryDirectory(dir=kept, prefix="consent-") as folder:
        roster = Path(folder) / "school"
        say(f"Writing the roster of {size.pupils:,} pupils ...")
        written = write_roster(roster, size, random.Random(1))
        say(f"Loading it, deciding on {size.photos:,} photos four times, and by SQL on some ...")
        command = [sys.executable, "-m", "bench.programs.consent_run", str(roster)]
        taken = run([*command, str(size.pupils), str(size.photos)], ROOT, {}, cores=1)
    return written, json.loads(taken.output)


def main(options: Options, size: Size, kept: Path = KEPT) -> int:
    """Measure, print and write."""
    kept.mkdir(exist_ok=True)
    figures: Figures = {"quick": options.quick, **machine()}
    written, found = measure(size, kept)
    figures |= {
        **found,
        "pupils": size.pupils,
        "guardians": written.guardians,
        "current_answers": written.current,
        "answers": written.rows,
    }
    ours, theirs = float(figures["decisions_per_s"]), float(figures["sqlite_decisions_per_s"])
    figures["decide_vs_sqlite"] = round(ours / theirs, 1)
    _show(figures)
    say_if_quick(options, "a tenth of the pupils and photos")
    write_figures(options, figures)
    return 0


def _show(figures: Figures) -> None:
    board = (
        f"A board's year: {figures['pupils']:,} pupils, {figures['photos']:,} photos, "
        f"{figures['current_answers']:,} answers that count among {figures['answers']:,}"
    )
    rows = [
        ("load the roster", f"{figures['load_s']} s", "10 s"),
        ("memory at its peak after loading", f"{figures['load_peak_mib']} MiB", "1,024 MiB"),
        ("decisions a second", f"{figures['decisions_per_s']:,}", "100,000"),
        ("the same, one SQL query a photo", f"{figures['sqlite_decisions_per_s']:,}", ""),
        ("find what a withdrawal hides", f"{figures['withdrawal_search_s']} s", "1 s"),
    ]
    show(table(board, "on one core", "measured", "aim", rows=rows))


if __name__ == "__main__":
    asked = read_options("Deciding on the photos of a school board's year.")
    sys.exit(main(asked, QUICK if asked.quick else FULL))
