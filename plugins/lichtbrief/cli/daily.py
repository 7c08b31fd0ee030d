"""`lichtbrief daily`: mail today's news to those who asked for it; safe to run every hour."""

import argparse
from typing import Any

from lichtbrief.cli.build import build_text
from lichtbrief.cli.common import PUBLISHING, add_common, answer, progress_bar, say, site_of
from lichtbrief.cli.insisting import insists
from lichtbrief.cli.tables import summary
from lichtbrief.cli.watching import watched
from lichtbrief.cli.weekly import (
    HOLD,
    add_publishing,
    add_uncertain,
    as_json,
    due_rows,
    followed_text,
    mail_rows,
    planned_rows,
    status_of,
    store_rows,
    tell_of_local,
)
from lichtbrief.editions import Week
from lichtbrief.jobs.ground.surroundings import open_surroundings
from lichtbrief.jobs.runs.daily import daily, why_nothing
from lichtbrief.jobs.runs.published import Published
from lichtbrief.jobs.runs.weekly import Week as Run
from lichtbrief.settings import read_settings


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    add_uncertain(parser)
    add_publishing(parser)
    add_common(parser, PUBLISHING, week="")
    parser.set_defaults(run=watched(run))


def run(options: argparse.Namespace) -> int:
    """Do the day's work; 1 when a mail could not be handed over, 75 when mails must wait."""
    week = Week.of(read_settings(site_of(options)).now().date())
    site = site_of(options, LICHTBRIEF_WEEK=str(week))
    settings = read_settings(site)
    if why := why_nothing(settings):
        answer(options, {"nothing": why}, f"Nothing to do: {why}.\n")
        return 0
    dry = options.dry_run
    place = open_surroundings(settings, dry_run=dry, insists=insists(options))
    with progress_bar(options) as show, place as surroundings:
        holds = options.uncertain == HOLD
        day = daily(Run(site, settings, surroundings, show, options.max_delete, holds, say))
        done = day.rehearse() if dry else day.run()
    answer(options, daily_json(done), daily_text(done, dry=dry))
    tell_of_local(settings, dry=dry)
    return status_of(done)


def daily_json(done: Published) -> dict[str, Any]:
    """Everything the job did, for a program."""
    return {"day": str(done.occasion), **as_json(done)}


def daily_text(done: Published, *, dry: bool) -> str:
    """Everything the job did, or in a dry run would do, for a person."""
    build = build_text(done.build) if done.build else ""
    if dry:
        title = "A dry run: nothing was uploaded, deleted or mailed"
        return f"{build}\n{summary(title, [*planned_rows(done), *due_rows(done)])}"
    rows = [*store_rows(done), *mail_rows(done)]
    text = f"{build}\n{summary(f'Store and mails of the day {done.occasion}', rows)}"
    return text + followed_text(done)
