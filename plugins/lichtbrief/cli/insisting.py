"""What a person may insist on where a job that writes would rather refuse."""

import argparse

from lichtbrief.jobs.ground.surroundings import Insists


def add_insisting(parser: argparse.ArgumentParser, *, deleting: bool = True) -> None:
    """Add the options that every command has that writes into the store.

    How many objects may go at once is asked only of those `deleting` what the build lacks.
    """
    part = parser.add_argument_group("where it refuses and you know better")
    if deleting:
        part.add_argument(
            "--max-delete",
            type=_number,
            metavar="N",
            help="refuse when more objects than this would be deleted, those not counted whose"
            " links have ended (default: half of what is stored, or ten)",
        )
    part.add_argument(
        "--take-over",
        action="store_true",
        help="go on although a job on another machine may be at work; when it surely is not",
    )
    part.add_argument(
        "--restore-ledger",
        action="store_true",
        help="put the store's copy of the ledger in place of this machine's",
    )


def _number(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"“{text}” is no number")
    return int(text)


def insists(options: argparse.Namespace) -> Insists:
    """What the person insists on."""
    return Insists(options.take_over, options.restore_ledger)
