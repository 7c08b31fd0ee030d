"""`lichtbrief relink`: send a fresh link to one guardian, or to everybody."""

import argparse
import sys

from lichtbrief.cli.common import answer
from lichtbrief.cli.renewing import add_renewing, opened_week
from lichtbrief.cli.tables import Row, summary
from lichtbrief.cli.weekly import as_json, mail_rows, status_of
from lichtbrief.jobs.relinking import Relinked, relink


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    whom = parser.add_mutually_exclusive_group(required=True)
    whom.add_argument("guardian", nargs="?", metavar="GUARDIAN", help="the guardian's id")
    whom.add_argument("--all", action="store_true", help="everybody who reads by mail")
    add_renewing(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prolong letters and mail their links; 1 when one could not be handed over."""
    with opened_week(options) as (week, turn):
        done = relink(week, turn, options.guardian)
    status = tell_relinked(options, done)
    if options.guardian and done.without:
        sys.stderr.write(
            f"error: {options.guardian} gets no link: may not read, reads on paper, was revoked,"
            " or has not been mailed this week at all\n"
            "hint: look in relations.csv and guardians.csv; lichtbrief revoke --undo gives access"
            " back, lichtbrief weekly mails who was to be mailed\n"
        )
        return 1
    return status


def tell_relinked(options: argparse.Namespace, done: Relinked) -> int:
    """Say what was sent; 1 when one could not be handed over."""
    value = {"round": str(done.round), "without": list(done.without), **as_json(done.published)}
    answer(options, value, relinked_text(done))
    return status_of(done.published)


def relinked_text(done: Relinked) -> str:
    """What was sent, for a person."""
    rows: list[Row] = [
        ("Objects uploaded", done.published.uploaded, "letters with fresh links, and what changed"),
        *mail_rows(done.published),
    ]
    week = f"{done.round.year}-W{done.round.number:02}"
    return summary(f"Fresh links to the newsletter of week {week}", rows)
