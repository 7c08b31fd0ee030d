"""`lichtbrief check`: tells a teacher what will appear, what will not, and what to do."""

import argparse
from dataclasses import asdict
from typing import Any

from lichtbrief.cli.common import LOOKING, add_common, answer, print_error, site_of
from lichtbrief.errors import ProblemsError
from lichtbrief.jobs.checking import PostReport, check_posts
from lichtbrief.jobs.deciding import Decided, read_and_decide
from lichtbrief.settings import read_settings
from lichtbrief.site import post_reader


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("check", help="say what parents will see, and what to mend")
    add_common(parser, LOOKING, week=False)
    parser.add_argument("--week", metavar="2026-W47", help="only this week (default: all)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check every post up to the newest week; 1 when something must be mended."""
    site = site_of(options)
    decided = read_and_decide(read_settings(site), post_reader(site))
    reports = [r for r in check_posts(decided) if options.week in (None, r.week)]
    answer(options, as_json(reports, decided), as_text(reports))
    if decided.problems:
        count = len(decided.problems)
        message = f"{count} problem(s) stop publishing"
        print_error(ProblemsError(message, decided.problems, "mend them and check again"))
    return 1 if decided.problems else 0


def as_json(reports: list[PostReport], decided: Decided) -> dict[str, Any]:
    """The whole answer for a program."""
    return {
        "posts": [asdict(report) for report in reports],
        "problems": [asdict(problem) for problem in decided.problems],
    }


def as_text(reports: list[PostReport]) -> str:
    """The answer for a person: a line per post, and below it what needs a look."""
    lines: list[str] = []
    for week in sorted({report.week for report in reports}):
        lines += ["", f"Week {week}"]
        for report in (r for r in reports if r.week == week):
            lines += _post_lines(report)
    shown = sum(report.shown for report in reports)
    hidden = sum(len(report.left_out) for report in reports)
    lines += ["", f"{len(reports)} posts, {shown} photos shown, {hidden} left out."]
    return "\n".join(lines).lstrip("\n") + "\n"


def _post_lines(report: PostReport) -> list[str]:
    total = report.shown + len(report.left_out)
    photos = f"{report.shown} of {total} photos" if total else "no photos"
    lines = [f"  {report.id}  ({', '.join(report.groups)}; {photos})"]
    for photo in report.left_out:
        lines += [f"      {photo.file} is not shown: {photo.what}.", f"        -> {photo.todo}"]
    if report.unused:
        names = ", ".join(report.unused)
        lines.append(f"      not used in the text, so not shown: {names}")
    return lines
