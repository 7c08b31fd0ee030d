"""`lichtbrief paper`: PDFs to print for the families on paper; nothing is uploaded."""

import argparse
from dataclasses import asdict
from typing import Any

from lichtbrief.cli.common import PUBLISHING, add_common, answer, progress_bar, site_of
from lichtbrief.cli.errors import print_held
from lichtbrief.cli.tables import Row, plural, summary
from lichtbrief.jobs.answers.carrying_out import write_answers
from lichtbrief.jobs.answers.desk import opened_desk
from lichtbrief.jobs.build.paper import COVER, Printed, print_week
from lichtbrief.settings import read_settings
from lichtbrief.site import post_reader, theme_of


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument("--names", action="store_true", help="for the office: their names as well")
    add_common(parser, PUBLISHING)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the week for the families on paper.

    Perhaps not on the machine that takes replies in: what parents answered counts here too.
    """
    site = site_of(options)
    settings = read_settings(site)
    with opened_desk(settings) as desk:
        if desk is not None:
            write_answers(settings, desk.cabinet.all())
    with progress_bar(options) as show:
        printed = print_week(settings, post_reader(site), theme_of(settings), show)
    names = options.names
    answer(options, as_json(printed, names=names), as_text(printed, names=names))
    return print_held(printed.held)


def as_json(printed: Printed, *, names: bool) -> dict[str, Any]:
    """What was printed, for a program."""
    hidden = () if names else ("name",)
    return {
        "week": str(printed.week),
        "folder": str(printed.folder),
        "families": [
            {field: value for field, value in asdict(one).items() if field not in hidden}
            for one in printed.families
        ],
        "sheets": [
            {
                "file": sheet.file.name,
                "group": sheet.group,
                "language": sheet.language,
                "copies": sheet.copies,
                "photos": sheet.photos,
            }
            for sheet in printed.sheets
        ],
        "photos_left_out": printed.left_out,
        "unreadable": [{"photo": photo, "why": why} for photo, why in printed.unreadable],
    }


def as_text(printed: Printed, *, names: bool) -> str:
    """What was printed and who is to get it, for a person."""
    rows: list[Row] = [(COVER, 1, "for the office: how many of what")]
    rows += [
        (sheet.file.name, sheet.copies, f"to print, with {plural(sheet.photos, 'photo')}")
        for sheet in printed.sheets
    ]
    rows.append(("Photos left out", printed.left_out, "not permitted on paper, or hidden"))
    rows += [("Could not be read", "", f"{photo}: {why}") for photo, why in printed.unreadable]
    families = plural(len(printed.families), "guardian")
    title = f"Week {printed.week} for {families} on paper, in {printed.folder}"
    readers: list[Row] = [
        (one.guardian, one.name if names else "", f"{', '.join(one.groups)} ({one.language})")
        for one in printed.families
    ]
    return f"{summary(title, rows)}\n{summary('To be handed to', readers)}"
