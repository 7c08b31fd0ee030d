"""`lichtbrief publish`: upload what the last build made, without mailing anybody."""

import argparse

from lichtbrief.cli.common import PUBLISHING, add_common, answer, progress_bar, site_of
from lichtbrief.cli.insisting import insists
from lichtbrief.cli.weekly import add_publishing, as_json, as_text, status_of
from lichtbrief.jobs.ground.surroundings import open_surroundings
from lichtbrief.jobs.runs.weekly import Week
from lichtbrief.settings import read_settings


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    add_publishing(parser)
    add_common(parser, PUBLISHING)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make the store equal to the manifest of the last build."""
    site = site_of(options)
    settings = read_settings(site)
    dry = options.dry_run
    place = open_surroundings(settings, dry_run=dry, insists=insists(options))
    with progress_bar(options) as show, place as surroundings:
        week = Week(site, settings, surroundings, show, options.max_delete)
        done = week.rehearse_publish() if dry else week.publish()
    answer(options, as_json(done), as_text(done, dry=dry))
    return status_of(done)
