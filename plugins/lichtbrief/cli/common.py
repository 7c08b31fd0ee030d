"""What the commands share: options, the settings, the answer, the progress bar."""

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

from lichtbrief.cli.commands import sentence
from lichtbrief.editions import Week
from lichtbrief.site import load_site, progressed

LOOKING = "pelicanconf.py"
PUBLISHING = "publishconf.py"
THIS_WEEK = "the week (default: this week)"


def add_common(parser: argparse.ArgumentParser, settings: str, *, week: str = THIS_WEEK) -> None:
    """Add the options that most commands have.

    `settings` is the file read by default, `week` the words about `--week`; empty, there is none.
    """
    if week:
        parser.add_argument("--week", type=_week, metavar="2026-W47", help=week)
    part = parser.add_argument_group("common options")
    if settings:
        part.add_argument(
            "-s",
            "--settings",
            type=Path,
            default=Path(settings),
            metavar="FILE",
            help=f"Pelican settings file (default: {settings})",
        )
    part.add_argument("--json", action="store_true", help="answer as JSON, for a program")
    part.add_argument("--debug", action="store_true", help="show the traceback of an error")


def add_parts(
    parser: argparse.ArgumentParser, parts: Mapping[str, str]
) -> list[argparse.ArgumentParser]:
    """A parser for each part of a command, one of which must be named: name -> a line about it."""
    adding = parser.add_subparsers(dest="part", required=True, metavar="|".join(parts))
    return [
        adding.add_parser(name, help=about, description=sentence(about))
        for name, about in parts.items()
    ]


def _week(text: str) -> str:
    try:
        return str(Week.parse(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no week; write it as 2026-W47") from None


def site_of(options: argparse.Namespace, **overrides: object) -> dict[str, Any]:
    """Pelican's settings for this command, with the week asked for."""
    if getattr(options, "week", None):
        overrides["LICHTBRIEF_WEEK"] = options.week
    return load_site(options.settings, overrides)


def answer(options: argparse.Namespace, value: Mapping[str, object], text: str) -> None:
    """Print the answer: JSON for a program, else the text for a person."""
    if options.json:
        sys.stdout.write(json.dumps(value, indent=1, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(text)


def say(words: str) -> None:
    """Tell what to expect, before it begins, on standard error."""
    if words:
        sys.stderr.write(f"{words}\n")


Shown = Callable[[str, int, int], None]


@contextmanager
def progress_bar(options: argparse.Namespace) -> Iterator[Shown]:
    """A bar per stage on standard error while it goes on; silent where nobody looks.

    Gives a function of stage, done and total; what the generator reports is shown too. Nothing of
    it is left behind: the answer says what was done.
    """
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description:<22}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    hidden = options.json or not console.is_terminal
    with Progress(*columns, console=console, disable=hidden, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total, visible=done < total)

        with progressed.connected_to(show):
            yield show
