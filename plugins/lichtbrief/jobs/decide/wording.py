"""The words of a post, decided like a photo: a later yes to a name brings no post back by itself.

A post that is rewritten has other words, and is a new question: rewriting is asking.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lichtbrief.consent import Decision, Deny, Permit, Reason
from lichtbrief.consent.standing import WORDS, PhotoKey, Standing
from lichtbrief.editions import Post, Week
from lichtbrief.errors import Problem

LATER = (
    "was kept back before for a name in it, and does not come back by itself",
    "rewrite it; or, if parents should read it after all, ask the office",
)


@dataclass(frozen=True, slots=True)
class Held:
    """A post that nobody gets to read until it is rewritten; the others go out without it."""

    post: Post
    problems: tuple[Problem, ...]


def words_key(post: Post) -> PhotoKey:
    """A post's words as the log names them, by a digest of all that parents read of it."""
    said = repr((post.title, post.html, post.event, post.talks))
    return post.id, WORDS + hashlib.sha256(said.encode()).hexdigest()[:32]


def decide_words(
    posts: Collection[Post], named: Collection[Held], standing: Standing, moment: datetime
) -> dict[PhotoKey, Decision]:
    """The decision on the words of each post; in those of `named` stands a name that may not."""
    ids, now = {one.post.id for one in named}, Week.of(moment.date())
    return {
        words_key(post): standing.settle(
            Deny(Reason.named) if post.id in ids else Permit(),
            words_key(post),
            week_is_over=post.week < now,
        )
        for post in posts
    }


def hold_back(
    posts: Collection[Post], named: Collection[Held], words: Mapping[PhotoKey, Decision], root: Path
) -> tuple[Held, ...]:
    """The posts that may not go out as they are: for a name in them now, or for one before."""
    before = (
        Held(post, (Problem(post.path.relative_to(root).as_posix(), *LATER),))
        for post in posts
        if words[words_key(post)] == Deny(Reason.held)
    )
    return (*named, *before)
