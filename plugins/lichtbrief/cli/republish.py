"""`lichtbrief republish`: show again what was left out once, now that everybody permits it."""

import argparse

from lichtbrief.cli.renewing import add_renewing, opened_week, tell
from lichtbrief.cli.tables import plural
from lichtbrief.jobs.answers.taking_down import ask_for
from lichtbrief.jobs.decide.deciding import read_and_decide
from lichtbrief.jobs.ground.finding import must_be_staff, named
from lichtbrief.jobs.runs.renewing import renew
from lichtbrief.site import post_reader


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument(
        "what",
        metavar="POST|PHOTO|PUPIL",
        help="groep-3/2026-11-17-bos, a photo in that folder, or a pupil's id for all with them",
    )
    parser.add_argument("--by", required=True, metavar="ID", help="who of the staff asks for it")
    add_renewing(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the request into the log, and show what it is about."""
    with opened_week(options) as (week, turn):
        week.catch_up()
        decided = read_and_decide(week.settings, post_reader(week.site))
        must_be_staff(decided.roster, options.by)
        what = named(week.settings, options.what) if "/" in options.what else options.what
        count = ask_for(decided, what, options.by)
        renewed = renew(week, turn)
    return tell(options, f"Shown again on request: {plural(count, 'photo')}.", renewed)
