"""What a publishing run writes into the log, and when; and what it tells of what it took back.

Decisions are written before anything follows from them: a run that is killed in between must not
forget that somebody said no. Objects are written when they have been read back, or seen to be
gone. Every step writes what the log lacks, so that a run after a kill writes the rest.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from lichtbrief.consent.lines import As, Event, What
from lichtbrief.consent.standing import WORDS
from lichtbrief.delivery import Ledger
from lichtbrief.editions import Week
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.ground.manifest import Manifest
from lichtbrief.jobs.publish.granting import LetterTask
from lichtbrief.roster import Roster


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Photos of one post that were shown and now are not, and how many mailed letters held them.

    No photos: it is the words, and so the whole post.
    What was printed, saved or photographed from these letters cannot be called back.
    """

    post: str
    photos: int
    letters: int


def people_of(roster: Roster) -> Mapping[str, As]:
    """Everybody who may be depicted, and as whom."""
    pupils = dict.fromkeys(roster.pupils, As.pupil)
    return dict.fromkeys(roster.staff, As.staff) | pupils


def record_decisions(log: Log, decided: Decided) -> None:
    """Write the decisions that are new or have changed, and which posts go out before their day."""
    known = people_of(decided.roster)
    log.add(decided.standing.changes(decided.for_the_log(), known))
    today = decided.moment.date()
    ahead = {post.id for post in decided.posts if post.on > today}
    if not ahead <= decided.standing.ahead:
        log.add([Event(What.ahead, {"posts": sorted(ahead)})])


def record_stored(
    log: Log, decided: Decided, manifest: Manifest, letters: Iterable[LetterTask]
) -> None:
    """Write which editions and letters have been put, and read back, since the log last knew."""
    standing = decided.standing
    editions = (entry for entry in manifest.editions if entry.name not in standing.editions)
    published = [
        Event(What.published, {"edition": one.name, "group": one.group, "week": one.week})
        for one in editions
    ]
    for task in letters:
        about = str(task.week), task.until.isoformat(timespec="minutes")
        if standing.letters.get(task.name) != about:
            link = {"letter": task.name, "week": about[0], "until": about[1]}
            published.append(Event(What.linked, link, ((As.guardian, task.guardian),)))
    log.add(published)


def replaced(decided: Decided, manifest: Manifest) -> set[str]:
    """The editions of which another is wanted now, or whose posts were all hidden on purpose."""
    wanted = {(entry.group, entry.week) for entry in manifest.editions}
    posts = (*decided.taken_down, *(one.post for one in decided.kept_back))
    down = {(group, str(post.week)) for post in posts for group in post.groups}
    known = decided.standing.editions.items()
    return {name for name, whose in known if whose in wanted | down}


def past(decided: Decided) -> set[str]:
    """The editions of weeks that are not kept any more."""
    known = decided.standing.editions.items()
    return {name for name, (_, week) in known if not decided.keeps(Week.parse(week))}


def leftovers(decided: Decided, wanted: Collection[str]) -> list[str]:
    """What the log says lies in the store and should not: its absence is still to be shown."""
    known = {**decided.standing.editions, **decided.standing.letters}
    return sorted(known.keys() - set(wanted))


def record_gone(log: Log, decided: Decided, names: Iterable[str]) -> None:
    """Write which of the objects that the log knew of are gone, with every version."""
    log.add(decided.standing.gone(names))


def taken_back(decided: Decided, ledger: Ledger) -> tuple[TakenBack, ...]:
    """The posts with photos that were shown and now are not."""
    hidden: Counter[str] = Counter()
    for post_id, what in decided.standing.hidden_by(decided.for_the_log()):
        hidden[post_id] += not what.startswith(WORDS)
    posts = {post.id: post for post in decided.known}
    found = []
    for post_id, photos in sorted(hidden.items()):
        post = posts[post_id]
        mailed = ledger.told.mailed(post.week)
        readers = decided.readers(post.week)
        sent = [
            guardian
            for guardian, groups in readers.items()
            if guardian in mailed and not set(groups).isdisjoint(post.groups)
        ]
        found.append(TakenBack(post_id, photos, len(sent)))
    return tuple(found)
