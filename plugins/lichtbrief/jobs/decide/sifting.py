"""Sifting the posts: which go out, which are kept back for a name or until they are approved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lichtbrief.consent import Decision
from lichtbrief.consent.standing import PhotoKey, Standing
from lichtbrief.editions import Post
from lichtbrief.jobs.decide.naming import Naming
from lichtbrief.jobs.decide.waiting import waiting
from lichtbrief.jobs.decide.wording import Held, decide_words, hold_back


@dataclass(frozen=True, slots=True)
class Sifted:
    """The posts that are `shown`, `held` back for their words, or `waiting` for an approval.

    `words` are the decisions on what the posts say. A preview shows also those that wait: that is
    where they are read.
    """

    shown: tuple[Post, ...]
    held: tuple[Held, ...]
    waiting: tuple[Held, ...]
    words: Mapping[PhotoKey, Decision]


def sift(posts: tuple[Post, ...], naming: Naming, standing: Standing, moment: datetime) -> Sifted:
    """What becomes of each post that was not taken down, in the light of what was kept back before.

    Raises OSError.
    """
    settings, root = naming.settings, naming.settings.content.parent
    posts = tuple(post for post in posts if post.id not in standing.taken_down)
    named = _named_in(naming, posts)
    words = decide_words(posts, named, standing, moment)
    held = hold_back(posts, named, words, root)
    free = _without(posts, held)
    waits = waiting(free, settings.approval, naming.roster.staff, root)
    return Sifted(free if settings.preview else _without(free, waits), held, waits, words)


def _named_in(naming: Naming, posts: tuple[Post, ...]) -> tuple[Held, ...]:
    """The posts in which a pupil is named who may not be."""
    found = ((post, naming.problems(post)) for post in posts)
    return tuple(Held(post, problems) for post, problems in found if problems)


def _without(posts: tuple[Post, ...], kept_back: tuple[Held, ...]) -> tuple[Post, ...]:
    ids = {one.post.id for one in kept_back}
    return tuple(post for post in posts if post.id not in ids)
