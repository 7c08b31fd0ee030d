"""`lichtbrief build`: sealed editions and a manifest of them, nothing else but the public pages."""

import argparse
from typing import Any

from rich.table import Table

from lichtbrief.cli.common import PUBLISHING, add_common, answer, progress_bar, site_of, table_text
from lichtbrief.jobs.building import Build
from lichtbrief.jobs.running import run_build


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("build", help="seal the editions into the output folder")
    add_common(parser, PUBLISHING)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Build every edition of the school year up to the week."""
    with progress_bar(options):
        result = run_build(site_of(options))
    answer(options, build_json(result), table_text(build_table(result)))
    return 0


def build_json(result: Build) -> dict[str, Any]:
    """The counts of a build for a program; `left_out` is by reason."""
    return {
        "week": result.manifest.week,
        "editions": len(result.manifest.editions),
        "sealed_now": result.sealed_now,
        "photos_shown": result.shown,
        "photos_left_out": dict(result.left_out),
        "unreadable": [{"photo": photo, "why": why} for photo, why in result.unreadable],
    }


def build_table(result: Build) -> Table:
    """The counts of a build for a person."""
    table = Table(title=f"Week {result.manifest.week}", title_justify="left", show_header=False)
    editions = len(result.manifest.editions)
    table.add_row("Editions", str(editions), f"{result.sealed_now} sealed now, the rest unchanged")
    table.add_row("Photos shown", str(result.shown), "")
    table.add_row("Photos left out", str(sum(result.left_out.values())), "")
    for reason, count in result.left_out.items():
        table.add_row("", str(count), reason)
    for photo, why in result.unreadable:
        table.add_row("Could not be read", "", f"{photo}: {why}")
    return table
