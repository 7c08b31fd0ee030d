"""Pelican's side: the receivers, and the generator that turns decided posts into sealed editions.

Pelican writes nothing of a post: the generator reads, decides, renders in memory, and writes
ciphertext. What Pelican itself writes are the public pages; everything else is taken away.
"""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import pelican
from pelican.generators import Generator, StaticGenerator

from lichtbrief.errors import LichtbriefError, Problem, ProblemsError
from lichtbrief.jobs.build.building import build
from lichtbrief.jobs.build.workshop import open_workshop
from lichtbrief.jobs.decide.deciding import read_and_decide
from lichtbrief.jobs.ground.keys import ring_of
from lichtbrief.jobs.ground.manifest import NAME, read_manifest
from lichtbrief.jobs.publish.preview import write_preview
from lichtbrief.settings import read_settings
from lichtbrief.site import built, post_reader, progressed, theme_of

if TYPE_CHECKING:
    from pelican.writers import Writer

logger = logging.getLogger("pelican.lichtbrief")  # below Pelican's own, so that --fatal sees it


def check_settings(sender: pelican.Pelican) -> None:
    """Receiver of `initialized`: refuse unsafe settings before anything is read."""
    settings = read_settings(sender.settings)
    refuse_links(settings.content / sender.settings["PAGE_PATHS"][0])


def refuse_links(pages: Path) -> None:
    """Raise `ProblemsError` for a link among the public pages: it may lead to a post or a photo."""
    links = [path for path in (pages, *pages.rglob("*")) if path.is_symlink()]
    problems = [
        Problem(path.name, "is a link among the public pages", "put the file itself there")
        for path in links
    ]
    if problems:
        raise ProblemsError("the public pages are refused; nothing was built", problems)


def get_generators(sender: pelican.Pelican) -> type[Generator]:
    """Receiver of `get_generators`: our one generator."""
    return LichtbriefGenerator


def report(error: LichtbriefError, *, stop: bool) -> None:
    """End the run with an error, or log it and every problem in it as errors of Pelican's."""
    if stop:
        raise error
    for problem in getattr(error, "problems", ()):
        logger.error("%s", problem)
    logger.error("%s", error.message)


class LichtbriefGenerator(Generator):  # type: ignore[misc] # Pelican has no types
    """Reads posts and roster, decides, and writes sealed editions and their manifest.

    In a preview a broken post is a logged error and the rest is shown; in publishing it ends the
    run. Settings, roster and keys that cannot be used end both.
    """

    def generate_context(self) -> None:
        """Read and decide everything and find the keys; no photo is opened, nothing written yet."""
        self.lichtbrief = read_settings(self.settings)
        self.lichtbrief_theme = theme_of(self.lichtbrief)
        # The public pages ask for this: without the plugin they cannot be rendered.
        self.context["lichtbrief"] = {
            "school": self.lichtbrief.school_name,
            "words": self.lichtbrief_theme.words,
        }
        self.decided = read_and_decide(self.lichtbrief, post_reader(self.settings))
        self.ring = ring_of(self.lichtbrief, self.decided.week.school_year)
        try:
            self.decided.refuse_problems()
        except ProblemsError as error:
            report(error, stop=not self.lichtbrief.preview)
        for problem in (problem for held in self.decided.kept_back for problem in held.problems):
            logger.warning("%s; until then the post is kept back", problem)

    def generate_output(self, writer: "Writer") -> None:
        """Seal the editions into the output folder; Pelican's own writer is not used."""
        del writer
        settings = self.lichtbrief
        ring, theme = self.ring, self.lichtbrief_theme
        with open_workshop(settings, ring, theme, _progress) as workshop:
            result = build(self.decided, workshop, settings.output)
        if settings.preview:
            write_preview(self.decided, result.manifest, ring, theme)
        built.send(self, result=result)


def _progress(stage: str, done: int, total: int) -> None:
    progressed.send(stage, done=done, total=total)


def keep_static_public(sender: StaticGenerator) -> None:
    """Receiver of `static_generator_finalized`: only files among the public pages may be copied.

    A `{static}` or `{attach}` link makes Pelican copy what it names, a photo of a child as well.
    """
    public = (Path(sender.settings["PATH"]) / sender.settings["PAGE_PATHS"][0]).resolve()
    kept = [f for f in sender.staticfiles if public in Path(f.source_path).resolve().parents]
    strays = len(sender.staticfiles) - len(kept)
    sender.staticfiles[:] = kept
    if strays:
        error = LichtbriefError(
            f"{strays} file(s) outside {public.name}/ are linked with {{static}} or {{attach}}",
            "link only files that lie among the public pages; photos belong in a post's folder",
        )
        report(error, stop=sender.settings.get("LICHTBRIEF_PREVIEW") is False)


def keep_output_public(sender: pelican.Pelican) -> None:
    """Receiver of `finalized`: only sealed editions and public pages may be left in the output.

    Another plugin or a changed theme could write more; what is not known here is taken away.
    """
    output = Path(sender.output_path)
    sealed = {entry.name for entry in read_manifest(output).editions} | {NAME}
    public = (sender.settings["THEME_STATIC_DIR"], sender.settings["PAGE_PATHS"][0])
    strays = [
        path
        for path in output.rglob("*")
        if path.is_file() and not _is_known(path.relative_to(output), sealed, public)
    ]
    for path in strays:
        path.unlink()
    if strays:
        error = LichtbriefError(
            f"{len(strays)} file(s) in the output were neither sealed editions nor public pages",
            "they were removed; see which plugin or setting wrote them",
        )
        report(error, stop=sender.settings.get("LICHTBRIEF_PREVIEW") is False)


def _is_known(path: Path, sealed: set[str], public: tuple[str, ...]) -> bool:
    return str(path) in sealed or path.suffix == ".html" or path.parts[0] in public
