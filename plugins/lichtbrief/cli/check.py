"""`lichtbrief check`: tells a teacher what will appear, what will not, and what to do."""

import argparse
from dataclasses import asdict
from typing import Any

from lichtbrief.cli.common import LOOKING, add_common, answer, site_of
from lichtbrief.cli.errors import print_error, print_held
from lichtbrief.cli.tables import plural
from lichtbrief.errors import ProblemsError
from lichtbrief.jobs.checking import PostReport, check_posts
from lichtbrief.jobs.deciding import Decided, read_and_decide
from lichtbrief.settings import read_settings
from lichtbrief.site import post_reader


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    add_common(parser, LOOKING, week="only this week (default: all of the school year)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check every post up to the newest week; 1 when something must be mended."""
    site = site_of(options)
    decided = read_and_decide(read_settings(site), post_reader(site))
    reports = [r for r in check_posts(decided) if options.week in (None, r.week)]
    answer(options, as_json(reports, decided), as_text(reports))
    held = print_held(decided.held)
    if decided.problems:
        message = f"nothing can be published: {plural(len(decided.problems), 'problem')} to mend"
        print_error(
            ProblemsError(message, decided.problems, "mend what they say, then check again")
        )
    return 1 if decided.problems else held


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
    counted = plural(len(reports), "post"), plural(shown, "photo")
    lines += ["", f"{counted[0]}, {counted[1]} shown, {hidden} left out."]
    return "\n".join(lines).lstrip("\n") + "\n"


def _post_lines(report: PostReport) -> list[str]:
    total = report.shown + len(report.left_out)
    if not total:
        photos = "no photos"
    elif report.left_out:
        photos = f"{report.shown} of {plural(total, 'photo')}"
    else:
        photos = plural(total, "photo")
    lines = [f"  {report.id}: {photos}{_also(report)}"]
    for photo in report.left_out:
        lines += [f"      {photo.file} is not shown: {photo.what}.", f"        -> {photo.todo}"]
    if report.unused:
        names = ", ".join(_unused(file, report) for file in report.unused)
        lines.append(f"      not used in the text, so not shown: {names}")
    return lines


def _unused(file: str, report: PostReport) -> str:
    still = report.halves.get(file)
    return f"{file} (the moving half of the Live Photo {still})" if still else file


def _also(report: PostReport) -> str:
    """The groups that get the post beside the one in whose folder it lies."""
    others = [group for group in report.groups if group != report.id.split("/")[0]]
    return f" (goes to {', '.join(others)} too)" if others else ""
