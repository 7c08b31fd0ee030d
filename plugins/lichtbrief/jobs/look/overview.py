"""All that `check` knows of the posts: those that appear, those that do not, and what to do."""

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lichtbrief.editions import Week, drafts_in
from lichtbrief.errors import Problem
from lichtbrief.jobs.build.building import plan_of, planned
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.look.checking import PostReport, check_posts
from lichtbrief.media import Original, RenditionCache, Studio, UnreadablePhoto
from lichtbrief.roster import Kind

Progress = Callable[[str, int, int], None]


class State(StrEnum):
    """What becomes of a post."""

    shown = "shown"
    held = "held"
    waiting = "waiting"
    broken = "broken"
    draft = "draft"


@dataclass(frozen=True, slots=True)
class Entry:
    """One post: what becomes of it, what appears of it if it is whole, and what is wrong.

    `waits` is what it lacks, and who does what about it; that is nothing to mend.
    """

    id: str
    week: str
    state: State
    report: PostReport | None = None
    problems: tuple[Problem, ...] = ()
    waits: Problem | None = None

    @property
    def needs_a_look(self) -> bool:
        """Whether there is something about it that its author should know."""
        report = self.report
        left = report is not None and bool(report.left_out or report.unused)
        return left or self.state is not State.shown


@dataclass(frozen=True, slots=True)
class Overview:
    """The posts in order of week and id; `elsewhere` are problems that belong to none of them.

    `others` are the weeks of whole posts that were not looked at: those of other school years.
    """

    entries: tuple[Entry, ...]
    elsewhere: tuple[Problem, ...]
    others: tuple[Week, ...]

    def only(self, posts: Collection[str]) -> "Overview":
        """These posts alone."""
        return Overview(tuple(entry for entry in self.entries if entry.id in posts), (), ())

    def of_week(self, week: str) -> "Overview":
        """The posts of one week, and what belongs to no post."""
        entries = tuple(entry for entry in self.entries if entry.week == week)
        return Overview(entries, self.elsewhere, ())

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that must be mended."""
        return (*(problem for one in self.entries for problem in one.problems), *self.elsewhere)


def look_over(decided: Decided, unreadable: Mapping[str, UnreadablePhoto]) -> Overview:
    """Every post; `unreadable` are photos, by digest, that could not be decoded."""
    reports = {report.id: report for report in check_posts(decided, unreadable)}
    entries = [_entry(report, decided) for report in reports.values()]
    broken: dict[str, list[Problem]] = {}
    for problem in decided.problems:
        broken.setdefault(_post_of(problem, decided), []).append(problem)
    elsewhere = broken.pop("", [])
    entries += [
        Entry(id_, _week_of(id_), State.broken, None, tuple(problems))
        for id_, problems in broken.items()
    ]
    settings = decided.settings
    drafts = drafts_in(settings.groups_folder, decided.roster)
    entries += [Entry(id_, _week_of(id_), State.draft) for id_ in drafts]
    entries.sort(key=lambda entry: (entry.week, entry.id))
    return Overview(tuple(entries), tuple(elsewhere), decided.others)


def _entry(report: PostReport, decided: Decided) -> Entry:
    """What becomes of a whole post."""
    held = {one.post.id: one.problems for one in decided.held}
    waits = {one.post.id: one.problems[0] for one in decided.waiting}
    if report.id in held:
        return Entry(report.id, report.week, State.held, report, held[report.id])
    if report.id in waits:
        return Entry(report.id, report.week, State.waiting, report, waits=waits[report.id])
    return Entry(report.id, report.week, State.shown, report)


def unreadable_photos(
    decided: Decided,
    posts: Collection[str],
    drawn: RenditionCache,
    studio: Studio,
    executor: Executor,
    progress: Progress,
) -> dict[str, UnreadablePhoto]:
    """Of the photos and films that these posts would show, by digest, those that cannot be decoded.

    Each is made as for parents and kept, unless it was before: so this is true, and nothing is
    done twice. Raises as `RenditionCache.render` does.
    """
    asked = {p.digest for post in decided.posts if post.id in posts for p in post.photos}
    shown = {
        photo.digest: photo
        for group, week in planned(decided)
        for photo in plan_of(decided, group, week).photos
        if photo.digest in asked
    }
    originals = {
        digest: Original(one.path, one.cover)
        for digest, one in shown.items()
        if one.kind is Kind.photo
    }
    films = {digest: one.path for digest, one in shown.items() if one.kind is Kind.video}
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        progress("Photos", done, len(originals))

    def filmed(many: float) -> None:
        progress("Films (%)", round(100 * many), 100 * len(films))

    results = {**drawn.render(originals, executor, count), **studio.render(films, filmed)}
    return {digest: one for digest, one in results.items() if isinstance(one, UnreadablePhoto)}


def _post_of(problem: Problem, decided: Decided) -> str:
    """The id of the post that a problem's file belongs to, or nothing."""
    groups = decided.settings.groups_folder
    inside = problem.file.removeprefix(f"{groups.relative_to(groups.parents[1]).as_posix()}/")
    post = "/".join(inside.split("/")[:2])
    return post if inside != problem.file and _week_of(post) else ""


def _week_of(post: str) -> str:
    """The week in which a post would appear, by the day in its folder's name."""
    try:
        return str(Week.of(date.fromisoformat(post.partition("/")[2][:10])))
    except ValueError:
        return ""
