"""What somebody at the command line means: a post by its id or path, a photo by its file."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from lichtbrief.consent.standing import photo_id
from lichtbrief.errors import LichtbriefError
from lichtbrief.media import digest
from lichtbrief.roster import Roster
from lichtbrief.settings import Settings

HOW = "write groep-3/2026-11-17-bos for a post, and groep-3/2026-11-17-bos/bos-1.jpg for a photo"


@dataclass(frozen=True, slots=True)
class Named:
    """A post's id, and of a photo of it the id in the log; empty when the whole post is meant."""

    post: str
    photo: str = ""


def named(settings: Settings, text: str) -> Named:
    """The post or photo that `text` names, as an id or as a path in the content folder.

    Raises `LichtbriefError` when there is none.
    """
    _, _, inside = f"/{Path(text).as_posix()}".rpartition(f"/{settings.groups_folder.name}/")
    parts = [part for part in (inside or text).split("/") if part not in ("", ".")]
    if parts[-1:] == ["post.md"]:
        parts.pop()
    if len(parts) not in (2, 3) or ".." in parts:
        raise LichtbriefError("this names neither a post nor a photo", HOW)
    post, path = "/".join(parts[:2]), settings.groups_folder.joinpath(*parts)
    if not settings.groups_folder.joinpath(*parts[:2]).is_dir():
        raise LichtbriefError("there is no such post", HOW)
    if len(parts) == 2:
        return Named(post)
    try:
        return Named(post, photo_id(digest(path)))
    except OSError:
        raise LichtbriefError("there is no such photo in that post", HOW) from None


def must_be_staff(roster: Roster, by: str) -> None:
    """Raise `LichtbriefError` unless `by` is the id of a member of staff."""
    if by not in roster.staff:
        hint = "write the id of who does this, as in staff.csv"
        raise LichtbriefError("nobody on the staff has that id", hint)


def must_be_guardian(roster: Roster, guardian: str, known: Collection[str] = ()) -> None:
    """Raise `LichtbriefError` unless that is the id of a guardian, or one of `known`."""
    if guardian not in roster.guardians and guardian not in known:
        hint = "write the id of the guardian, as in guardians.csv"
        raise LichtbriefError("there is no guardian of that id", hint)


def must_be_pupil(roster: Roster, pupil: str) -> None:
    """Raise `LichtbriefError` unless `pupil` is the id of a pupil."""
    if pupil not in roster.pupils:
        hint = "write the id of the pupil, as in pupils.csv"
        raise LichtbriefError("there is no pupil of that id", hint)
