"""What the commands share that bring to light at once what may be seen now, and mail nobody."""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from lichtbrief.cli.common import (
    PUBLISHING,
    add_common,
    answer,
    progress_bar,
    say,
    site_of,
)
from lichtbrief.cli.errors import print_error, print_held
from lichtbrief.cli.insisting import add_insisting, insists
from lichtbrief.cli.tables import Row, plural, summary
from lichtbrief.cli.weekly import as_json, taken_back_text
from lichtbrief.errors import LichtbriefError, ProblemsError
from lichtbrief.jobs.ground.surroundings import open_surroundings
from lichtbrief.jobs.ground.turn import Turn, take_turn
from lichtbrief.jobs.runs.renewing import Renewed, renew
from lichtbrief.jobs.runs.weekly import Week
from lichtbrief.settings import Settings, read_settings

BROKEN = "lichtbrief check shows them; they come back with the next run once they are mended"


def add_renewing(parser: argparse.ArgumentParser) -> None:
    """Add the options that these commands have in common."""
    add_insisting(parser)
    add_common(parser, PUBLISHING, week="")


@contextmanager
def opened_week(options: argparse.Namespace) -> Iterator[tuple[Week, Turn]]:
    """Everything that a run needs, with the store open and nobody else at work."""
    site = site_of(options)
    settings = read_settings(site)
    place = open_surroundings(settings, insists=insists(options))
    with (
        progress_bar(options) as show,
        place as surroundings,
        take_turn(settings, surroundings) as turn,
    ):
        week = Week(site, settings, surroundings, show, options.max_delete, say=say)
        yield week, turn


def carry_out(options: argparse.Namespace, write: Callable[[Settings], str]) -> int:
    """Write something down, then bring what is published into line with it.

    `write` says in a line what it wrote. What it wrote stays when the store cannot be reached.
    """
    said = write(read_settings(site_of(options)))
    with unless_carried_out(said), opened_week(options) as (week, turn):
        renewed = renew(week, turn)
    return tell(options, said, renewed)


@contextmanager
def unless_carried_out(said: str) -> Iterator[None]:
    """Adds to an error that what was written stays, and is to be carried out by another run."""
    try:
        yield
    except LichtbriefError as error:
        sys.stderr.write(f"error: {said} But it is not carried out yet:\n")
        hint = f"{error.hint}; then run this again".removeprefix("; then ")
        if isinstance(error, ProblemsError):
            raise ProblemsError(error.message, error.problems, hint) from error
        raise LichtbriefError(error.message, hint) from error


def tell(
    options: argparse.Namespace,
    said: str,
    renewed: Renewed,
    unchanged: str = "Nothing that parents could see had to go.",
) -> int:
    """Say what was written and what came of it; `unchanged` where nothing was taken back."""
    text = f"{said}\n\n{renewed_text(renewed, unchanged)}"
    answer(options, {"said": said, **renewed_json(renewed)}, text)
    if renewed.problems:
        count = plural(len(renewed.problems), "problem")
        message = f"{count} in the posts: these posts were left out of what was renewed"
        print_error(ProblemsError(message, renewed.problems, BROKEN))
    held = print_held(renewed.published.publication.held) if renewed.published else 0
    return 1 if renewed.problems else held


def renewed_json(renewed: Renewed) -> Mapping[str, Any]:
    """What a renewal did, for a program."""
    return as_json(renewed.published) if renewed.published else {"taken_back": []}


def renewed_text(renewed: Renewed, unchanged: str) -> str:
    """What a renewal did, for a person."""
    done = renewed.published
    if done is None:
        return "Nothing is published yet.\n"
    rows: list[Row] = [
        ("Objects uploaded", done.uploaded, "editions and letters that have changed"),
        ("Objects deleted", done.deleted, "with all their versions"),
    ]
    back = taken_back_text(done) or f"{unchanged}\n"
    return f"{summary('What parents can see now', rows)}\n{back}"
