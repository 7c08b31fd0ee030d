"""`lichtbrief takedown`: hide one photo or post now, whatever the consent, until it is undone."""

import argparse

from lichtbrief.cli.renewing import add_renewing, carry_out
from lichtbrief.jobs.answers.taking_down import take_down
from lichtbrief.jobs.ground.finding import must_be_staff, named
from lichtbrief.jobs.ground.people import office_roster
from lichtbrief.settings import Settings


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument(
        "what", metavar="PHOTO|POST", help="groep-3/2026-11-17-bos, or a photo in that folder"
    )
    parser.add_argument("--by", metavar="ID", help="who of the staff does this, for the log")
    parser.add_argument("--undo", action="store_true", help="show it again, as consent allows")
    add_renewing(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the takedown into the log, and hide what it is about."""

    def write(settings: Settings) -> str:
        if options.by:
            must_be_staff(office_roster(settings, "taking down"), options.by)
        what = named(settings, options.what)
        changed = take_down(settings, what, options.by, undo=options.undo)
        one = f"The {'photo' if what.photo else 'post'}"
        if options.undo:
            return f"{one} {'is' if changed else 'was'} not taken down any more."
        return f"{one} {'is' if changed else 'was already'} taken down, wherever it stands."

    return carry_out(options, write)
