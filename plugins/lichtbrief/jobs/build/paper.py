"""The letters of the families on paper: a PDF per group, and a cover sheet that says how many.

It decides afresh, for the audience `paper`, and takes nothing of what was built for screens.
"""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from babel import Locale

from lichtbrief.consent import Deny
from lichtbrief.delivery.paper import print_pdf
from lichtbrief.editions import EditionPlan, RawPost, Week
from lichtbrief.editions.paper import PHOTO, render_paper
from lichtbrief.errors import LichtbriefError
from lichtbrief.files import write_whole
from lichtbrief.jobs.build.building import Progress, draw, plan_of
from lichtbrief.jobs.decide.deciding import Decided, read_and_decide
from lichtbrief.jobs.decide.wording import Held
from lichtbrief.jobs.ground.heads import known_anywhere
from lichtbrief.jobs.ground.keys import machine_key
from lichtbrief.media import Recipe, RenditionCache, Renditions
from lichtbrief.roster import Audience, Delivery, Kind
from lichtbrief.settings import Settings
from lichtbrief.theme import Theme

Draw = Callable[[EditionPlan], tuple[dict[str, Renditions], dict[str, str]]]

FOLDER = "paper"
COVER = "cover.pdf"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One PDF: a group's edition in one language, how often to print it, and what it shows."""

    file: Path
    group: str
    language: str
    copies: int
    photos: int


@dataclass(frozen=True, slots=True)
class Family:
    """A guardian who reads on paper: which groups' sheets, in which language. `name` is for the
    office."""

    guardian: str
    name: str = field(repr=False)
    groups: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Printed:
    """What was made, and where; `left_out` counts the photos that may not be on paper.

    `families` are those for whom it is; `unreadable` names photos that could not be
    decoded, with the reason; `held` are the posts it goes without.
    """

    week: Week
    folder: Path
    families: tuple[Family, ...]
    sheets: tuple[Sheet, ...]
    left_out: int
    unreadable: tuple[tuple[str, str], ...]
    held: tuple[Held, ...]


def paper_folder(settings: Settings) -> Path:
    """Where the PDFs go: beside the keys and the ledger, where nothing is ever uploaded from."""
    return settings.state / FOLDER


def families_of(decided: Decided, theme: Theme) -> tuple[Family, ...]:
    """The guardians who read on paper, and the groups of which there is news for each."""
    found = []
    for guardian, groups in sorted(decided.readers(decided.week).items()):
        person = decided.roster.guardians[guardian]
        written = tuple(group for group in groups if decided.posts_of(group, decided.week))
        if person.delivery is Delivery.paper and written:
            language = theme.words(person.language).language
            found.append(Family(guardian, person.name, written, language))
    return tuple(found)


def copies_of(families: Iterable[Family]) -> Counter[tuple[str, str]]:
    """How many copies the families need, by group and language."""
    return Counter((group, family.language) for family in families for group in family.groups)


def print_week(
    settings: Settings, read: Callable[[Path], RawPost], theme: Theme, progress: Progress
) -> Printed:
    """Make the PDFs of the week for the families on paper, and remove those of an earlier run.

    Raises `LichtbriefError` when posts or roster have problems, when there is nothing to print,
    when the store does not tell what was hidden, and when WeasyPrint is missing; OSError when the
    disk refuses.
    """
    # What was made before shows what was permitted then; it goes, whatever becomes of this run.
    if paper_folder(settings).exists():
        shutil.rmtree(paper_folder(settings))
    standing = known_anywhere(settings)
    decided = read_and_decide(settings, read, Audience.paper, standing=standing)
    decided.refuse_problems()
    families = families_of(decided, theme)
    if not families:
        hint = "guardians.csv says who reads on paper (delivery); --week names another week"
        raise LichtbriefError(f"there is nothing to print of week {decided.week}", hint)
    folder = paper_folder(settings) / str(decided.week)
    for made in (folder.parent, folder):
        made.mkdir(parents=True, mode=0o700)
    # A folder of its own, gone with the run: no photo drawn for paper stays behind.
    with TemporaryDirectory() as scratch, ThreadPoolExecutor(os.cpu_count()) as executor:
        key = machine_key(settings.state)
        drawn = RenditionCache(Path(scratch), key, Recipe.jpeg, settings.bounds)
        hands = partial(draw, drawn=drawn, executor=executor, progress=progress)
        return _Press(decided, theme, folder, hands, families).run()


@dataclass(slots=True)
class _Press:
    """Prints one week into `folder`; `draw` gives the renditions of a plan and what failed."""

    decided: Decided
    theme: Theme
    folder: Path
    draw: Draw
    families: tuple[Family, ...]
    failed: dict[str, str] = field(default_factory=dict)

    def run(self) -> Printed:
        """Every group's PDFs, then the cover sheet: where that is, everything is."""
        copies = copies_of(self.families)
        sheets = tuple(
            sheet for group in self.decided.roster.groups for sheet in self.group(group, copies)
        )
        self.cover(sheets)
        return self.printed(sheets)

    def group(self, group: str, copies: Mapping[tuple[str, str], int]) -> Iterator[Sheet]:
        """One group's edition, once per language in which somebody reads it."""
        languages = sorted(language for found, language in copies if found == group)
        if not languages:
            return
        plan, pictures = self.plan(group)
        settings = self.decided.settings
        for language in languages:
            html = render_paper(plan, self.theme, language, settings.school_name, settings.contact)
            file = self.folder / f"{group}.{language}.pdf"
            write_whole(file, print_pdf(html, pictures))
            yield Sheet(file, group, language, copies[group, language], len(plan.photos))

    def plan(self, group: str) -> tuple[EditionPlan, dict[str, bytes]]:
        """What the group's edition shows on paper, and its photos by their addresses."""
        week = self.decided.week
        plan = plan_of(self.decided, group, week)
        renditions, failed = self.draw(plan)
        self.failed |= failed
        films = {
            one.digest: "does not move on paper" for one in plan.photos if one.kind is Kind.video
        }
        if failed or films:
            plan = plan_of(self.decided, group, week, failed | films)
        if any(made.original != digest for digest, made in renditions.items()):
            hint = "run it again, when nobody is editing"
            raise LichtbriefError("a photo was replaced while it was printed", hint)
        pictures = {
            f"{PHOTO}{number}": renditions[photo.digest].large.data
            for number, photo in enumerate(plan.photos)
        }
        return plan, pictures

    def cover(self, sheets: Sequence[Sheet]) -> None:
        """The sheet for the office: how many copies of what. It holds no name and no key."""
        settings, groups = self.decided.settings, self.decided.roster.groups
        rows = [(groups[s.group].name, _name(s.language, settings), s.copies) for s in sheets]
        html = self.theme.render(
            "cover.html",
            settings.language,
            school_name=settings.school_name,
            week=self.decided.week,
            families=len(self.families),
            rows=rows,
        )
        write_whole(self.folder / COVER, print_pdf(html, {}))

    def printed(self, sheets: Sequence[Sheet]) -> Printed:
        """The account of it all."""
        posts = {
            post.id: post
            for sheet in sheets
            for post in self.decided.posts_of(sheet.group, self.decided.week)
        }
        photos = [
            (post.id, photo)
            for post in posts.values()
            for photo in post.photos
            if photo.kind is Kind.photo
        ]
        denied = [
            (post, photo.file)
            for post, photo in photos
            if isinstance(self.decided.decisions[post, photo.file], Deny)
        ]
        failed = tuple(
            (f"{post}/{photo.file}", self.failed[photo.digest])
            for post, photo in photos
            if photo.digest in self.failed
        )
        made, week = tuple(sheets), self.decided.week
        held = self.decided.kept_back
        return Printed(week, self.folder, self.families, made, len(denied), failed, held)


def _name(language: str, settings: Settings) -> str:
    """A language as the office calls it: `Turks`."""
    return Locale.parse(language).get_display_name(settings.language) or language
