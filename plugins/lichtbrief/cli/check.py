"""`lichtbrief check`: tells a teacher what will appear, what will not, and what to do."""

import argparse
import os
import sys
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from watchfiles import watch

from lichtbrief.cli.common import LOOKING, add_common, answer, progress_bar, site_of
from lichtbrief.cli.errors import print_error
from lichtbrief.cli.overview import as_json, as_text
from lichtbrief.cli.tables import plural
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.decide.deciding import read_and_decide
from lichtbrief.jobs.ground.cache import drawn_before, studio
from lichtbrief.jobs.look.overview import Overview, look_over, unreadable_photos
from lichtbrief.jobs.look.touched import touched_posts
from lichtbrief.settings import Settings, read_settings
from lichtbrief.site import post_reader

CLEAR = "\x1b[2J\x1b[3J\x1b[H"  # ECMA-48: the screen and what was scrolled off, from the top


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument(
        "--all",
        action="store_true",
        help="every post of the school year (default: those you changed, if Git knows)",
    )
    parser.add_argument("--watch", action="store_true", help="again whenever something changes")
    add_common(parser, LOOKING, week="every post of this week")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check the posts; 1 when something must be mended."""
    return _watch(options) if options.watch else _check(options)


def _watch(options: argparse.Namespace) -> int:
    """Check again at every change, until Ctrl-C."""
    settings = read_settings(site_of(options))
    _again(options)
    try:
        for _ in watch(settings.content, settings.school, options.settings, debounce=400):
            _again(options)
    except KeyboardInterrupt:
        pass  # this is how it is meant to end
    return 0


def _again(options: argparse.Namespace) -> None:
    """One more check, on an empty screen; what cannot be read is said and waited for."""
    if sys.stdout.isatty() and not options.json:
        sys.stdout.write(CLEAR)
    try:
        _check(options)
    except (LichtbriefError, OSError) as error:
        print_error(error)
    if not options.json:
        now = datetime.now().astimezone()
        sys.stdout.write(f"\nChecked at {now:%H:%M:%S}. Waiting for a change; Ctrl-C ends.\n")
    sys.stdout.flush()


def _check(options: argparse.Namespace) -> int:
    site = site_of(options)
    settings = read_settings(site)
    mine = _asked_for(options, settings)
    with progress_bar(options) as show, ThreadPoolExecutor(os.cpu_count()) as executor:
        decided = read_and_decide(settings, post_reader(site))
        posts = {post.id for post in decided.posts if options.week in (None, str(post.week))}
        asked = posts if mine is None else posts & set(mine)
        drawn, films = drawn_before(settings), studio(settings)
        unreadable = unreadable_photos(decided, asked, drawn, films, executor, show)
    whole = look_over(decided, unreadable)
    week = options.week or str(decided.week)
    shown = _choose(whole, options, mine)
    answer(options, as_json(shown), as_text(shown, week, is_all=mine is None))
    return _status(shown, whole)


def _asked_for(options: argparse.Namespace, settings: Settings) -> Collection[str] | None:
    """The posts that the teacher has changed, or None for every post."""
    if options.all or options.week:
        return None
    return touched_posts(settings.groups_folder) or None


def _choose(whole: Overview, options: argparse.Namespace, mine: Collection[str] | None) -> Overview:
    if options.week:
        return whole.of_week(options.week)
    return whole if mine is None else whole.only(mine)


def _status(shown: Overview, whole: Overview) -> int:
    """Say on standard error what is to be mended, here and elsewhere; 1 for what is shown."""
    others = len(whole.problems) - len(shown.problems)
    if others:
        count = plural(others, "problem")
        sys.stderr.write(f"hint: {count} in other posts: lichtbrief check --all\n")
    if not shown.problems:
        return 0
    count = plural(len(shown.problems), "problem")
    print_error(LichtbriefError(f"{count} to mend", "mend what they say, then check again"))
    return 1
