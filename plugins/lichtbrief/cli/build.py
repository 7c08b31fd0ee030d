"""`lichtbrief build`: sealed editions and a manifest of them, nothing else but the public pages."""

import argparse
from collections import Counter
from collections.abc import Mapping
from typing import Any

from lichtbrief.cli.common import PUBLISHING, add_common, answer, progress_bar, site_of
from lichtbrief.cli.errors import print_held
from lichtbrief.cli.tables import Row, summary
from lichtbrief.consent import Reason
from lichtbrief.jobs.build.building import Build
from lichtbrief.jobs.build.running import run_build
from lichtbrief.jobs.look.checking import NO_PERMISSION, staff_reason

WORDS: Mapping[str, str] = {
    NO_PERMISSION: "somebody in it may not be shown",
    Reason.contradiction: "two declarations do not agree",
    Reason.undeclared: "nobody has said who is in it",
    Reason.altered: "changed since it was declared",
    Reason.unknown_person: "somebody was not at the school",
    Reason.blocked: "somebody in it must never be shown",
    Reason.objection: "a pupil in it objects",
    Reason.dispute: "a pupil's guardians do not agree",
    Reason.refused: "a guardian has said no",
    Reason.expired: "a yes is of an earlier school year",
    Reason.form_changed: "a yes is on an older form",
    Reason.no_answer: "not enough guardians have answered",
    Reason.unconfirmed: "nobody has confirmed who is covered in it",
    Reason.more_faces: "more faces than people declared",
    Reason.unreadable: "it could not be read",
    Reason.named: "a pupil is named in it who may not be",
    Reason.taken_down: "it was taken down",
    Reason.held: "a yes came later; lichtbrief republish shows it",
}


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    add_common(parser, PUBLISHING)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Build every edition of the school year up to the week."""
    with progress_bar(options):
        result = run_build(site_of(options))
    answer(options, build_json(result), build_text(result))
    return print_held(result.decided.kept_back)


def left_out(result: Build) -> Mapping[str, int]:
    """How many photos are left out by reason; whoever previews is told a teacher's reasons."""
    if not result.manifest.preview:
        return result.left_out
    counts: Counter[str] = Counter()
    for reason, count in result.left_out.items():
        counts[staff_reason(Reason(reason))] += count
    return counts


def build_json(result: Build) -> dict[str, Any]:
    """The counts of a build for a program; `left_out` is by reason."""
    return {
        "week": result.manifest.week,
        "editions": len(result.manifest.editions),
        "sealed_now": result.sealed_now,
        "photos_shown": result.shown,
        "films_shown": result.films,
        "photos_left_out": dict(left_out(result)),
        "unreadable": [{"photo": photo, "why": why} for photo, why in result.unreadable],
    }


def build_text(result: Build) -> str:
    """The counts of a build for a person."""
    editions = len(result.manifest.editions)
    unchanged = editions - result.sealed_now
    rows: list[Row] = [
        ("Editions", editions, f"{result.sealed_now} sealed now, {unchanged} unchanged"),
        ("Photos shown", result.shown, ""),
        *([("Films shown", result.films, "")] if result.films else []),
        ("Photos left out", sum(result.left_out.values()), ""),
    ]
    rows += [
        ("", count, f"{reason}: {WORDS[reason]}") for reason, count in left_out(result).items()
    ]
    rows += [("Could not be read", "", f"{photo}: {why}") for photo, why in result.unreadable]
    return summary(f"Editions up to week {result.manifest.week}", rows)
