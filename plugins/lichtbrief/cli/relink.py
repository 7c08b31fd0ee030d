"""`lichtbrief relink`: send a fresh link to one guardian, or to everybody."""

import argparse

from lichtbrief.cli.common import answer
from lichtbrief.cli.mails import STATES
from lichtbrief.cli.renewing import add_renewing, opened_week
from lichtbrief.cli.tables import Row, summary
from lichtbrief.cli.weekly import as_json, status_of
from lichtbrief.delivery import State
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.runs.relinking import Relinked, relink


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
    if done.without:
        raise LichtbriefError(f"{options.guardian} gets no link", done.without)
    return tell_relinked(options, done)


def tell_relinked(options: argparse.Namespace, done: Relinked) -> int:
    """Say what was sent; 1 when one could not be handed over."""
    value = {"round": str(done.round), **as_json(done.published)}
    answer(options, value, relinked_text(done))
    return status_of(done.published)


def relinked_text(done: Relinked) -> str:
    """What was sent, for a person."""
    rows: list[Row] = [("Letters renewed", done.published.uploaded, "with links of full length")]
    if (mails := done.published.mails) is not None:
        rows.append(("Mails sent now", mails.now, ""))
        rows += [
            (f"Guardians: {state}", count, STATES.get(state, ""))
            for state, count in mails.states.counts.items()
            if count and state is not State.SENT
        ]
    week = f"{done.round.year}-W{done.round.number:02}"
    return summary(f"Fresh links to the newsletter of week {week}", rows)
