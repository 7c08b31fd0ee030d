"""`lichtbrief demo`: the weekly job on the shipped school, with everything it needs beside it."""

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

from rich.table import Table

from lichtbrief.cli.build import build_table
from lichtbrief.cli.common import PUBLISHING, add_common, answer, progress_bar, table_text
from lichtbrief.cli.weekly import add_mails, status_of
from lichtbrief.jobs.demo import Demo, Mailed, counts, play


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("demo", help="play one week of the shipped school")
    add_common(parser, PUBLISHING, week=False)
    parser.add_argument("--once", action="store_true", help="end when the mails are out")
    parser.add_argument(
        "--work",
        type=Path,
        default=Path(".demo"),
        metavar="DIR",
        help="folder for all that the demo writes (default: .demo)",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Play the week, show two links, and serve until Ctrl-C unless `--once`."""
    # SIGTERM, too, ends what was started; and a shell starts what it runs behind it deaf to SIGINT.
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, _interrupt)
    sys.stderr.write("Starting a private store and a mail catcher on this machine ...\n")
    with ExitStack() as stack:
        with progress_bar(options) as show:
            demo = stack.enter_context(play(options.settings, options.work.resolve(), show))
        answer(options, counts(demo), as_text(demo, serving=not options.once))
        sys.stdout.flush()
        if not options.once:
            _wait()
        return status_of(demo.published)


def _interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


def _wait() -> None:
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        sys.stdout.write("\nEnding the store and the mail catcher.\n")


def as_text(demo: Demo, *, serving: bool) -> str:
    """What happened, and the links of two parents who read different things."""
    build = demo.published.build
    tables = [build_table(build)] if build else []
    table = Table(title="Letters and mails", title_justify="left", show_header=False)
    table.add_row("Letters", str(len(demo.published.publication.letters)))
    add_mails(table, demo.published)
    tables.append(table)
    lines = [f"Everything is in {demo.work}; every link is in demo.json there.", ""]
    for mailed, groups in two_parents(demo):
        lines += [f"Guardian {mailed.guardian} reads {', '.join(groups)}:", mailed.link, ""]
    end = "Open them in a browser on this machine. Ctrl-C ends." if serving else "Done."
    return table_text(*tables) + "\n" + "\n".join([*lines, end]) + "\n"


def two_parents(demo: Demo) -> list[tuple[Mailed, Sequence[str]]]:
    """Two mailed guardians: the one who reads most, and one who reads something else."""
    publication = demo.published.publication
    read = {
        task.guardian: tuple(entry.group for entry in task.editions) for task in publication.letters
    }
    mailed = sorted(demo.mails, key=lambda each: (-len(read[each.guardian]), each.guardian))
    first = mailed[:1]
    other = [
        each for each in mailed[1:] if not set(read[each.guardian]) <= set(read[first[0].guardian])
    ]
    return [(each, read[each.guardian]) for each in first + (other or mailed[1:])[:1]]
