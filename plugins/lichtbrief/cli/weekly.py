"""`lichtbrief weekly`: build, publish and mail one week; safe to kill and to run again."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from lichtbrief.cli.build import build_json, build_text
from lichtbrief.cli.common import (
    PUBLISHING,
    add_common,
    answer,
    progress_bar,
    say,
    site_of,
)
from lichtbrief.cli.emptied import emptied_json, emptied_text
from lichtbrief.cli.errors import print_error, print_held
from lichtbrief.cli.insisting import add_insisting, insists
from lichtbrief.cli.mails import print_twice, print_unsent, state_rows
from lichtbrief.cli.tables import Row, plural, summary
from lichtbrief.cli.watching import watched
from lichtbrief.delivery import DUE, Day
from lichtbrief.errors import PausedError
from lichtbrief.jobs.ground.surroundings import open_surroundings
from lichtbrief.jobs.publish.holidays import gap_after
from lichtbrief.jobs.runs.published import Published
from lichtbrief.jobs.runs.weekly import Week
from lichtbrief.settings import Settings, read_settings
from lichtbrief.storage import Action, Plan

LOCAL = "local"
HOLD = "hold"
VERBS = {Action.PUT: "upload", Action.DELETE: "delete"}


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    add_uncertain(parser)
    add_publishing(parser)
    add_common(parser, PUBLISHING)
    parser.set_defaults(run=watched(run))


def add_uncertain(parser: argparse.ArgumentParser) -> None:
    """Add what is to become of those who perhaps have the mail."""
    parser.add_argument(
        "--uncertain",
        choices=("resend", HOLD),
        default="resend",
        help="guardians who perhaps have the mail already, because the connection broke before it"
        " was confirmed: mail them again under the same Message-ID, or leave them to you",
    )


def add_publishing(parser: argparse.ArgumentParser) -> None:
    """Add the options of whatever publishes."""
    parser.add_argument(
        "--dry-run", action="store_true", help="print the plan; upload, delete and mail nothing"
    )
    add_insisting(parser)


def run(options: argparse.Namespace) -> int:
    """Do the week's work; 1 when a mail could not be handed over. Raises what stopped the mails."""
    site = site_of(options)
    settings = read_settings(site)
    dry = options.dry_run
    place = open_surroundings(settings, dry_run=dry, insists=insists(options))
    with progress_bar(options) as show, place as surroundings:
        week = Week(
            site, settings, surroundings, show, options.max_delete, options.uncertain == HOLD, say
        )
        done = week.rehearse() if dry else week.run()
    answer(options, as_json(done), as_text(done, dry=dry))
    tell_of_holidays(settings, done)
    tell_of_local(settings, dry=dry)
    return status_of(done)


def tell_of_local(settings: Settings, *, dry: bool) -> None:
    """Say it when the store ends with the command."""
    if settings.store == LOCAL and not dry:
        sys.stderr.write("hint: the store on this machine ends here, and its links with it\n")


def tell_of_holidays(settings: Settings, done: Published) -> None:
    """Say it when these links end long before there are others, and what to do."""
    gap = gap_after(settings, done.publication.letters, settings.now().date())
    if gap is not None:
        sys.stderr.write(
            f"hint: these links end on {gap.until:%A %d %B at %H:%M}, and the edition after the"
            f" holidays is due on {gap.following:%A %d %B}\n"
            "hint: lichtbrief relink --all, run before they end, mails everybody a link that works"
            " on; or have CloudFront sign for longer\n"
        )


def status_of(done: Published) -> int:
    """0 when every post and every mail is where it should be; else 1, with the reasons.

    Raises what stopped the sending before its end.
    """
    held = print_held(done.publication.held)
    if count := done.publication.out_of_date:
        sys.stderr.write(
            f"hint: the teachers' copy of the roster is out of date in {plural(count, 'place')}:"
            " run lichtbrief permits and give it to them\n"
        )
    mails = done.mails
    if mails is None:
        return held
    print_twice(done.twice)
    if done.returned:
        whose = plural(done.returned, "guardian")
        sys.stderr.write(f"hint: mail to {whose} came back: lichtbrief bounces says whose\n")
    if done.emptied and done.emptied.untold:
        held = 1
    try:
        return max(held, print_unsent(mails.states, mails.frozen, done.unsent, done.earlier))
    except PausedError as paused:
        if not held:
            raise
        print_error(paused)
        return held


def as_json(done: Published) -> dict[str, Any]:
    """Everything the job did, for a program."""
    mails = done.mails.states.counts if done.mails else {}
    return {
        **(build_json(done.build) if done.build else {}),
        "letters": len(done.publication.letters),
        "permits_out_of_date": done.publication.out_of_date,
        "addresses_waiting": done.returned,
        "uploaded": done.uploaded,
        "deleted": done.deleted,
        "taken_back": [asdict(one) for one in done.taken_back],
        "mails": {str(state): count for state, count in mails.items() if count},
        "frozen": done.mails.frozen if done.mails else 0,
        "mailed_now": done.mails.now if done.mails else 0,
        "mailed_twice": len(done.twice),
        "had_all": done.had_all,
        "not_by_weekly_mail": {str(way): count for way, count in done.publication.unmailed.items()},
        "plan": plan_json(done.publication.plan),
        "replies": emptied_json(done.emptied) if done.emptied else None,
        "seconds": dict(done.seconds),
    }


def plan_json(plan: Plan) -> list[dict[str, Any]]:
    """Every step that changes something, with its reason."""
    return [
        {"action": str(step.action), "name": step.name, "reason": step.reason, "size": step.size}
        for step in plan.steps
        if step.action is not Action.KEEP
    ]


def as_text(done: Published, *, dry: bool) -> str:
    """Everything the job did, or in a dry run would do, for a person."""
    build = f"{build_text(done.build)}\n" if done.build else ""
    if dry:
        title = "A dry run: nothing was uploaded, deleted or mailed"
        return build + summary(title, [*planned_rows(done), *due_rows(done)])
    rows = [*store_rows(done), *mail_rows(done), *_other_ways(done)]
    return build + summary("Store and mails", rows) + followed_text(done)


def followed_text(done: Published) -> str:
    """What else a job did, where it did: what parents answered, and what is not shown any more."""
    answered = emptied_text(done.emptied) if done.emptied and done.emptied.is_news else ""
    return "".join(f"\n{part}" for part in (answered, taken_back_text(done)) if part)


def store_rows(done: Published) -> Iterator[Row]:
    """How many letters there are, and what was put into the store and taken out of it."""
    letters = len(done.publication.letters)
    yield "Letters", letters, "" if letters else "nobody has anything to read in this week"
    yield "Objects uploaded", done.uploaded, ""
    yield "Objects deleted", done.deleted, ""


def taken_back_text(done: Published) -> str:
    """What was shown before and now is not, and what cannot be called back; empty for nothing."""
    if not done.taken_back:
        return ""
    rows: list[Row] = [
        (
            one.post,
            plural(one.photos, "photo") if one.photos else "all of it",
            f"was in {plural(one.letters, 'mailed letter')}",
        )
        for one in done.taken_back
    ]
    title = "Not shown any more: gone from the store with all versions, and no link opens it"
    left = "What parents have printed, saved or photographed cannot be called back."
    return f"{summary(title, rows)}{left}\n"


def planned_rows(done: Published) -> Iterator[Row]:
    """The plan: how many objects of which kind are put or deleted, and why; editions by name."""
    steps = done.publication.plan.of(Action.PUT) + done.publication.plan.of(Action.DELETE)
    kinds = Counter((step.action, step.name.split("/")[0], step.reason) for step in steps)
    if not kinds:
        yield "Objects", 0, "the store holds what it should"
    for (action, kind, reason), count in kinds.items():
        yield f"Would {VERBS[action]} {kind}", count, reason


def due_rows(done: Published) -> Iterator[Row]:
    """How many mails are due."""
    if done.mails is not None:
        due = sum(done.mails.states.counts.get(state, 0) for state in DUE)
        yield "Would mail", due, ""


def mail_rows(done: Published) -> Iterator[Row]:
    """How many mails went out now, and every recipient's state."""
    if done.mails is not None:
        yield "Mails sent now", done.mails.now, ""
        of_a_day = isinstance(done.occasion, Day)
        yield from state_rows(done.mails.states.counts, done.mails.frozen, of_a_day=of_a_day)


def _other_ways(done: Published) -> Iterator[Row]:
    """Who gets no mail, and who had all of it on the days."""
    if done.had_all:
        yield "Had it all already", done.had_all, "by the mails of the days"
    for way, count in done.publication.unmailed.items():
        yield f"Readers on {way}", count, "get no weekly mail"
