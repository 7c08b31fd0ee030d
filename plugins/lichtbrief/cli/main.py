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
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import FrameType

from lichtbrief.cli.errors import print_error
from lichtbrief.errors import PausedError

PAUSED = 75  # EX_TEMPFAIL of sysexits.h: nothing is wrong, run it again later
# command -> its module here, and a line about it
COMMANDS: Mapping[str, tuple[str, str]] = {
    "demo": ("demo", "play one week of the shipped school on this machine"),
    "check": ("check", "say what parents will see, and what to mend"),
    "declare": ("declare", "say who is in the photos of a post, one by one"),
    "confirm": ("confirm", "look at a photo that waits for it, and note that you did"),
    "approve": ("approve", "the second pair of eyes has read a post: let it go out"),
    "why": ("why", "say why a photo is shown, or is not"),
    "consents": ("consents", "for the office: what was answered about a pupil, and who is silent"),
    "permits": ("permits", "make the teachers' copy of the roster: yes or no, and no more"),
    "subject-access": ("subject", "for the office: everything that is kept about one child"),
    "forget": ("forget", "for the office: take a child who has left out of everything"),
    "preview": ("preview", "read a week in your browser as parents will"),
    "build": ("build", "seal the editions into the output folder"),
    "publish": ("publish", "upload the last build, write the letters"),
    "weekly": ("weekly", "build, publish and mail one week"),
    "daily": ("daily", "publish the week so far, and mail today's news to whoever asked for it"),
    "status": ("status", "say how far a week's mails are"),
    "bounces": ("bounces", "read what came back, and note what the office says about it"),
    "unreached": ("unreached", "say who got nothing of a week and why, for the telephone"),
    "card": ("card", "print passphrases on cards, where letters ask for one"),
    "paper": ("paper", "print the week as PDFs for the families on paper"),
    "inbox": ("inbox", "take in what parents answered, or show what came in for somebody"),
    "talks": ("talks", "give every parent who asked a time for a talk, and print the plans"),
    "survey": ("survey", "say what parents answered to a survey, without names"),
    "write": ("write", "words in private to one guardian, for their letter alone"),
    "withdraw": ("withdraw", "write down that a guardian takes a yes back, and hide it now"),
    "revoke": ("revoke", "end a guardian's access now, or every link there is"),
    "relink": ("relink", "send a fresh link to one guardian or to everybody"),
    "takedown": ("takedown", "hide one photo or post now, whatever the consent"),
    "republish": ("republish", "show again what was left out once"),
    "open": ("opening", "open one sealed object with its key"),
    "find": ("find", "say which post a parent means who has a doubt"),
    "storage": ("storage", "make and close the bucket, or print what each key may do"),
    "doctor": ("doctor", "try the store and the mail, and say what to mend"),
    "keys": ("keys", "make the key ring, or show its years"),
    "log": ("log", "show what was decided, shown and hidden, or check that record"),
}


def make_parser(command: str | None) -> argparse.ArgumentParser:
    """The parser that knows every command, and of `command` the options too.

    Only that command's module is loaded: `check` answers before the S3 client would be there.
    """
    parser = argparse.ArgumentParser(
        prog="lichtbrief",
        description="A school's private newsletter: sealed editions, one signed link per parent.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (module, about) in COMMANDS.items():
        part = commands.add_parser(name, help=about, description=f"{name}: {about}.")
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
