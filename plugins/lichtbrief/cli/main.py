"""All commands under one name, and what becomes of an error.

Exit status: 0 done, 1 refused or failed, 2 wrong usage, 75 mails must wait: run it again later.
Answers go to standard output, `error:` and `hint:` lines to standard error; `--debug` shows the
traceback behind an error.
"""

import argparse
import logging
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from types import FrameType

from lichtbrief.cli.commands import COMMANDS, listing, sentence, unknown
from lichtbrief.cli.errors import print_error
from lichtbrief.errors import PausedError

PAUSED = 75  # EX_TEMPFAIL of sysexits.h: nothing is wrong, run it again later


def make_parser(command: str | None) -> argparse.ArgumentParser:
    """The parser that knows every command, and of `command` the options too.

    Only that command's module is loaded: `check` answers before the S3 client would be there. Ends
    with wrong usage where `command` is none.
    """
    parser = argparse.ArgumentParser(
        prog="lichtbrief",
        usage="lichtbrief COMMAND ...",
        description="A school's private newsletter: sealed editions, one signed link per parent.",
        epilog=listing(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    if command is None:
        parser.error("which command? lichtbrief --help lists them all")
    if not command.startswith("-") and command not in COMMANDS:
        parser.error(unknown(command))
    commands = parser.add_subparsers(
        dest="command",
        required=True,
        prog=parser.prog,
        metavar="COMMAND",
        help=argparse.SUPPRESS,  # the listing has them by whom they are for
    )
    for name, (module, about) in COMMANDS.items():
        part = commands.add_parser(name, description=sentence(about))
        if name == command:
            import_module(f"lichtbrief.cli.{module}").add_to(part)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    # SIGTERM, too, ends what was started; and a shell starts what it runs behind it deaf to SIGINT.
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, _interrupt)
    # What Pelican says while it reads is either an error of ours as well, or not for teachers.
    logging.getLogger("pelican").addHandler(logging.NullHandler())
    given = sys.argv[1:] if arguments is None else arguments
    try:
        options = make_parser(given[0] if given else None).parse_args(given)
        return _run(options)
    except KeyboardInterrupt:
        sys.stderr.write("error: stopped before the end\nhint: run it again at any time\n")
        return 1


def _run(options: argparse.Namespace) -> int:
    """Run the command; what it raises becomes words and a 1, or a 75."""
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our answer has gone: not an error worth words, nor worth a second one when
        # Python flushes at its end (https://docs.python.org/3/library/signal.html#note-on-sigpipe).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except PausedError as error:
        print_error(error)
        return PAUSED
    except Exception as error:
        if options.debug:
            raise
        print_error(error)
        return 1
    return status


def _interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt
