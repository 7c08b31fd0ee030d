"""The build: decided posts become sealed editions in the output, and a manifest of them."""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

from lichtbrief.consent import Deny, Permit, Reason
from lichtbrief.editions import EditionPlan, Week, assemble, plan_edition, render_page
from lichtbrief.files import write_whole
from lichtbrief.jobs.build.cleaning import clean_files
from lichtbrief.jobs.build.sealing_editions import fingerprint, seal_again, seal_edition
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.cache import EditionCache, Notes, known_digests, prune
from lichtbrief.jobs.ground.manifest import NAME, Entry, Manifest
from lichtbrief.media import (
    Film,
    Original,
    RenditionCache,
    Renditions,
    Studio,
    UnreadablePhoto,
)
from lichtbrief.roster import Kind
from lichtbrief.sealing import KeyRing, Secret, name_of
from lichtbrief.theme import Theme

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Workshop:
    """What building needs besides the decided posts: keys, theme, photos drawn before, hands.

    Films are made in the `studio`, one at a time.
    """

    ring: KeyRing
    theme: Theme
    drawn: RenditionCache
    studio: Studio
    executor: Executor
    progress: Progress


@dataclass(frozen=True, slots=True)
class Build:
    """What a build made.

    `shown` counts the photos and `films` the films of all posts of all its weeks, `left_out` both
    of them by reason; `unreadable` names those that were permitted but could not be decoded, with
    the reason.
    """

    decided: Decided
    manifest: Manifest
    sealed_now: int
    shown: int
    films: int
    left_out: Mapping[str, int]
    unreadable: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Made:
    entry: Entry
    unreadable: Mapping[str, str]
    is_new: bool


def planned(decided: Decided) -> list[tuple[str, Week]]:
    """Each group's weeks that have something in them: one edition each."""
    groups = decided.roster.groups
    return [(group, week) for group in groups for week in decided.weeks_of(group)]


def plan_of(
    decided: Decided, group: str, week: Week, unreadable: Mapping[str, str] | None = None
) -> EditionPlan:
    """What this edition shows; photos whose digest is in `unreadable` are left out as well."""
    posts = decided.posts_of(group, week)
    decisions = decided.decisions
    if unreadable:
        denied = {
            (post.id, photo.file): Deny(Reason.unreadable)
            for post in posts
            for photo in post.photos
            if photo.digest in unreadable
        }
        decisions = {**decisions, **denied}
    zone = decided.settings.zone
    return plan_edition(
        decided.roster.groups[group],
        week,
        decided.invitations_to(group, week) + posts,
        decisions,
        decided.roster.staff,
        zone,
    )


def build(decided: Decided, workshop: Workshop, output: Path) -> Build:
    """Seal every edition of `decided` into `output`, and write the manifest last.

    An edition that has not changed since an earlier build is taken from the cache, and so is
    each photo of one that has; one with a photo that could not be read is made again. Raises
    `LichtbriefError` for a missing key and when memory runs out; `OSError` when the disk refuses.
    """
    editions = planned(decided)
    made: list[_Made] = []
    for number, (group, week) in enumerate(editions):
        workshop.progress("Editions", number, len(editions))
        made.append(_make(decided, group, week, workshop, output))
    workshop.progress("Editions", len(editions), len(editions))
    prune(decided.settings.cache, {one.entry.fingerprint for one in made})
    for kept in (workshop.drawn, workshop.studio.kept):
        kept.forget(_hidden(decided))
    workshop.drawn.prune(time.time())
    entries = tuple(one.entry for one in made)
    manifest = Manifest(str(decided.week), decided.settings.preview, entries)
    write_whole(output / NAME, manifest.to_json().encode(), 0o644)
    return _summary(decided, manifest, made)


def _make(decided: Decided, group: str, week: Week, workshop: Workshop, output: Path) -> _Made:
    """One edition in the output: from the cache when it is there, else drawn and sealed now."""
    secret = workshop.ring.year(week.school_year)
    plan = plan_of(decided, group, week)
    generation = decided.standing.revocations.of_edition(group, str(week))
    fingerprint_at = partial(fingerprint, plan, secret, workshop.theme, decided.settings.recipe)
    identity = fingerprint_at(generation)
    cache = EditionCache(decided.settings.cache, secret)
    kept = cache.get(identity)
    known = kept or seal_again(cache, secret, plan, generation, fingerprint_at)
    notes, data, unreadable = (*known, {}) if known else _seal(decided, plan, secret, workshop)
    if kept is None and not unreadable:
        cache.put(identity, notes, data)
    write_whole(output / notes.name, data, 0o644)
    entry = Entry(group, str(week), notes.name, len(data), notes.sha256, identity, generation)
    return _Made(entry, unreadable, kept is None)


def _seal(
    decided: Decided, plan: EditionPlan, secret: Secret, workshop: Workshop
) -> tuple[Notes, bytes, Mapping[str, str]]:
    """Draw the photos, leave out what cannot be read, render the page and seal it all."""
    photos, unread = draw(plan, workshop.drawn, workshop.executor, workshop.progress)
    films, unseen = make_films(plan, workshop.studio, workshop.progress)
    files = clean_files(plan)
    renditions: dict[str, Renditions | Film] = {**photos, **films}
    unreadable = unread | unseen
    if any(made.original != digest for digest, made in {**renditions, **files}.items()):
        # A clock that was wrong can do this. It is refused below; the next run reads every file.
        known_digests(decided.settings).forget()
    if unreadable:
        plan = plan_of(decided, plan.group.id, plan.week, unreadable)
    page = render_page(plan, workshop.theme, decided.settings.language)
    segments = assemble(plan, page, renditions, partial(name_of, secret, "event"), files)
    generation = decided.standing.revocations.of_edition(plan.group.id, str(plan.week))
    return *seal_edition(secret, plan, generation, segments), unreadable


def draw(
    plan: EditionPlan, drawn: RenditionCache, executor: Executor, progress: Progress
) -> tuple[dict[str, Renditions], dict[str, str]]:
    """The renditions of the edition's photos by digest, and why others could not be read."""
    photos = {
        one.digest: Original(one.path, one.cover) for one in plan.photos if one.kind is Kind.photo
    }
    numbers = count(1)

    def done() -> None:
        progress(f"Photos of {plan.group.id}", next(numbers), len(photos))

    results = drawn.render(photos, executor, done)
    renditions = {digest: r for digest, r in results.items() if isinstance(r, Renditions)}
    failed = {d: r.message for d, r in results.items() if not isinstance(r, Renditions)}
    return renditions, failed


def make_films(
    plan: EditionPlan, studio: Studio, progress: Progress
) -> tuple[dict[str, Film], dict[str, str]]:
    """The edition's films by digest, and why others could not be read."""
    films = {one.digest: one.path for one in plan.photos if one.kind is Kind.video}

    def done(many: float) -> None:
        progress(f"Films of {plan.group.id} (%)", round(100 * many), 100 * len(films))

    results = studio.render(films, done)
    made = {digest: r for digest, r in results.items() if isinstance(r, Film)}
    failed = {d: r.message for d, r in results.items() if not isinstance(r, Film)}
    return made, failed


def _hidden(decided: Decided) -> set[str]:
    """The digests of photos that nobody may see: nothing of them is kept."""
    every = [
        (photo.digest, decided.decisions[post.id, photo.file])
        for post in (*decided.posts, *decided.taken_down)
        for photo in post.photos
    ]
    shown = {digest for digest, decision in every if isinstance(decision, Permit)}
    return {digest for digest, _ in every} - shown


def _summary(decided: Decided, manifest: Manifest, made: list[_Made]) -> Build:
    """Count what is shown and what is left out, each photo of each post once."""
    failed = {digest: reason for one in made for digest, reason in one.unreadable.items()}
    reasons: Counter[str] = Counter()
    unreadable: list[tuple[str, str]] = []
    for post in decided.posts:
        for photo in post.photos:
            decision = decided.decisions[post.id, photo.file]
            seen = decided.seen.get((post.id, photo.file))
            if isinstance(decision, Deny):
                reasons[decision.reason] += 1
                if isinstance(seen, UnreadablePhoto):
                    unreadable.append((f"{post.id}/{photo.file}", seen.message))
            elif photo.digest in failed:
                reasons[Reason.unreadable] += 1
                unreadable.append((f"{post.id}/{photo.file}", failed[photo.digest]))
            else:
                reasons[photo.kind] += 1
    shown, films = reasons.pop(Kind.photo, 0), reasons.pop(Kind.video, 0)
    new = sum(one.is_new for one in made)
    left_out = dict(sorted(reasons.items()))
    return Build(decided, manifest, new, shown, films, left_out, tuple(unreadable))
