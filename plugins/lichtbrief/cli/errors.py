"""What a person reads on standard error when a command was refused or failed."""

import sys
from collections.abc import Sequence

from lichtbrief.cli.tables import plural
from lichtbrief.errors import LichtbriefError, ProblemsError, ReportedError
from lichtbrief.jobs.decide.wording import Held


def print_error(error: Exception) -> None:
    """Say on standard error what went wrong and what to do, without a traceback."""
    for line in _lines(error):
        sys.stderr.write(f"{line}\n")


def _lines(error: Exception) -> list[str]:
    found: tuple[object, ...] = ()
    if isinstance(error, ProblemsError):
        found = error.problems
    elif isinstance(error, ReportedError):
        found = error.lines
    if isinstance(error, LichtbriefError):
        what, todo = error.message, error.hint
    elif isinstance(error, OSError) and error.filename:
        what = f"{error.filename}: {error.strerror}"
        todo = "look whose the file and its folder are, and whether the disk is full"
    else:
        # An error that nobody foresaw may carry anything in its text: only its kind is shown.
        what = f"something went wrong that should not ({type(error).__name__})"
        todo = "run it again with --debug to see where, and tell us"
    hints = [f"hint: {todo}"] if todo else []
    return [*(f"error: {one}" for one in found), f"error: {what}", *hints]


def print_held(held: Sequence[Held]) -> int:
    """Say on standard error which posts are kept back; 1 when there are any, else 0."""
    for problem in (problem for one in held for problem in one.problems):
        sys.stderr.write(f"error: {problem}\n")
    if held:
        count = plural(len(held), "post")
        sys.stderr.write(f"hint: {count} kept back until then; the others go out as usual\n")
    return 1 if held else 0
