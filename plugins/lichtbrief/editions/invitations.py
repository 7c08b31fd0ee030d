"""Invitations: what stands in a parent's calendar, from the posts that invite."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from lichtbrief.editions.post import Post, Text
from lichtbrief.editions.week import Week


@dataclass(frozen=True, slots=True)
class Invitation:
    """One entry of a calendar, in one language; `start` and `end` are in the school's zone.

    `id` is the same for an entry whatever is changed of it, and `sequence` higher each time;
    `post` is the post's code, `stamp` when the entry became as it is.
    """

    id: str
    post: str
    lang: str
    title: str
    start: datetime
    end: datetime | None
    location: str
    bring: str
    stamp: datetime
    sequence: int
    cancelled: bool


def invitations_of(
    group: str, week: Week, posts: Sequence[Post], zone: ZoneInfo
) -> tuple[Invitation, ...]:
    """What the group is invited to from this week's Monday on, as far as it is known in this week.

    In order of time; each once per language that its post is written in.
    """
    found = [
        invitation
        for post in posts
        if group in post.groups and post.week <= week
        for invitation in _invitations(post, zone)
        if post.week == week or (invitation.end or invitation.start).date() >= week.monday
    ]
    return tuple(sorted(found, key=lambda one: (one.start, one.id)))


def _invitations(post: Post, zone: ZoneInfo) -> Iterator[Invitation]:
    for text in post.texts:
        if post.event:
            start, end = post.event.start, post.event.end
            location = text.location or post.event.location
            yield _invitation(post, text, post.id, start, end, location, zone)
        days: Counter[str] = Counter()
        for talk in post.talks:
            # By its day, so that other hours on that day are the same entry.
            day = str(talk.start.date())
            days[day] += 1
            key = f"{post.id} {day} {days[day]}"
            yield _invitation(post, text, key, talk.start, talk.end, "", zone)


def _invitation(
    post: Post,
    text: Text,
    key: str,
    start: datetime,
    end: datetime | None,
    location: str,
    zone: ZoneInfo,
) -> Invitation:
    return Invitation(
        id=key,
        post=post.code,
        lang=text.lang,
        title=text.title,
        start=start.replace(tzinfo=zone),
        end=end.replace(tzinfo=zone) if end else None,
        location=location,
        bring=text.bring or post.bring,
        stamp=(post.changed or post.at).replace(tzinfo=zone),
        sequence=_sequence(post),
        cancelled=post.cancelled,
    )


def _sequence(post: Post) -> int:
    """0 for an invitation as it was sent; higher with each later `changed`, and when it is off.

    Minutes, twice, so that calling off comes after the last change (RFC 5545, 3.8.7.4).
    """
    minutes = int((post.changed - post.at).total_seconds() // 60) if post.changed else 0
    return 2 * minutes + post.cancelled
