"""`lichtbrief confirm`: shows a photo as parents would see it, and notes who has looked at it."""

import argparse
import sys
import webbrowser
from pathlib import Path

from lichtbrief.cli.common import LOOKING, add_common, answer, site_of
from lichtbrief.cli.tables import plural
from lichtbrief.consent import Deny
from lichtbrief.jobs.decide.deciding import read_and_decide
from lichtbrief.jobs.look.checking import decider_of, told_of
from lichtbrief.jobs.look.confirming import Confirming, find_photo
from lichtbrief.settings import read_settings
from lichtbrief.site import post_reader


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument(
        "photo", type=Path, metavar="POST/PHOTO", help="as in groep-3/2026-11-17-bos/bos-1.jpg"
    )
    parser.add_argument(
        "--by", metavar="ID", help="the member of staff who has looked; without it, look first"
    )
    add_common(parser, LOOKING, week="")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Look, or note that somebody has looked; 1 when the photo is not shown all the same."""
    site = site_of(options)
    settings, read = read_settings(site), post_reader(site)
    found = find_photo(read_and_decide(settings, read), options.photo)
    if options.by is None:
        return show(found, options)
    found.confirm(options.by)
    after = find_photo(read_and_decide(settings, read), options.photo)
    words = f"{found.name} is confirmed by {options.by}, as the file is now.\n{_outcome(after)}"
    answer(options, _as_json(after) | {"confirmed_by": options.by}, words)
    return 1 if isinstance(after.decision, Deny) else 0


def show(found: Confirming, options: argparse.Namespace) -> int:
    """Draw the photo as parents would see it, open it, and say what is to be confirmed."""
    path = found.look()
    lines = [f"{found.name}: {_declared(found)}.", f"As parents would see it: {path}"]
    if found.photo.declaration.cover:
        lines.append("See whether clothes, company or place give away who is covered.")
    seen = found.decided.seen.get((found.post.id, found.photo.file))
    if isinstance(seen, int) and seen > found.photo.declaration.visible:
        lines.append("That is more faces than people: see that nobody is missing in people=….")
    lines.append(f"If it is right: lichtbrief confirm {found.name} --by YOUR-ID")
    answer(options, _as_json(found) | {"look": str(path)}, "\n".join(lines) + "\n")
    if not options.json and sys.stdout.isatty():
        webbrowser.open(path.as_uri())
    return 0


def _declared(found: Confirming) -> str:
    declaration = found.photo.declaration
    hidden = ", ".join(sorted(declaration.hidden)) or "nobody"
    words = f"{_people(declaration.visible)} to be seen, {hidden} covered"
    seen = found.decided.seen.get((found.post.id, found.photo.file))
    return f"{words}; {plural(seen, 'face')} found" if isinstance(seen, int) else words


def _people(count: int) -> str:
    return {0: "nobody", 1: "1 person"}.get(count, f"{count} people")


def _outcome(found: Confirming) -> str:
    if not isinstance(found.decision, Deny):
        return f"It is shown: {_declared(found)}.\n"
    told = told_of(found.photo, found.post, found.decided, decider_of(found.decided))
    return f"It is not shown all the same: {told.what}.\n  -> {told.todo}\n" if told else ""


def _as_json(found: Confirming) -> dict[str, object]:
    declaration = found.photo.declaration
    return {
        "photo": found.name,
        "covered": sorted(declaration.hidden),
        "visible": declaration.visible,
        "shown": not isinstance(found.decision, Deny),
    }
