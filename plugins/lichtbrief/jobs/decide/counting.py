"""Counting faces: a photo in which more are seen than people are declared waits for a look.

It only ever holds back: what consent does not permit is not shown, however few faces there are.
"""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from lichtbrief.consent import Decision, Deny, Permit, Reason, hold_back
from lichtbrief.editions import Photo, Post
from lichtbrief.jobs.ground.cache import known_faces
from lichtbrief.media import UnreadablePhoto, require_faces
from lichtbrief.roster import Kind
from lichtbrief.settings import Settings
from lichtbrief.site import progressed

Seen = int | UnreadablePhoto
"""How many faces can be seen in a photo, or why nobody can tell."""

_Decisions = Mapping[tuple[str, str], Decision]


def count_faces(
    settings: Settings, posts: Sequence[Post], decisions: _Decisions
) -> dict[tuple[str, str], Seen]:
    """How many faces can be seen in each photo for which that matters, covered ones left out.

    It matters where nobody has looked yet and consent permits, and where somebody is about to look
    at a cover. Nothing is counted unless the settings say so. Raises `LichtbriefError` when it
    cannot be done.
    """
    if not settings.count_faces:
        return {}
    require_faces()
    asked = {
        (post.id, photo.file): photo
        for post in posts
        for photo in post.photos
        if _matters(photo, decisions[post.id, photo.file])
    }
    every = {photo.digest for post in posts for photo in post.photos}
    paths = {photo.digest: photo.path for photo in asked.values()}
    counts, numbers = known_faces(settings), count(1)
    counts.forget(every - paths.keys())

    def done() -> None:
        progressed.send("Faces", done=next(numbers), total=len(paths))

    with ThreadPoolExecutor(os.cpu_count()) as executor:
        found = counts.look(paths, executor, done)
    seen: dict[tuple[str, str], Seen] = {}
    for key, photo in asked.items():
        faces = found[photo.digest]
        cover = tuple(one.region for one in photo.declaration.cover)
        seen[key] = faces if isinstance(faces, UnreadablePhoto) else faces.visible(cover)
    return seen


def _matters(photo: Photo, decision: Decision) -> bool:
    if photo.kind is not Kind.photo:
        return False
    if isinstance(decision, Deny):
        return decision.reason is Reason.unconfirmed
    return photo.declaration.confirmed_by is None


def hold_faces(
    posts: Sequence[Post], decisions: _Decisions, seen: Mapping[tuple[str, str], Seen]
) -> dict[tuple[str, str], Decision]:
    """The decisions, once the faces were counted; what cannot be counted is not shown."""
    held = dict(decisions)
    for post in posts:
        for photo in post.photos:
            key = post.id, photo.file
            faces = seen.get(key)
            if isinstance(faces, int):
                held[key] = hold_back(decisions[key], photo.declaration, faces)
            elif faces is not None and isinstance(decisions[key], Permit):
                held[key] = Deny(Reason.unreadable)
    return held
