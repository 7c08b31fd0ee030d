"""News: what somebody may read and has not been told of yet. Values in, values out.

A post is news once, and again when its invitation is changed or called off; a photo or film is
news when it may be seen for the first time. Hiding something is no news, nor is a word mended.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from lichtbrief.consent import Permit
from lichtbrief.consent.standing import photo_id
from lichtbrief.delivery import Coming, Had
from lichtbrief.editions import Post, Week
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.roster import Delivery, Kind

SHORT = 16  # 64 bits of a digest: among the photos of some weeks, none is taken for another
KINDS = {Kind.photo: "photos", Kind.video: "films"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that can be news: a post, a photo or a film; the same one in every group.

    `mark` is what the ledger knows it by; `kind` is `posts`, `photos` or `films`. `invites` says
    whether a post brings a date, and `dates` when it does.
    """

    mark: str
    kind: str
    invites: bool = False
    dates: tuple[Coming, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """What is new to one guardian, by the week it stands in; `goes_on` when some of the newest of
    these weeks was told before."""

    weeks: Mapping[Week, tuple[Piece, ...]]
    goes_on: bool

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All of it, each once."""
        found = {piece.mark: piece for pieces in self.weeks.values() for piece in pieces}
        return tuple(found.values())

    @property
    def counts(self) -> Mapping[str, int]:
        """How many there are of each kind, and of `events`."""
        kinds = Counter(piece.kind for piece in self.pieces)
        events = sum(piece.invites for piece in self.pieces)
        return {kind: kinds[kind] for kind in ("posts", "photos", "films")} | {"events": events}

    @property
    def dates(self) -> frozenset[Coming]:
        """When something is on."""
        return frozenset(date for piece in self.pieces for date in piece.dates)


Reading = Mapping[str, Mapping[Week, tuple[Piece, ...]]]


def direct_readers(decided: Decided) -> frozenset[str]:
    """The guardians who get a mail on every day with news, whatever they may read."""
    people = decided.roster.guardians.values()
    return frozenset(one.id for one in people if one.delivery is Delivery.direct)


def reading_of(decided: Decided, guardians: Collection[str], weeks: Collection[Week]) -> Reading:
    """What each of these guardians may read now of each of these weeks, where that is anything."""
    found: dict[str, dict[Week, tuple[Piece, ...]]] = {}
    posts = {post.id: tuple(_pieces(decided, post)) for post in decided.posts}
    for week in weeks:
        readers = decided.readers(week)
        for guardian in readers.keys() & set(guardians):
            own = {
                piece.mark: piece
                for group in readers[guardian]
                for post in decided.posts_of(group, week)
                for piece in posts[post.id]
            }
            if own:
                found.setdefault(guardian, {})[week] = tuple(own.values())
    return found


def news_in(reading: Mapping[Week, tuple[Piece, ...]], had: Had) -> News | None:
    """What of it is new to somebody who has been told that much; None for nothing."""
    new = {
        week: fresh
        for week, pieces in reading.items()
        if week not in had.weeks
        and (fresh := tuple(piece for piece in pieces if piece.mark not in had.marks))
    }
    if not new:
        return None
    last = max(new)
    return News(new, len(new[last]) < len(reading[last]))


def _pieces(decided: Decided, post: Post) -> Iterator[Piece]:
    changed = f".{post.changed:%Y%m%d%H%M}" if post.changed else ""
    off = ".off" if post.cancelled else ""
    dates = (*((post.event,) if post.event else ()), *post.talks)
    coming = () if off else tuple(Coming(one.start, str(post.kind)) for one in dates)
    yield Piece(f"{post.code}{changed}{off}", "posts", invites=bool(dates), dates=coming)
    for photo in post.photos:
        if isinstance(decided.decisions[post.id, photo.file], Permit):
            yield Piece(photo_id(photo.digest)[:SHORT], KINDS[photo.kind])
