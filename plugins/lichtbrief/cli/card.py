"""`lichtbrief card`: print the passphrase of one guardian, or of all, on cards to hand out."""

import argparse

from lichtbrief.cli.common import PUBLISHING, add_common, answer, site_of
from lichtbrief.cli.tables import plural
from lichtbrief.jobs.office.cards import print_cards
from lichtbrief.settings import read_settings


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("guardian", nargs="?", metavar="GUARDIAN", help="the guardian's id")
    whose.add_argument("--all", action="store_true", help="everybody who reads by mail")
    add_common(parser, PUBLISHING, week="")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the page of cards."""
    done = print_cards(read_settings(site_of(options)), options.guardian)
    text = (
        f"{plural(done.cards, 'card')}: {done.file}\n"
        "Print it from a browser, cut it, hand each card over in person, and delete the file.\n"
    )
    answer(options, {"file": str(done.file), "cards": done.cards}, text)
    return 0
