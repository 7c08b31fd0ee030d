"""`lichtbrief unreached`: who got nothing of a week and why, for the telephone."""

import argparse
from dataclasses import asdict

from lichtbrief.cli.common import PUBLISHING, add_common, answer, site_of
from lichtbrief.cli.tables import Row, summary
from lichtbrief.editions import Week
from lichtbrief.jobs.ground.keys import any_ring
from lichtbrief.jobs.ground.people import office_roster
from lichtbrief.jobs.mail.bouncing import Marks
from lichtbrief.jobs.mail.status import newest_ledger
from lichtbrief.jobs.mail.unreached import Unreached, recipients, unreached
from lichtbrief.settings import read_settings
from lichtbrief.storage import open_store


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument("--names", action="store_true", help="for the office: their names as well")
    add_common(parser, PUBLISHING)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List them."""
    settings = read_settings(site_of(options))
    roster = office_roster(settings, "telling who was not reached")
    local = settings.store == "local"
    store = None if local else open_store(settings.store, settings.endpoint, settings.region)
    today = settings.now().date()
    week = settings.week or Week.of(today)
    with newest_ledger(settings, store) as (ledger, _):
        count = len(recipients(ledger, week))
        found = unreached(ledger, Marks(any_ring(settings), roster), week, today)
    rows = [_row(one, names=options.names) for one in found]
    title = f"Not reached in {week}: {len(found)} of {count}"
    hidden = () if options.names else ("name",)
    people = [{k: v for k, v in asdict(one).items() if k not in hidden} for one in found]
    answer(
        options,
        {"week": str(week), "recipients": count, "unreached": people},
        summary(title, rows),
    )
    return 0


def _row(one: Unreached, *, names: bool) -> Row:
    why = f"{one.why}: {one.detail}" if one.detail else one.why
    return one.guardian, one.name if names else "", why
