"""`lichtbrief write`: words in private to one guardian, for their letter alone."""

import argparse
import sys

from lichtbrief.cli.common import PUBLISHING, add_common, answer, site_of
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.answers.desk import opened_desk
from lichtbrief.jobs.answers.notes import note_of
from lichtbrief.jobs.ground.people import office_roster
from lichtbrief.settings import read_settings

ASK = "Write your words, and end with Ctrl-D on a line of its own:\n"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument("guardian", metavar="GUARDIAN", help="the guardian's id")
    parser.add_argument("--by", required=True, metavar="ID", help="who of the staff writes")
    add_common(parser, PUBLISHING, week="")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Take the words from standard input, and keep them for the letter."""
    settings = read_settings(site_of(options))
    roster = office_roster(settings, "writing to a guardian")
    if sys.stdin.isatty():
        sys.stderr.write(ASK)
    note = note_of(settings, roster, options.guardian, options.by, sys.stdin.read())
    with opened_desk(settings) as desk:
        if desk is None:
            hint = "set LICHTBRIEF_REPLIES to post; such words are part of the way back"
            raise LichtbriefError("replies are not switched on", hint)
        desk.notes.add(note)
    value = {"guardian": note.guardian, "by": note.by, "at": note.at.isoformat()}
    text = (
        f"Kept for the letter of {note.guardian}; nobody else gets it. It goes with the next run.\n"
    )
    answer(options, value, text)
    return 0
