"""Whom a declaration has covered: where in the upright photo a pupil is to be made unrecognisable.

Written as `sem-k=0.41/0.20/0.12/0.18`: left, top, width and height of head and hair, as parts of
the photo's width and height; several are separated by spaces.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from lichtbrief.errors import shape
from lichtbrief.roster import FieldError, is_id

HOW = "write left/top/width/height as parts of the upright photo, as in sem-k=0.41/0.20/0.12/0.18"

_PART = re.compile(r"[01](\.[0-9]{1,6})?")
_ROUNDING = 1e-6  # 0.8 and 0.2 may add up to a little more than 1


class Region(NamedTuple):
    """A rectangle in an upright photo: each value is a part, 0 to 1, of its width or height."""

    left: float
    top: float
    width: float
    height: float

    def __str__(self) -> str:
        return "/".join(f"{part:.6f}".rstrip("0").rstrip(".") for part in self)


@dataclass(frozen=True, slots=True, order=True)
class Covered:
    """One pupil and the region that hides that pupil."""

    pupil: str
    region: Region

    def __str__(self) -> str:
        return f"{self.pupil}={self.region}"


def parse_cover(text: str) -> tuple[Covered, ...]:
    """Whom a declaration has covered, in order of id; nobody when the text is empty.

    Raises `FieldError` for a word of another form, a region that is not within the photo, and a
    pupil with two regions. Who is in the photo is not known here: see `check_cover`.
    """
    covered = sorted(_covered(word) for word in text.split())
    pupils = [one.pupil for one in covered]
    if twice := sorted({pupil for pupil in pupils if pupils.count(pupil) > 1}):
        raise FieldError(f"covers {twice[0]} twice", "write one region for each pupil")
    return tuple(covered)


def _covered(word: str) -> Covered:
    pupil, equals, written = word.partition("=")
    if not equals or not is_id(pupil):
        raise FieldError(f"has “{shape(word)[:80]}”, which says nobody and no place", HOW)
    parts = written.split("/")
    if len(parts) != len(Region._fields) or not all(map(_PART.fullmatch, parts)):
        raise FieldError(f"has a region of {pupil} that cannot be read", HOW)
    region = Region(*map(float, parts))
    if not region.width or not region.height:
        raise FieldError(f"has a region of {pupil} of no size", HOW)
    if max(region.left + region.width, region.top + region.height) > 1 + _ROUNDING:
        what = f"has a region of {pupil} that is not within the photo"
        raise FieldError(what, "left and width, and top and height, are together at most 1")
    return Covered(pupil, region)


def check_cover(covered: tuple[Covered, ...], people: frozenset[str]) -> None:
    """Raise `FieldError` when somebody is covered whom the declaration does not name."""
    if strays := [one.pupil for one in covered if one.pupil not in people]:
        what = f"covers {strays[0]}, who is not among the people in the photo"
        raise FieldError(what, "name everybody who is in it, covered or not")
