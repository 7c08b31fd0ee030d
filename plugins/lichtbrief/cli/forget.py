"""`lichtbrief forget`: takes away what is kept about a child who has left."""

import argparse
from collections.abc import Iterator

from lichtbrief.cli.common import LOOKING, add_common, answer, site_of
from lichtbrief.cli.subject import every_post
from lichtbrief.cli.tables import plural
from lichtbrief.jobs.answers.desk import opened_desk
from lichtbrief.jobs.office.forgetting import Leaving, forget, plan_leaving
from lichtbrief.roster import read_roster
from lichtbrief.settings import read_settings


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument("pupil", metavar="PUPIL", help="the id of a pupil who has left")
    parser.add_argument("--yes", action="store_true", help="do it; without, only say what would go")
    add_common(parser, LOOKING, week="")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Say what would go, or take it away."""
    site = site_of(options)
    settings = read_settings(site)
    roster = read_roster(settings.school)
    posts = every_post(settings, roster, site)
    leaving = plan_leaving(roster, posts, options.pupil, settings.now().date())
    lines = None
    if options.yes:
        with opened_desk(settings) as desk:
            lines = forget(settings, leaving, desk)
    value = {
        "done": options.yes,
        "rows": leaving.rows,
        "guardians": list(leaving.guardians),
        "log_lines": lines,
        "originals": [str(path) for path in leaving.originals],
    }
    answer(options, value, "\n".join(_forgotten(leaving, lines)) + "\n")
    return 0


def _forgotten(leaving: Leaving, lines: int | None) -> Iterator[str]:
    done = lines is not None
    yield f"{leaving.pupil} {'is forgotten' if done else 'would be forgotten'}:"
    for name, rows in leaving.rows.items():
        yield f"  {name}.csv: {plural(rows, 'row')}"
    if leaving.guardians:
        yield f"  guardians of no other child: {', '.join(leaving.guardians)}"
    if leaving.instead:
        yield f"  the days in groups stay as those of {leaving.instead}, who is never shown"
    if done:
        yield f"  the log: {plural(lines or 0, 'line')}, its chain as it was"
    if leaving.originals:
        yield "These files are declared to show the child; take them away yourself:"
        yield from (f"  {path}" for path in leaving.originals)
    if done:
        yield "Run lichtbrief weekly now: it takes what still lies in the store away."
    else:
        yield "Nothing was changed. With --yes it is done, and cannot be undone."
