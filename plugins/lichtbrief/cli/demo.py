"""`lichtbrief demo`: the weekly job on the shipped school, with everything it needs beside it."""

import argparse
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from lichtbrief.cli.build import build_text
from lichtbrief.cli.common import PUBLISHING, add_common, answer, progress_bar
from lichtbrief.cli.emptied import emptied_text
from lichtbrief.cli.inbox import reply_text
from lichtbrief.cli.tables import Row, summary
from lichtbrief.cli.weekly import mail_rows, status_of
from lichtbrief.jobs.answers.reading import words_of
from lichtbrief.jobs.runs.demo import SUMMARY, Demo, Mailed, counts, play

SERVING = (
    "Open them in a browser on this machine, and answer at the end of a letter if you like.\n"
    "Ctrl-C takes in what was answered, and ends."
)
ENDED = "Done, and the store has ended: the links open only while the demo runs without --once."


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument("--once", action="store_true", help="end when the mails are out")
    parser.add_argument(
        "--work",
        type=Path,
        default=Path(".demo"),
        metavar="DIR",
        help="folder for all that the demo writes (default: .demo)",
    )
    add_common(parser, PUBLISHING, week="")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Play the week, show two links, and serve until Ctrl-C unless `--once`."""
    sys.stderr.write("Starting a private store and a mail catcher on this machine ...\n")
    with ExitStack() as stack:
        with progress_bar(options) as show:
            demo = stack.enter_context(play(options.settings, options.work.resolve(), show))
        answer(options, counts(demo), as_text(demo, serving=not options.once))
        sys.stdout.flush()
        if not options.once:
            _wait()
            sys.stdout.write(answered_text(demo))
            sys.stderr.write("\nEnding the store and the mail catcher.\n")
        return status_of(demo.published)


def answered_text(demo: Demo) -> str:
    """What parents answered, as the school gets to see it; here all of it together."""
    emptied, decided, filed = demo.take_in()
    replies = (reply_text(decided, one, words_of(one)) for one in filed)
    return "\n".join(["", emptied_text(emptied), *replies])


def _wait() -> None:
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        sys.stderr.write("\nTaking in what was answered.\n")


def as_text(demo: Demo, *, serving: bool) -> str:
    """What happened, and the links of two parents who read different things."""
    published = demo.published
    rows: list[Row] = [("Letters", len(published.publication.letters), "")]
    text = build_text(published.build) + "\n" if published.build else ""
    text += summary("Letters and mails", [*rows, *mail_rows(published)]) + "\n"
    lines = [f"Everything is in {demo.work}; every link is in {SUMMARY} there.", ""]
    for mailed, groups in two_parents(demo):
        lines += [f"Guardian {mailed.guardian} reads {', '.join(groups)}:", mailed.link, ""]
    lines.append(SERVING if serving else ENDED)
    return text + "\n".join(lines) + "\n"


def two_parents(demo: Demo) -> list[tuple[Mailed, Sequence[str]]]:
    """Two mailed guardians: the one who reads most, and one who reads something else."""
    publication = demo.published.publication
    read = {
        task.guardian: tuple(entry.group for entry in task.editions) for task in publication.letters
    }
    readers = (each for each in demo.mails if each.guardian in read)
    mailed = sorted(readers, key=lambda each: (-len(read[each.guardian]), each.guardian))
    first = mailed[:1]
    other = [
        each for each in mailed[1:] if not set(read[each.guardian]) <= set(read[first[0].guardian])
    ]
    return [(each, read[each.guardian]) for each in first + (other or mailed[1:])[:1]]
