"""What `check` knows, as a teacher reads it on one screen, and as a program does."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from lichtbrief.cli.tables import plural
from lichtbrief.errors import Problem
from lichtbrief.jobs.look.checking import PostReport
from lichtbrief.jobs.look.overview import Entry, Overview, State

BECOMES = {
    State.held: "kept back; parents see nothing of it until it is rewritten",
    State.waiting: "not yet; parents see nothing of it until it is approved",
    State.broken: "cannot be read; nothing at all can be published until it is mended",
    State.draft: "a draft; parents see nothing of it",
}


def as_json(overview: Overview) -> dict[str, Any]:
    """The whole answer for a program."""
    return {
        "posts": [_entry_json(entry) for entry in overview.entries],
        "problems": [asdict(problem) for problem in overview.problems],
        "weeks_not_looked_at": sorted({str(week) for week in overview.others}),
    }


def _entry_json(entry: Entry) -> dict[str, Any]:
    about = asdict(entry.report) if entry.report else {"shown": 0, "left_out": []}
    problems = [asdict(problem) for problem in entry.problems]
    return about | {
        "id": entry.id,
        "week": entry.week,
        "state": str(entry.state),
        "problems": problems,
        "waits": asdict(entry.waits) if entry.waits else None,
    }


def as_text(overview: Overview, week: str, *, is_all: bool) -> str:
    """The answer for a person: a line per post, and below it what needs a look.

    Of the other weeks than `week`, those without anything to do are one line.
    """
    lines: list[str] = []
    for one in sorted({entry.week for entry in overview.entries}):
        entries = [entry for entry in overview.entries if entry.week == one]
        if one == week or any(entry.needs_a_look for entry in entries):
            lines += ["", f"Week {one}", *(line for e in entries for line in _entry_lines(e))]
        else:
            lines += ["", f"Week {one}: {plural(len(entries), 'post')}, nothing to do"]
    if overview.elsewhere:
        lines += ["", "Elsewhere"]
        for problem in overview.elsewhere:
            lines += [f"  {_place(problem)} {problem.what}", f"    -> {problem.todo}"]
    lines += ["", *_last_lines(overview, is_all=is_all)]
    return "\n".join(lines).lstrip("\n") + "\n"


def _last_lines(overview: Overview, *, is_all: bool) -> Iterator[str]:
    reports = [entry.report for entry in overview.entries if entry.report]
    shown = sum(entry.report.shown for entry in _appearing(overview) if entry.report)
    hidden = sum(len(report.left_out) for report in reports)
    posts = plural(len(overview.entries), "post" if is_all else "post that you changed")
    films = any(report.films for report in reports)
    photos = f"{shown} photos and films" if films else plural(shown, "photo")
    yield f"{posts}, {photos} shown, {hidden} left out."
    if not is_all:
        yield "All posts: lichtbrief check --all"
    if overview.others:
        first, last = str(overview.others[0]), str(overview.others[-1])
        weeks = first if first == last else f"{first} to {last}"
        count = plural(len(overview.others), "post")
        yield f"{count} of another school year not looked at ({weeks}); --week looks at one week."


def _appearing(overview: Overview) -> list[Entry]:
    return [entry for entry in overview.entries if entry.state is State.shown]


def _entry_lines(entry: Entry) -> Iterator[str]:
    report = entry.report
    becomes = BECOMES.get(entry.state) or (_photos(report) if report else "")
    yield f"  {entry.id}: {becomes}{_also(report) if report else ''}"
    for problem in entry.problems:
        yield f"      {_place(problem, entry.id)} {problem.what}."
        yield f"        -> {problem.todo}"
    if entry.waits:
        yield f"      it {entry.waits.what}."
        yield f"        -> {entry.waits.todo}"
    if report:
        yield from _photo_lines(report)


def _place(problem: Problem, post: str = "") -> str:
    """Where a problem is, as short as it can be said below the name of its post."""
    file = problem.file.rpartition(f"{post}/")[2] if post else problem.file
    words = [
        "" if file == "post.md" else file,
        "" if problem.line is None else f"line {problem.line}",
        problem.column or "",
        f"“{problem.value}”" if problem.value else "",
    ]
    return " ".join(filter(None, words))


def _photos(report: PostReport) -> str:
    total = report.shown + len(report.left_out)
    if not total:
        return "no photos"
    films = plural(report.films, "film") if report.films else ""
    photos = plural(total - report.films, "photo") if total > report.films else ""
    every = ", ".join(filter(None, (photos, films)))
    if not report.left_out:
        return every
    return f"{report.shown} of {total} ({every})" if films else f"{report.shown} of {every}"


def _photo_lines(report: PostReport) -> Iterator[str]:
    if report.files:
        yield f"      sent along: {', '.join(report.files)}"
    for photo in report.left_out:
        yield f"      {photo.file} is not shown: {photo.what}."
        yield f"        -> {photo.todo}"
    if report.unused:
        names = ", ".join(_unused(file, report) for file in report.unused)
        yield f"      not used in the text, so not shown: {names}"
    if report.fewer:
        photos = ", ".join(report.fewer)
        yield f"      fewer faces than people, fine if they look away: {photos}"


def _unused(file: str, report: PostReport) -> str:
    still = report.halves.get(file)
    return f"{file} (the moving half of the Live Photo {still})" if still else file


def _also(report: PostReport) -> str:
    """The groups that get the post beside the one in whose folder it lies."""
    others = [group for group in report.groups if group != report.id.split("/")[0]]
    return f" (goes to {', '.join(others)} too)" if others else ""
