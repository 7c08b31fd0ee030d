"""All commands under one name, and what becomes of an error.

Exit status: 0 done, 1 refused or failed, 2 wrong usage. Answers go to standard output, `error:`
and `hint:` lines to standard error; `--debug` shows the traceback behind an error.
"""

import argparse
import sys
from collections.abc import Sequence
from types import ModuleType

from lichtbrief.cli import build, check, demo, keys, opening, preview, publish, weekly
from lichtbrief.cli.common import print_error

COMMANDS: tuple[ModuleType, ...] = (demo, check, preview, build, publish, weekly, opening, keys)


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands; each command's module adds its own part."""
    parser = argparse.ArgumentParser(
        prog="lichtbrief",
        description="A school's private newsletter: sealed editions, one signed link per parent.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in COMMANDS:
        module.add_to(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = make_parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except KeyboardInterrupt:
        sys.stderr.write("error: stopped by you; nothing is half done, run it again at any time\n")
        return 1
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our answer has gone: not an error worth words
        return 1
    except Exception as error:
        if options.debug:
            raise
        print_error(error)
        return 1
    return status
