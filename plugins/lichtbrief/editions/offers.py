"""What talks offer parents to choose from: how long one lasts, with whom, and when each begins."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from lichtbrief.editions.post import Offer, Post, Talk
from lichtbrief.roster import SCHOOL, Roster

SHORTEST, LONGEST = 5, 60
MOST_TIMES = 200  # more than that nobody reads through on a telephone
_NUMBER = re.compile(r"[0-9]{1,3}")

Fault = tuple[str, str, str]  # key of the header, what is wrong, what to do


def read_offer(length: str, teachers: str, author: str) -> tuple[Offer | None, Sequence[Fault]]:
    """The offer that a header makes, None when it makes none; and what is wrong with its words.

    Without `teachers`, the talks are with the author.
    """
    named = tuple(dict.fromkeys(re.split(r"[,\s]+", teachers.strip(", ")))) if teachers else ()
    if not length:
        todo = f"write Length: 10 (minutes, from {SHORTEST} to {LONGEST}), or remove it"
        return None, [("teachers", "stand there, but no Length", todo)] if named else []
    if not _NUMBER.fullmatch(length) or not SHORTEST <= int(length) <= LONGEST:
        todo = f"write minutes from {SHORTEST} to {LONGEST}, as in Length: 10"
        return None, [("length", "is no length of a talk", todo)]
    return Offer(int(length), named or (author,)), []


def faults_of(
    offer: Offer, groups: Sequence[str], talks: Sequence[Talk], roster: Roster
) -> Iterator[Fault]:
    """What is wrong with an offer in this post: with whom, and how its hours are divided."""
    for teacher in offer.teachers:
        staff = roster.staff.get(teacher)
        if staff is None:
            yield (
                "teachers",
                f"names {teacher}, who is nobody on the staff",
                "write ids from staff.csv",
            )
        elif SCHOOL not in groups and not any(map(staff.may_post_to, groups)):
            todo = "ask the office to add the group in staff.csv, or name somebody else"
            yield "teachers", f"names {teacher}, who may not write for this group", todo
    if any(later.start < earlier.end for earlier, later in pairwise(talks)):
        yield "dates", "overlap", "write each hour once"
    if any(not _starts(talk, offer) for talk in talks):
        yield (
            "length",
            "is longer than one of the Dates",
            "make the talks shorter or the hours longer",
        )
    if sum(len(_starts(talk, offer)) for talk in talks) > MOST_TIMES:
        yield (
            "dates",
            f"give more than {MOST_TIMES} times",
            "make the talks longer or the hours fewer",
        )


def starts_of(post: Post) -> tuple[datetime, ...]:
    """When each talk of a post can begin, in order; nothing when no time can be chosen."""
    offer = post.offer
    if offer is None:
        return ()
    return tuple(start for talk in post.talks for start in _starts(talk, offer))


def _starts(talk: Talk, offer: Offer) -> list[datetime]:
    step = timedelta(minutes=offer.minutes)
    return [talk.start + n * step for n in range((talk.end - talk.start) // step)]
