"""Confirming: a member of staff has looked at a photo, and it is noted which file that was.

One look serves for both that wait for it: whether a covered child cannot be recognised, and
whether more faces than declared people are right.
"""

from dataclasses import dataclass
from pathlib import Path

from lichtbrief.consent import Decision
from lichtbrief.consent.photos import COLUMNS, OPTIONAL
from lichtbrief.editions import Photo, Place, Post, find_place
from lichtbrief.editions.photos import TABLE
from lichtbrief.errors import LichtbriefError, ProblemsError
from lichtbrief.files import write_whole
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.media import Recipe, render_photo
from lichtbrief.roster import Kind, OpenTable

LOOK = "look.jpg"
CONFIRMED_BY = "confirmed_by"


@dataclass(frozen=True, slots=True)
class Confirming:
    """One photo of a post, at which somebody is to look."""

    decided: Decided
    post: Post
    photo: Photo

    @property
    def name(self) -> str:
        """The photo as it is asked for: `groep-3/2026-11-17-bos/bos-1.jpg`."""
        return f"{self.post.id}/{self.photo.file}"

    @property
    def decision(self) -> Decision:
        """Whether it is shown."""
        return self.decided.decisions[self.post.id, self.photo.file]

    def look(self) -> Path:
        """Draw the photo as parents would see it, and say where; raises `UnreadablePhoto`."""
        settings, declaration = self.decided.settings, self.photo.declaration
        cover = tuple(one.region for one in declaration.cover)
        made = render_photo(self.photo.path, Recipe.jpeg, settings.bounds, cover)
        path = settings.state / LOOK
        write_whole(path, made.large.data)
        return path

    def confirm(self, by: str) -> None:
        """Note in photos.csv that this member of staff has looked at the file as it is now.

        What the text declares is copied to the row; all else in the table stays. Raises
        `LichtbriefError` for somebody who is not on the staff, and OSError.
        """
        if by not in self.decided.roster.staff:
            raise LichtbriefError(f"{by} is not on the staff", "write an id that is in staff.csv")
        path = self.photo.path.parent / TABLE
        if path.exists():
            table = OpenTable.read(path, COLUMNS, OPTIONAL)
        else:
            table = OpenTable(path, [*COLUMNS, *OPTIONAL], [])
        if CONFIRMED_BY not in table.columns:
            table.columns.append(CONFIRMED_BY)
        table.put("file", {**self._row(), "sha256": self.photo.digest, CONFIRMED_BY: by})
        table.save()
        (self.decided.settings.state / LOOK).unlink(missing_ok=True)

    def _row(self) -> dict[str, str]:
        """What the text says about the photo, for its row; what only the table says stays there."""
        said = self.photo.in_text
        if said is None:
            return {"file": self.photo.file}
        return {
            "file": self.photo.file,
            "people": said.people or "",
            "attested_by": said.attested_by or "",
            "cover": said.cover or "",
        }


def find_photo(decided: Decided, photo: Path) -> Confirming:
    """The photo of this id, `<group>/<day-words>/<file>`, or at this path.

    Raises `LichtbriefError` when there is none that somebody could look at now.
    """
    place = whole_place(decided, photo.parent, "confirmed", "look")
    post = next((post for post in decided.posts if post.id == place.id), None)
    if post is None:
        hint = "is it a draft, taken down, held back, or of another school year?"
        raise LichtbriefError(f"{place.id} is not among the posts", hint)
    found = next((one for one in post.photos if one.file == photo.name), None)
    if found is None:
        files = ", ".join(one.file for one in post.photos) or "it has none"
        raise LichtbriefError(f"{place.id} shows no photo of that name", f"its photos: {files}")
    _refuse_undeclared(found, f"{post.id}/{found.file}")
    return Confirming(decided, post, found)


def whole_place(decided: Decided, folder: Path, done: str, again: str) -> Place:
    """Where this post is, if there is nothing to mend in it.

    `done` and `again` are what was to be done with it, in words. Raises `LichtbriefError`.
    """
    place = find_place(decided.settings.groups_folder, folder)
    beside = place.file.rpartition("/")[0]
    if wrong := [one for one in decided.problems if one.file.startswith(f"{beside}/")]:
        what = f"{place.id} has problems; nothing was {done}"
        raise ProblemsError(what, wrong, f"mend them, then {again} again")
    return place


def _refuse_undeclared(photo: Photo, name: str) -> None:
    """There is nothing to confirm about a photo before it is clear what is said about it."""
    declaration = photo.declaration
    if photo.kind is not Kind.photo:
        raise LichtbriefError(f"{name} is a film", "only photos wait for somebody to look")
    if not declaration.declared:
        hint = "write people=… behind it or in photos.csv first"
        raise LichtbriefError(f"nobody has said who is in {name}", hint)
    if declaration.contradictory or declaration.clash is not None:
        what = f"what is said about {name} does not agree"
        raise LichtbriefError(what, "lichtbrief check says what to mend first")
