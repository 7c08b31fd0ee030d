"""The decisions on photos: what the rules say of each, and what became of it before."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from lichtbrief.consent import Decider, Decision, Facts, audience_of
from lichtbrief.consent.standing import Standing, photo_id
from lichtbrief.editions import Photo, Post, Week
from lichtbrief.roster import Audience, Roster
from lichtbrief.settings import Settings

PhotoId = tuple[str, str]  # (post id, file name)


def settle(
    posts: tuple[Post, ...],
    decisions: Mapping[PhotoId, Decision],
    standing: Standing,
    moment: datetime,
) -> dict[PhotoId, Decision]:
    """The decisions in the light of what was decided and seen before; see `Standing.settle`."""
    now = Week.of(moment.date())
    return {
        (post.id, photo.file): standing.settle(
            decisions[post.id, photo.file],
            (post.id, photo_id(photo.digest)),
            week_is_over=post.week < now,
        )
        for post in posts
        for photo in post.photos
    }


def decide_photos(
    settings: Settings,
    roster: Roster,
    posts: tuple[Post, ...],
    moment: datetime,
    disputed: frozenset[str],
    audience: Audience | None = None,
) -> dict[PhotoId, Decision]:
    """The decision on each photo of each post, for `audience` or the one that its post goes to.

    `disputed` are the digests of photos that are declared in ways that do not agree.
    """
    decider = Decider(moment, Facts.of(roster), settings.rules)
    return {
        (post.id, photo.file): decide_photo(
            decider,
            post,
            replace(photo, declaration=replace(photo.declaration, contradictory=True))
            if photo.digest in disputed
            else photo,
            audience,
        )
        for post in posts
        for photo in post.photos
    }


def declared_differently(posts: tuple[Post, ...]) -> frozenset[str]:
    """The digests of photos that stand in several places with different people in them.

    One of those declarations is wrong, and which one nobody can tell: a child left out of it
    would be shown by it in spite of the other.
    """
    said: defaultdict[str, set[tuple[object, ...]]] = defaultdict(set)
    for photo in (photo for post in posts for photo in post.photos):
        if photo.declaration.declared:
            said[photo.digest].add(photo.declaration.said)
    return frozenset(digest for digest, ways in said.items() if len(ways) > 1)


def decide_photo(
    decider: Decider, post: Post, photo: Photo, audience: Audience | None = None
) -> Decision:
    """The decision on one photo or film of a post, with what is declared about it."""
    audience = audience or audience_of(post.groups)
    return decider.decide(photo.declaration, audience, photo.kind, post.on)
