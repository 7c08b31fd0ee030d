"""`lichtbrief permits`: the teachers' copy of the roster, made by the office."""

import argparse

from lichtbrief.cli.common import LOOKING, add_common, answer, site_of
from lichtbrief.cli.tables import plural
from lichtbrief.jobs.ground.people import write_copy
from lichtbrief.settings import read_settings


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    add_common(parser, LOOKING, week="")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the copy into the repository of the posts."""
    permits, path = write_copy(read_settings(site_of(options)))
    value = {
        "as_of": permits.as_of.isoformat(),
        "pupils": len(permits.pupils),
        "staff": len(permits.staff),
        "file": str(path),
    }
    people = f"{plural(len(permits.pupils), 'pupil')} and {len(permits.staff)} of the staff"
    text = (
        f"{people}, as of {permits.as_of:%Y-%m-%d %H:%M}, are in {path}.\n"
        "It holds names, groups, and yes or no; no answer, no reason, no parent, no address.\n"
        "Give it to the teachers: their checkout has it in school/, and no table of yours.\n"
    )
    answer(options, value, text)
    return 0
