"""`lichtbrief consents`: what was answered about a pupil, who never did, or the yearly round.

For the school office: it tells who answered what.
"""

import argparse
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

from lichtbrief.cli.common import LOOKING, PUBLISHING, add_common, answer, site_of
from lichtbrief.cli.tables import plural, summary
from lichtbrief.cli.why import explained_json
from lichtbrief.consent.explaining import Heard
from lichtbrief.jobs.answers.reminding import Reminded, remind
from lichtbrief.jobs.ground.people import office_roster
from lichtbrief.jobs.ground.surroundings import open_surroundings
from lichtbrief.jobs.look.explaining import Consents, consents_of, missing
from lichtbrief.roster import FieldError, a_moment
from lichtbrief.settings import Settings, read_settings


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument(
        "pupil",
        nargs="?",
        metavar="PUPIL|remind",
        help="the id of a pupil; or remind: once a school year, each guardian who decides finds"
        " in the next letter what is on record from them",
    )
    asked.add_argument("--missing", metavar="GROUP", help="who of this group has never answered")
    parser.add_argument(
        "--at", type=_moment, metavar="2026-09-01", help="as of then (default: now)"
    )
    add_common(parser, LOOKING, week="")
    parser.set_defaults(run=run, settings=None)


def _moment(text: str) -> datetime:
    """A day alone is that day as a whole."""
    try:
        moment = a_moment(text)
    except FieldError as error:
        raise argparse.ArgumentTypeError(f"“{text}” {error.what}; {error.todo}") from None
    return moment if ":" in text else datetime.combine(moment.date(), time.max)


def run(options: argparse.Namespace) -> int:
    """Answer one of the two questions, or begin the yearly round."""
    rounds = options.pupil == "remind"
    options.settings = options.settings or Path(PUBLISHING if rounds else LOOKING)
    settings = read_settings(site_of(options))
    if rounds:
        return run_remind(options, settings)
    roster = office_roster(settings, "telling what was answered")
    at: datetime = options.at or settings.now()
    if options.missing is None:
        found = consents_of(settings, roster, options.pupil, at)
        answer(options, _json(found), "\n".join(_lines(found)) + "\n")
        return 0
    silent = missing(roster, options.missing, at)
    value = {"missing": [{"pupil": one, "guardians": sorted(who)} for one, who in silent]}
    lines = [f"{one}: {', '.join(sorted(who))}" for one, who in silent]
    count = plural(len(silent), "pupil")
    told = f"{count} of {options.missing} with a deciding guardian who has never answered"
    answer(options, value, "\n".join([f"{told}{':' if lines else '.'}", *lines]) + "\n")
    return 0


def run_remind(options: argparse.Namespace, settings: Settings) -> int:
    """Begin this school year's round, or say again whom it reaches."""
    with open_surroundings(settings) as surroundings:
        done = remind(settings, surroundings)
    value = {
        "year": done.round.year,
        "at": done.round.at.isoformat(),
        "again": done.again,
        "by_letter": list(done.by_letter),
        "on_paper": list(done.on_paper),
        "without_letter": list(done.without),
        "file": str(done.file or ""),
        "silent": [{"pupil": one, "guardians": sorted(who)} for one, who in done.silent],
    }
    answer(options, value, "".join(f"{line}\n" for line in _reminded(done)))
    return 0


def _reminded(done: Reminded) -> Iterator[str]:
    year = f"{done.round.year}–{done.round.year + 1}"
    if done.again:
        yield f"The round of {year} began on {done.round.at:%Y-%m-%d}; nobody gets it twice."
    yield summary(
        f"Once a year: what is on record, {year}",
        [
            ("In the next letter", len(done.by_letter), "guardians who decide, each their own"),
            ("On paper", len(done.on_paper), "hand them the printed sheet"),
            ("No letter at all", len(done.without), "they decide, but read none: hand it to them"),
            ("Pupils with silence", len(done.silent), "somebody who decides has never answered"),
        ],
    ).rstrip()
    yield from (f"    {pupil}: {', '.join(sorted(who))}" for pupil, who in done.silent)
    if done.file:
        who = ", ".join((*done.on_paper, *done.without))
        yield f"Sheets for {who}: {done.file}"
        yield "Print it from a browser, and delete the file."


def _json(found: Consents) -> dict[str, object]:
    outcomes = [
        {"audience": audience, "kind": kind, **explained_json(one)}
        for (audience, kind), one in found.outcomes
    ]
    history = [
        {
            "guardian": one.guardian,
            "audience": one.audience,
            "kind": one.kind,
            "decision": one.decision,
            "said_at": one.said_at.isoformat(),
            "recorded_at": one.recorded_at.isoformat(),
            "form": one.form,
            "source": one.source,
        }
        for one in found.history
    ]
    return {
        "pupil": found.pupil,
        "at": found.at.isoformat(),
        "outcomes": outcomes,
        "history": history,
    }


def _lines(found: Consents) -> Iterator[str]:
    _, first = found.outcomes[0]
    yield f"{found.pupil}, as of {found.at:%Y-%m-%d %H:%M}"
    yield f"Blocks that hold: {', '.join(first.blocks) or 'none'}"
    roles = [f"{one.guardian}{'' if one.decides else ' (does not decide)'}" for one in first.heard]
    rows = [("", "decision", *roles)]
    rows += [
        (f"{audience} {kind}", one.reason or "yes", *map(_said, one.heard))
        for (audience, kind), one in found.outcomes
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"  {'   '.join(cells)}".rstrip()
    yield f"{plural(len(found.history), 'answer')} on file{':' if found.history else '.'}"
    for said in found.history:
        yield (
            f"  {said.said_at:%Y-%m-%d %H:%M}  {said.guardian}  {said.audience} {said.kind}: "
            f"{said.decision} (form {said.form}, recorded {said.recorded_at:%Y-%m-%d %H:%M})"
        )


def _said(heard: Heard) -> str:
    """`yes 2026-09-01`, or a dash."""
    if heard.said is None:
        return "-"
    return f"{'yes' if heard.said.yes else 'no'} {heard.said.said_at:%Y-%m-%d}"
