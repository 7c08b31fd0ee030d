"""Taking one thing down whatever the consent, and showing again what was held back: on purpose."""

from collections.abc import Sequence

from lichtbrief.consent import Deny, Reason
from lichtbrief.consent.lines import As, Event, What
from lichtbrief.consent.standing import photo_id
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.finding import Named, must_be_pupil
from lichtbrief.jobs.ground.log import Log
from lichtbrief.settings import Settings


def take_down(settings: Settings, what: Named, by: str | None, *, undo: bool = False) -> bool:
    """Write into the log that a post or a photo is taken down, or no longer; False if it was so.

    A photo is taken down wherever it stands: the doubt is about the picture.
    """
    log = Log.of(settings.state)
    is_down = (what.photo or what.post) in log.standing().taken_down
    if is_down is not undo:
        return False
    about = {"post": "" if what.photo else what.post, "photo": what.photo}
    who = ((As.staff, by),) if by else ()
    log.add([Event(What.put_back if undo else What.taken_down, about, who)])
    return True


def ask_for(decided: Decided, what: Named | str, by: str) -> int:
    """Write into the log that what is held back may be shown again; how many photos that is.

    `what` is a post, a photo, or a pupil's id for every photo in which that pupil stands. Raises
    `LichtbriefError` when none of it is held back: a *no* is not outvoted by asking.
    """
    if isinstance(what, str):
        must_be_pupil(decided.roster, what)
    found = _held(decided, what)
    if not found:
        hint = "lichtbrief check says why a photo is not shown; a no is never outvoted"
        raise LichtbriefError("nothing of this is held back that everybody permits now", hint)
    who = [(As.staff, by), *([(As.pupil, what)] if isinstance(what, str) else [])]
    Log.of(decided.settings.state).add(
        Event(What.republished, {"post": post, "photos": photos}, tuple(who))
        for post, photos in found.items()
    )
    return sum(map(len, found.values()))


def _held(decided: Decided, what: Named | str) -> dict[str, Sequence[str]]:
    """The photos, and words, by post that only wait to be asked for."""
    found: dict[str, set[str]] = {}
    for key, decision in decided.for_the_log().items():
        if decision == Deny(Reason.held) and _is_meant(decided, Named(*key), what):
            found.setdefault(key[0], set()).add(key[1])
    return {post: sorted(ids) for post, ids in found.items()}


def _is_meant(decided: Decided, key: Named, what: Named | str) -> bool:
    """Whether that is the post or photo, or a photo in which the pupil stands."""
    if isinstance(what, Named):
        return what in (key, Named(key.post))
    photos = (photo for post in decided.posts if post.id == key.post for photo in post.photos)
    return any(
        what in photo.declaration.people for photo in photos if photo_id(photo.digest) == key.photo
    )
