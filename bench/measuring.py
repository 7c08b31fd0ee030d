"""What every benchmark needs: options, commands measured from outside, tables, flat figures."""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import NamedTemporaryFile

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

KEPT = Path(__file__).parents[1] / ".bench"
"""Where drawn photos and peers are kept between two benchmarks; may be removed at any time."""

LAUNCH = Path(__file__).with_name("launch.py")

Figures = dict[str, float | int | str | bool]


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for: less and smaller, and the file for the figures."""

    quick: bool
    json: Path | None


def read_options(about: str, arguments: Sequence[str] | None = None) -> Options:
    """The options that all benchmarks have; ends the program when they are wrong."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--quick", action="store_true", help="less and smaller: within a minute")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    given = parser.parse_args(arguments)
    return Options(given.quick, given.json)


@dataclass(frozen=True, slots=True)
class Taken:
    """What one run of a command took: seconds, seconds of processor, MiB at its peak."""

    wall_s: float
    cpu_s: float
    peak_mib: float
    output: str


def run(
    command: Sequence[str | Path], folder: Path, environment: Mapping[str, str], cores: int = 0
) -> Taken:
    """Run a command in `folder`, with `environment` beside ours, and measure it from outside.

    On the first `cores` processor cores that we may use (Linux only), or on all of them. Raises
    RuntimeError with its words when it fails.
    """
    with NamedTemporaryFile(suffix=".json") as report:
        done = subprocess.run(
            [sys.executable, "-I", "-S", LAUNCH, report.name, str(cores), *command],
            cwd=folder,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=True,
        )
        taken = json.loads(Path(report.name).read_bytes())
    if taken.pop("status") != 0:
        raise RuntimeError(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")
    return Taken(**taken, output=done.stdout)


def spread(values: Sequence[float]) -> str:
    """A median with its extremes, for a person: `1.24 (1.20-1.31)`."""
    if len(values) < 2:
        return f"{median(values):.2f}"
    return f"{median(values):.2f} ({min(values):.2f}-{max(values):.2f})"


def machine() -> Figures:
    """What the figures depend on: cores we may use, Python, and how busy the machine was before.

    Says so when it is busy.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = os.getloadavg()[0]
    if load > (cores or 1) / 2:
        say(f"This machine is busy (load {load:.1f} on {cores} cores): seconds will be too many.")
    return {
        "cores": cores or 1,
        "python": platform.python_version(),
        "load_before": round(load, 2),
    }


def table(title: str, *columns: str, rows: Sequence[Sequence[str]]) -> Table:
    """A table with its first column to the left and figures to the right."""
    made = Table(title=title, title_justify="left", box=SIMPLE_HEAD)
    for number, column in enumerate(columns):
        made.add_column(column, justify="right" if number else "left")
    for row in rows:
        made.add_row(*row)
    return made


def say(words: str) -> None:
    """A line on what goes on, on standard error."""
    sys.stderr.write(f"{words}\n")


def say_if_quick(options: Options, less: str) -> None:
    """Say that figures are not to be quoted, where `less` was done than is measured for that."""
    if options.quick:
        say(f"This was --quick: {less}. It is not what we quote.")


def show(*tables: Table) -> None:
    """Print tables on standard output."""
    console = Console()
    for each in tables:
        console.print(each)


def write_figures(options: Options, figures: Figures) -> None:
    """Write the figures as one flat JSON object where they were asked for."""
    if options.json is not None:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
