"""What a teacher is told before publishing: which photos will not be shown, and what to do.

Teachers are never told which parent said no, nor that a child is blocked and why: every reason
that comes from an answer or a block has the same words (CONSENT.md, "What follows").
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lichtbrief.consent import Clash, Decider, Declaration, Deny, Facts, Reason
from lichtbrief.editions import Photo, Post
from lichtbrief.jobs.decide.counting import Seen
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.decide.judging import decide_photo
from lichtbrief.media import UnreadablePhoto, photo_of_film
from lichtbrief.roster import Kind

NO_PERMISSION = "no-permission"
NAMED = "named"
STRANGER = "stranger"
UNREADABLE_NAMES = "unreadable-names"

WORDS: dict[str, tuple[str, str]] = {
    NO_PERMISSION: (
        "there is no permission to show {people} here",
        "choose a photo without them",
    ),
    Reason.undeclared: (
        "nobody has said who is in it",
        'write {{: people="anna-b sem-k" }} behind it; "nobody" takes an attested_by as well',
    ),
    Reason.contradiction: (
        "it is declared in two ways that do not agree",
        "say the same in the text and in photos.csv, and either people or nobody",
    ),
    NAMED: (
        "the file itself names {people}, who is not declared",
        "declare them too, or correct the name in your photo program",
    ),
    STRANGER: (
        "the file itself names somebody who is not on the school's lists",
        "count them with others=1, or correct the name in your photo program",
    ),
    UNREADABLE_NAMES: (
        "a photo program has noted something in it that cannot be read",
        "save it again as JPEG, without notes, and declare it again",
    ),
    Reason.altered: (
        "the photo has changed since it was declared",
        "look at it again and renew its line in photos.csv",
    ),
    Reason.unknown_person: (
        "{people} is not known, or was not at the school that day",
        "correct the id; the list is in pupils.csv",
    ),
    Reason.unconfirmed: (
        "nobody has looked yet whether {people} cannot be recognised in it",
        "look: lichtbrief confirm {photo}, and add --by YOUR-ID if it is right",
    ),
    Reason.more_faces: (
        "more faces than people declared: {seen} seen, {declared} declared",
        "name everybody who is in it; if nobody is missing: "
        "lichtbrief confirm {photo} --by YOUR-ID",
    ),
    Reason.unreadable: (
        "it could not be judged",
        "save it again as JPEG, or ask the office",
    ),
    Reason.taken_down: (
        "it was taken down",
        "ask the office, who can show it again",
    ),
    Reason.held: (
        "it was left out of this week before, and does not come back by itself",
        "if parents should see it after all, ask the office",
    ),
}


CLASHES = (Reason.contradiction, Reason.unreadable)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One photo that parents will not see: why, in a teacher's words, and what to do."""

    file: str
    reason: str
    what: str
    todo: str


@dataclass(frozen=True, slots=True)
class PostReport:
    """What will appear of one post; `films` of its photos, shown or not, are films.

    `files` are those that it offers beside its photos; `halves` are the films among `unused` that
    are half of a Live Photo, each with its photo; `fewer` the shown photos in which fewer faces are
    seen than people are declared.
    """

    id: str
    title: str
    week: str
    groups: tuple[str, ...]
    shown: int
    left_out: tuple[LeftOut, ...]
    files: tuple[str, ...]
    unused: tuple[str, ...]
    halves: Mapping[str, str]
    films: int = 0
    fewer: tuple[str, ...] = ()


def staff_reason(reason: Reason) -> str:
    """The reason as staff may know it; all that parents or the office decided is one."""
    return reason if reason in WORDS else NO_PERMISSION


def left_out(post: str, photo: Photo, deny: Deny, seen: Seen | None = None) -> LeftOut:
    """The words on a photo of a post that is not shown; `seen` are the faces in it, if counted."""
    reason, clash = staff_reason(deny.reason), photo.declaration.clash
    if isinstance(seen, UnreadablePhoto) and deny.reason is Reason.unreadable:
        return LeftOut(photo.file, reason, f"it {seen.reason}", seen.hint)
    what, todo = WORDS[_against(clash) if clash and deny.reason in CLASHES else reason]
    what = what.format(
        people=", ".join(sorted(deny.people)) or "somebody in it",
        seen=seen,
        declared=photo.declaration.visible,
    )
    return LeftOut(photo.file, str(reason), what, todo.format(photo=f"{post}/{photo.file}"))


def _against(clash: Clash) -> str:
    if not clash.readable:
        return UNREADABLE_NAMES
    return NAMED if clash.people else STRANGER


def check_posts(
    decided: Decided, unreadable: Mapping[str, UnreadablePhoto] | None = None
) -> tuple[PostReport, ...]:
    """A report on each post, also on those held back, in order of week, group and date.

    `unreadable` are photos, by digest, that are permitted and cannot be decoded.
    """
    decider = decider_of(decided)
    ordered = sorted(decided.whole, key=lambda post: (post.week, post.groups[0], post.id))
    return tuple(_report(post, decided, decider, unreadable or {}) for post in ordered)


def _undecoded(photo: Photo, unreadable: Mapping[str, UnreadablePhoto]) -> LeftOut | None:
    found = unreadable.get(photo.digest)
    if found is None:
        return None
    return LeftOut(photo.file, str(Reason.unreadable), f"it {found.reason}", found.hint)


def _report(
    post: Post, decided: Decided, decider: Decider, unreadable: Mapping[str, UnreadablePhoto]
) -> PostReport:
    told = [
        told_of(photo, post, decided, decider) or _undecoded(photo, unreadable)
        for photo in post.photos
    ]
    denied = tuple(one for one in told if one is not None)
    names = (*(photo.file for photo in post.photos), *post.unused)
    return PostReport(
        id=post.id,
        title=post.title,
        week=str(post.week),
        groups=post.groups,
        shown=len(told) - len(denied),
        left_out=denied,
        files=tuple(file.file for file in post.files),
        unused=post.unused,
        fewer=tuple(filter(None, (_fewer(photo, post, decided) for photo in post.photos))),
        halves={film: still for film in post.unused if (still := photo_of_film(film, names))},
        films=sum(photo.kind is Kind.video for photo in post.photos),
    )


def _fewer(photo: Photo, post: Post, decided: Decided) -> str:
    """`bos-1.jpg (1 of 2)`: a hint that somebody may be declared who is not in it; else empty."""
    key, declared = (post.id, photo.file), photo.declaration.visible
    seen = decided.seen.get(key)
    is_fewer = isinstance(seen, int) and seen < declared
    is_shown = not isinstance(decided.decisions[key], Deny)
    return f"{photo.file} ({seen} of {declared})" if is_fewer and is_shown else ""


def decider_of(decided: Decided) -> Decider:
    """Decides as all of this was decided."""
    return Decider(decided.moment, Facts.of(decided.roster), decided.settings.rules)


def told_of(photo: Photo, post: Post, decided: Decided, decider: Decider) -> LeftOut | None:
    """What staff are told of one photo of a post; None when it is shown."""
    decision = decided.decisions[post.id, photo.file]
    if not isinstance(decision, Deny):
        return None
    deny = _for_staff(decision, photo, post, decider)
    seen = decided.seen.get((post.id, photo.file))
    return left_out(post.id, photo, deny, seen)


def _for_staff(deny: Deny, photo: Photo, post: Post, decider: Decider) -> Deny:
    """The denial with everybody in it for whom there is no permission, whatever the reason.

    A decision names only those of its reason: a pupil who is blocked would stand there without
    the one whose parent said no, and that would tell the two apart.
    """

    def lacks_permission(person: str) -> bool:
        declared = Declaration(True, frozenset({person}), attested_by=None, bytes_match=True)
        alone = replace(photo, declaration=declared)
        decision = decide_photo(decider, post, alone)
        return isinstance(decision, Deny) and staff_reason(decision.reason) == NO_PERMISSION

    if staff_reason(deny.reason) != NO_PERMISSION:
        return deny
    seen = photo.declaration.people - photo.declaration.hidden
    return Deny(deny.reason, frozenset(filter(lacks_permission, seen)))
