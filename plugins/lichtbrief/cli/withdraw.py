"""`lichtbrief withdraw`: write down that a guardian takes a yes back, and carry it out at once."""

import argparse

from lichtbrief.cli.renewing import add_renewing, carry_out
from lichtbrief.cli.tables import plural
from lichtbrief.jobs.answers.withdrawing import Withdrawal, write_withdrawal
from lichtbrief.roster import Audience, Kind
from lichtbrief.settings import Settings


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument("pupil", metavar="PUPIL", help="the pupil's id")
    parser.add_argument("--guardian", required=True, metavar="ID", help="who takes the yes back")
    parser.add_argument("--by", required=True, metavar="ID", help="who of the staff was told so")
    audiences, kinds = [each.value for each in Audience], [each.value for each in Kind]
    parser.add_argument("--audience", choices=audiences, help="only for these (default: for all)")
    parser.add_argument("--kind", choices=kinds, help="only this (default: everything)")
    add_renewing(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the answer into consents.csv, and take back what it forbids."""
    withdrawal = Withdrawal(
        options.pupil,
        options.guardian,
        options.by,
        Audience(options.audience) if options.audience else None,
        Kind(options.kind) if options.kind else None,
    )

    def write(settings: Settings) -> str:
        count = write_withdrawal(settings, withdrawal)
        if not count:
            return "All of this was withdrawn or refused already."
        return f"Written into consents.csv: {plural(count, 'answer')}, withdrawn as of now."

    return carry_out(options, write)
