"""`lichtbrief weekly`: build, publish and mail one week; safe to kill and to run again."""

import argparse
import sys
from typing import Any

from rich.table import Table

from lichtbrief.cli.build import build_json, build_table
from lichtbrief.cli.common import (
    PUBLISHING,
    add_common,
    answer,
    print_error,
    progress_bar,
    site_of,
    table_text,
)
from lichtbrief.jobs.surroundings import open_surroundings
from lichtbrief.jobs.weekly import MAX_DELETE, Published, Week
from lichtbrief.settings import read_settings
from lichtbrief.storage import Action, Plan


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("weekly", help="build, publish and mail one week")
    add_common(parser, PUBLISHING)
    add_publishing(parser)
    parser.set_defaults(run=run)


def add_publishing(parser: argparse.ArgumentParser) -> None:
    """Add the options of whatever publishes."""
    parser.add_argument(
        "--dry-run", action="store_true", help="print the plan; upload, delete and mail nothing"
    )
    parser.add_argument(
        "--max-delete",
        type=int,
        default=MAX_DELETE,
        metavar="N",
        help="refuse to delete more objects than this that have not simply ended"
        f" (default: {MAX_DELETE})",
    )


def run(options: argparse.Namespace) -> int:
    """Do the week's work; 1 when a mail could not be handed over."""
    site = site_of(options)
    settings = read_settings(site)
    dry = options.dry_run
    with progress_bar(options) as show, open_surroundings(settings, dry_run=dry) as surroundings:
        week = Week(site, settings, surroundings, show, options.max_delete)
        done = week.rehearse() if dry else week.run()
    answer(options, as_json(done), as_text(done))
    return status_of(done)


def status_of(done: Published) -> int:
    """0 when every mail is where it should be; otherwise 1, with the reasons on standard error."""
    for one in done.unsent:
        sys.stderr.write(f"error: guardian {one.guardian} has no mail: {one.state}, {one.words}\n")
    if done.mails is not None and done.mails.states.stopped is not None:
        print_error(done.mails.states.stopped)
        return 1
    if done.unsent:
        sys.stderr.write(
            "hint: an address that is refused is the office's to mend; then run again\n"
        )
    return 1 if done.unsent else 0


def as_json(done: Published) -> dict[str, Any]:
    """Everything the job did, for a program."""
    mails = done.mails.states.counts if done.mails else {}
    return {
        **(build_json(done.build) if done.build else {}),
        "letters": len(done.publication.letters),
        "uploaded": done.uploaded,
        "deleted": done.deleted,
        "mails": {str(state): count for state, count in mails.items() if count},
        "mailed_now": done.mails.now if done.mails else 0,
        "not_by_weekly_mail": {str(way): count for way, count in done.unmailed.items()},
        "plan": plan_json(done.publication.plan),
        "seconds": dict(done.seconds),
    }


def plan_json(plan: Plan) -> list[dict[str, Any]]:
    """Every step that changes something, with its reason."""
    return [
        {"action": str(step.action), "name": step.name, "reason": step.reason, "size": step.size}
        for step in plan.steps
        if step.action is not Action.KEEP
    ]


def as_text(done: Published) -> str:
    """Everything the job did, for a person."""
    tables = [build_table(done.build)] if done.build else []
    table = Table(title="Store and mails", title_justify="left", show_header=False)
    table.add_row("Letters", str(len(done.publication.letters)))
    table.add_row("Objects uploaded", str(done.uploaded))
    table.add_row("Objects deleted", str(done.deleted))
    add_mails(table, done)
    for way, count in done.unmailed.items():
        table.add_row(f"Readers on {way}", str(count), "get no weekly mail")
    return table_text(*tables, table)


def add_mails(table: Table, done: Published) -> None:
    """Add to a table how many mails went out now, and every recipient's state."""
    if done.mails is not None:
        table.add_row("Mails sent now", str(done.mails.now))
        for state, count in done.mails.states.counts.items():
            if count:
                table.add_row(f"Guardians: {state}", str(count))
