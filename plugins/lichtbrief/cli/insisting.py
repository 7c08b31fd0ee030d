"""What a person may insist on where a job that writes would rather refuse."""

import argparse

from lichtbrief.jobs.surroundings import Insists


def add_insisting(parser: argparse.ArgumentParser) -> None:
    """Add the two options that every command has that writes into the store."""
    parser.add_argument(
        "--take-over",
        action="store_true",
        help="go on although a job on another machine may be at work; when it surely is not",
    )
    parser.add_argument(
        "--restore-ledger",
        action="store_true",
        help="put the store's copy of the ledger in place of this machine's",
    )


def insists(options: argparse.Namespace) -> Insists:
    """What the person insists on."""
    return Insists(options.take_over, options.restore_ledger)
