"""`lichtbrief doctor`: try the store and the mail for real, and say what to mend."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from lichtbrief.cli.common import PUBLISHING, add_common, answer, progress_bar, site_of
from lichtbrief.cli.tables import plural
from lichtbrief.findings import Finding, Verdict
from lichtbrief.jobs.office.doctor import Doctor
from lichtbrief.settings import read_settings

COLOURS = {Verdict.OK: "green", Verdict.WARNING: "yellow", Verdict.FAILED: "bold red"}


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument(
        "--to", metavar="ADDRESS", help="send the canary mail there, for a person to click"
    )
    add_common(parser, PUBLISHING, week="")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Examine; 1 when anything failed, warnings apart."""
    settings = read_settings(site_of(options))
    found = list[Finding]()
    with progress_bar(options) as show:
        for finding in Doctor(settings, options.to).findings():
            found.append(finding)
            show("Checks", len(found), len(found) + 1)
    failures = [finding for finding in found if finding.verdict is Verdict.FAILED]
    value = {"ok": not failures, "findings": [asdict(finding) for finding in found]}
    answer(options, value, as_text(found))
    return 1 if failures else 0


def as_text(found: Sequence[Finding]) -> str:
    """The findings for a person: a line each, and below it what to do."""
    table = Table(show_header=False, box=None, padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    for one in found:
        todo = f"\n→ {escape(one.todo)}" if one.todo else ""
        verdict = f"[{COLOURS[one.verdict]}]{one.verdict}[/]"
        table.add_row(verdict, one.what, escape(one.words) + todo)
    console = Console(emoji=False, highlight=False)
    with console.capture() as captured:
        console.print(table)
    counts = {verdict: sum(one.verdict is verdict for one in found) for verdict in Verdict}
    failures, warnings = counts[Verdict.FAILED], counts[Verdict.WARNING]
    end = f"{counts[Verdict.OK]} ok, {plural(warnings, 'warning')}, {failures} failed"
    more = ": mend what failed before anything is mailed" if failures else ""
    lines = [line.rstrip() for line in captured.get().splitlines()]
    return "\n".join((*lines, f"{end}{more}")) + "\n"
