"""`lichtbrief declare`: asks who is in each photo of a post and writes its photos.csv."""

import argparse
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path

from rich.columns import Columns
from rich.console import Console
from rich.text import Text

from lichtbrief.cli.common import LOOKING, add_common, site_of
from lichtbrief.cli.tables import plural
from lichtbrief.consent import Candidate, Unclear
from lichtbrief.editions import open_folder
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.people import people_of
from lichtbrief.jobs.look.declaring import Declaring, Offer
from lichtbrief.settings import read_settings
from lichtbrief.site import post_reader

SHOWN = 60  # more names than this are no list to look through
HELP = (
    "Write numbers or beginnings of first names, as in “1 4” or “an se”;\n"
    "all, all -sem, or nobody; others=2 beside them for two people who are not of the school.\n"
    "Ids of other groups and of staff are good too.\n"
    "Enter takes what is offered, = the same as the photo before.\n"
    "s skip   b back   v view the photo   ? this again   q quit"
)


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help="a post's folder, or its id: group/day-words"
    )
    parser.add_argument(
        "--by",
        metavar="ID",
        help="the member of staff who attests “nobody” (default: the post's author)",
    )
    add_common(parser, LOOKING, week="")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Ask about each photo that is not declared; every answer is written at once."""
    site = site_of(options)
    settings = read_settings(site)
    roster = people_of(settings)
    folder = open_folder(settings.groups_folder, options.folder, post_reader(site), roster)
    by = options.by or folder.author
    if by is not None and by not in roster.staff:
        raise LichtbriefError(f"{by} is not on the staff", "write an id that is in staff.csv")
    asking = _Asking(Declaring(folder, roster, by))
    asking.ask_all()
    return 0


class _Asking:
    """The conversation at the terminal."""

    def __init__(self, declaring: Declaring) -> None:
        self.declaring = declaring
        self.console = Console(highlight=False, markup=False, emoji=False)
        self.before = ""
        self.done: set[str] = set()

    def ask_all(self) -> None:
        folder, photos = self.declaring.folder, self.declaring.photos
        total = len(folder.photos())
        self.say(f"{folder.id}: {plural(total, 'photo')}, {len(photos)} to declare.")
        if not photos:
            return
        self.explain()
        at = 0
        while 0 <= at < len(photos):
            step = self.ask(at, photos)
            if step is None:
                break
            at = max(0, at + step)
        left = len(photos) - len(self.done)
        self.say(f"\n{len(self.done)} declared in photos.csv, {left} left.")
        if self.done:
            self.say("Write there, under alt, what is to be seen, for parents who cannot see it.")

    def explain(self) -> None:
        self.say(HELP)
        people = self.declaring.candidates
        if len(people) <= SHOWN:
            self.console.print(Columns(map(_label, people), padding=(0, 3), column_first=True))
        else:
            self.say(f"{len(people)} pupils may be in it: write first names or ids.")

    def ask(self, at: int, photos: Sequence[str]) -> int | None:
        """Ask about one photo until it is clear: how many photos to go on, or None to stop."""
        file = photos[at]
        path = self.declaring.folder.path / file
        offer = self.declaring.offer(file)
        heading = Text(f"\n[{at + 1}/{len(photos)}] ")
        heading.append(file, style=f"bold link {path.absolute().as_uri()}")
        self.console.print(heading)
        for line in _offered(offer):
            self.say(line)
        while True:
            typed = self.read()
            if typed in (None, "q"):
                return None
            if typed in ("s", "b"):
                return 1 if typed == "s" else -1
            if typed == "?":
                self.explain()
            elif typed == "v":
                self.view(path)
            elif self.answered(file, {"": offer.people, "=": self.before}.get(typed, typed)):
                return 1

    def answered(self, file: str, typed: str) -> bool:
        """Write the answer down; False when it must be asked again."""
        if not typed:
            self.say("  Nothing is offered for this photo: write who is in it, or ? for help.")
            return False
        try:
            cell, lacking = self.declaring.answer(file, typed)
        except Unclear as why:
            self.say(f"  {str(why)[:1].upper()}{str(why)[1:]}.")
            return False
        self.say(f"  → {cell}")
        if lacking:
            names = " ".join(sorted(lacking))
            self.say(
                f"  The file itself names {names}: it is not shown without them (b goes back)."
            )
        self.before = cell
        self.done.add(file)
        return True

    def read(self) -> str | None:
        """One line that was typed; None at the end of the input."""
        self.console.print("who? ", end="")
        sys.stdout.flush()
        line = sys.stdin.readline()
        return line.strip() if line else None

    def view(self, path: Path) -> None:
        """Open the photo in the system's own viewer, if there is one."""
        if not webbrowser.open(path.absolute().as_uri()):
            self.say(f"  There is no viewer here; the photo is {path}.")

    def say(self, words: str) -> None:
        self.console.print(words, soft_wrap=True)


def _label(one: Candidate) -> str:
    return f"{one.number:>2} {one.label}"


def _offered(offer: Offer) -> list[str]:
    lines = [f"  Enter: {offer.people}"] if offer.people else []
    if offer.places:
        lines.append(f"  Can be covered, as in “1 2 cover 2”: {' '.join(offer.places)}")
    if offer.strangers:
        lines.append(
            "  The file itself names somebody who is on no list: count them (others=1), or take "
            "the name out in a photo program."
        )
    if not offer.is_readable:
        lines.append(
            "  A photo program has noted something in it that cannot be read: save it anew."
        )
    return lines
