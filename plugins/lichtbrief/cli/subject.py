"""`lichtbrief subject-access`: everything that is kept about one child, for a guardian who asks."""

import argparse
import sys
from collections.abc import Iterator
from datetime import date

from lichtbrief.cli.common import LOOKING, add_common, answer, site_of
from lichtbrief.editions import Post, read_posts
from lichtbrief.jobs.answers.desk import opened_desk
from lichtbrief.jobs.decide.deciding import read_and_decide
from lichtbrief.jobs.office.subject import Kept, kept_about
from lichtbrief.roster import Roster
from lichtbrief.settings import Settings, read_settings
from lichtbrief.site import post_reader

JUDGE = "docs/consent.md says why; whether it must be told is for the office to judge"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument("pupil", metavar="PUPIL", help="the id of a pupil")
    parser.add_argument(
        "--for",
        dest="guardian",
        required=True,
        metavar="GUARDIAN",
        help="the id of the guardian who asks: other guardians' answers are left out",
    )
    add_common(parser, LOOKING, week="")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print everything that is kept; what was left out goes to standard error, for the office."""
    site = site_of(options)
    settings = read_settings(site)
    decided = read_and_decide(settings, post_reader(site))
    posts = every_post(settings, decided.roster, site)
    whose = options.pupil, options.guardian
    with opened_desk(settings) as desk:
        written = (desk.cabinet.all(), desk.notes.all(), desk.surveys.values()) if desk else ()
        kept = kept_about(decided, posts, *whose, *written)
    value = {"pupil": kept.pupil, **dict(kept.sections)}
    answer(options, value, "\n".join(_lines(kept, decided.moment.date())) + "\n")
    if kept.left_out:
        what = ", ".join(kept.left_out)
        sys.stderr.write(
            f"left out: {what}\nhint: docs/consent.md says why; it is yours to judge\n"
        )
    return 0


def every_post(settings: Settings, roster: Roster, site: dict[str, object]) -> tuple[Post, ...]:
    """Every post that is whole, of all years."""
    posts, _ = read_posts(settings.groups_folder, post_reader(site), roster, date.min)
    return posts


def _lines(kept: Kept, today: date) -> Iterator[str]:
    yield f"What the newsletter keeps about {kept.pupil}, {today}"
    for title, rows in kept.sections:
        yield f"\n{title}{'' if rows else ': nothing'}"
        for row in rows:
            said = (f"{name}: {value}" for name, value in row.items() if value not in ("", None))
            yield f"  {', '.join(said)}"
