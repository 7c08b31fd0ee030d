"""`lichtbrief keys own`: a key pair of somebody's own; and asking for what opens it."""

import argparse
import getpass
import secrets
import sys
from pathlib import Path

from lichtbrief.cli.common import answer, site_of
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.answers.own_key_files import (
    make_key_file,
    opened_key,
    read_key_file,
    refuse_passphrase,
    refuse_place,
    usual_place,
)
from lichtbrief.jobs.ground.finding import must_be_staff
from lichtbrief.jobs.ground.people import people_of
from lichtbrief.replies import OwnKey, OwnKeyFile
from lichtbrief.settings import read_settings

MADE = """\
Your own key is in {path}, behind your passphrase.

Send this line to the office, as it is, on one line:

    {public}

They put it into staff.csv: in the row {owner}, in the column key, which they add at the end
if there is none. From the next letters on, what parents write to you in private is sealed, and
neither the office nor the director can read it; colleagues in your groups can who made a key
as well, and one who did not no longer sees the words. You read it, where this file is, with

    lichtbrief inbox --for {owner}

Keep a copy of the file, on a stick at home for example. Whoever has file and passphrase reads
what was written to you. Without them nobody can, not even you: then make a new key in another
file (--key), send its line to the office, and ask the parents to write once more.
"""


def add_key(parser: argparse.ArgumentParser) -> None:
    """Add `--key`."""
    parser.add_argument(
        "--key",
        type=Path,
        metavar="FILE",
        help="the file of your own key (default: ~/.config/lichtbrief/ID.key)",
    )


def run_own(options: argparse.Namespace) -> int:
    """Make the key pair; running it again shows the public half of what is there."""
    settings = read_settings(site_of(options))
    must_be_staff(people_of(settings), options.owner)
    path = options.key or usual_place(options.owner)
    refuse_place(path, (settings.content.parent, settings.school, settings.state))
    found = read_key_file(path)
    if found is None:
        found = OwnKeyFile.make(options.owner, _new_passphrase(), secrets.token_bytes)
        make_key_file(path, found)
    must_be_of(found, path, options.owner)
    told = {"path": path, "public": found.public, "owner": found.owner}
    answer(options, {"public": found.public}, MADE.format(**told))
    return 0


def must_be_of(file: OwnKeyFile, path: Path, owner: str) -> None:
    """Raise LichtbriefError when a key file is somebody else's."""
    if file.owner != owner:
        what = f"{path} is the key of {file.owner}"
        raise LichtbriefError(what, "name a file of your own with --key")


def ask_for_key(path: Path, file: OwnKeyFile) -> OwnKey:
    """The key in that file, once its owner has typed the passphrase."""
    return opened_key(path, file, typed(f"Passphrase of {path}: "))


def _new_passphrase() -> str:
    passphrase = typed("A passphrase for your own key, 12 signs or more: ")
    refuse_passphrase(passphrase)
    if typed("The same once more: ") != passphrase:
        raise LichtbriefError("that was not the same passphrase", "begin again; nothing was made")
    return passphrase


def typed(prompt: str) -> str:
    """What is typed, unseen; from a pipe, its next line."""
    if sys.stdin.isatty():
        return getpass.getpass(prompt)
    return sys.stdin.readline().rstrip("\r\n")
