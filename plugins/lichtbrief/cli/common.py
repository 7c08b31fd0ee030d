"""What the commands share: options, the settings, words for errors, the progress bar."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from lichtbrief.errors import LichtbriefError, ProblemsError
from lichtbrief.site import load_site, progressed

LOOKING = "pelicanconf.py"
PUBLISHING = "publishconf.py"


def add_common(parser: argparse.ArgumentParser, settings: str, *, week: bool = True) -> None:
    """Add the options that most commands have; `settings` is the file read by default."""
    parser.add_argument(
        "-s",
        "--settings",
        type=Path,
        default=Path(settings),
        metavar="FILE",
        help=f"Pelican settings file (default: {settings})",
    )
    if week:
        parser.add_argument("--week", metavar="2026-W47", help="the week (default: this week)")
    add_plain(parser)


def add_plain(parser: argparse.ArgumentParser) -> None:
    """Add `--json` and `--debug`."""
    parser.add_argument("--json", action="store_true", help="answer as JSON, for a program")
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")


def site_of(options: argparse.Namespace, **overrides: object) -> dict[str, Any]:
    """Pelican's settings for this command, with the week asked for."""
    if getattr(options, "week", None):
        overrides["LICHTBRIEF_WEEK"] = options.week
    return load_site(options.settings, overrides)


def print_error(error: Exception) -> None:
    """Say on standard error what went wrong and what to do, without a traceback."""
    lines = sys.stderr
    if isinstance(error, ProblemsError):
        for problem in error.problems:
            lines.write(f"error: {problem}\n")
    if isinstance(error, LichtbriefError):
        lines.write(f"error: {error.message}\n")
        if error.hint:
            lines.write(f"hint: {error.hint}\n")
        return
    # An error that nobody foresaw may carry anything in its text: only its kind is shown.
    lines.write(f"error: something went wrong that should not ({type(error).__name__})\n")
    lines.write("hint: run it again with --debug to see where, and tell us\n")


def answer(options: argparse.Namespace, value: Mapping[str, object], console_lines: str) -> None:
    """Print the answer: JSON for a program, else the lines for a person."""
    if options.json:
        sys.stdout.write(json.dumps(value, indent=1, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(console_lines)


Shown = Callable[[str, int, int], None]


@contextmanager
def progress_bar(options: argparse.Namespace) -> Iterator[Shown]:
    """A bar per stage on standard error while the work goes on; silent where nobody looks.

    Gives a function of stage, done and total; what the generator reports is shown too.
    """
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description:<22}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    hidden = options.json or not console.is_terminal
    with Progress(*columns, console=console, disable=hidden) as bars:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        with progressed.connected_to(show):
            yield show


def table_text(*tables: Table) -> str:
    """Tables as text, as wide as the terminal."""
    console = Console()
    with console.capture() as captured:
        for table in tables:
            console.print(table)
    return captured.get()
