"""The declaration: who is in a photo, said in the post or in the `photos.csv` beside it."""

import re
from collections.abc import Set
from dataclasses import dataclass

from lichtbrief.consent.cover import Covered
from lichtbrief.consent.named import Clash
from lichtbrief.errors import shape
from lichtbrief.roster import FieldError, is_id

ALL = "all"
NOBODY = "nobody"
OTHERS = "others="
HOW = "write ids as in “anna-b sem-k”, or all, all -sem-k, or nobody"
OTHERS_HOW = "write others=2 once, for two people who are not of the school"

_NOBODY: frozenset[str] = frozenset()
_COUNT = re.compile(r"[1-9][0-9]{0,2}")


@dataclass(frozen=True, slots=True)
class Declaration:
    """Who is depicted, or which staff member attests that nobody can be recognised.

    `bytes_match` is False when the file is not the one that was declared; `contradictory` is
    True when two sources say different things; `clash` is what the file itself says against it.
    `others` are people who are not of the school, which is attested too. `cover` hides some of
    `people`; `confirmed_by` is the staff member who has looked at this very file and its cover.
    """

    declared: bool
    people: frozenset[str]
    attested_by: str | None
    bytes_match: bool
    contradictory: bool = False
    clash: Clash | None = None
    others: int = 0
    cover: tuple[Covered, ...] = ()
    confirmed_by: str | None = None

    @property
    def said(self) -> tuple[object, ...]:
        """What is said of the same photo wherever it stands."""
        return self.people, self.attested_by, self.others, self.cover

    @property
    def hidden(self) -> frozenset[str]:
        """Those of `people` who are covered."""
        return _NOBODY if self.cover == () else frozenset(one.pupil for one in self.cover)

    @property
    def visible(self) -> int:
        """How many people can be seen in it."""
        return len(self.people - self.hidden) + self.others


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """What one source declares about a photo; `line` is where it stands in that source.

    `people` is empty for `nobody`; `sha256` is in lower-case hexadecimal. Only a table confirms.
    """

    file: str
    people: frozenset[str]
    attested_by: str | None
    sha256: str | None
    cover: tuple[Covered, ...]
    alt: str
    line: int
    others: int = 0
    confirmed_by: str | None = None

    @property
    def said(self) -> tuple[object, ...]:
        """What another source about the same photo must say as well."""
        return self.people, self.attested_by, self.others, self.cover


def parse_people(text: str, everyone: Set[str]) -> frozenset[str]:
    """The people that a declaration names; none for `nobody`.

    `all` stands for `everyone`: the pupils of the group on that day. `all -sem-k` leaves one
    out, `all juf-sanne` adds one. Ids are not looked up: an unknown person is for the decision.
    `others=2` counts, see `parse_others`, but names nobody. Raises `FieldError`, a ValueError that
    says what is wrong and what to write.
    """
    words = [word for word in text.split() if not word.startswith(OTHERS)]
    others = parse_others(text)
    if not words and others:
        return frozenset()
    if not words:
        raise FieldError("is empty", HOW)
    if NOBODY in words and others:
        raise FieldError("says nobody and somebody", HOW)
    if NOBODY in words:
        if len(words) > 1:
            raise FieldError("says nobody and somebody", HOW)
        return frozenset()
    left_out = {word.removeprefix("-") for word in words if word.startswith("-")}
    named = {word for word in words if word != ALL and not word.startswith("-")}
    if wrong := sorted(word for word in named | left_out if not is_id(word)):
        raise FieldError(f"has “{shape(wrong[0])}”, which is not an id", HOW)
    return _named(named, left_out, everyone if ALL in words else frozenset())


def parse_others(text: str) -> int:
    """How many people that a declaration counts are not of the school: 2 for `others=2`, else 0.

    Raises `FieldError` for another number than 1 to 999, or two of them.
    """
    counts = [word.removeprefix(OTHERS) for word in text.split() if word.startswith(OTHERS)]
    if not counts:
        return 0
    if len(counts) > 1 or not _COUNT.fullmatch(counts[0]):
        raise FieldError("counts others in a way that cannot be read", OTHERS_HOW)
    return int(counts[0])


def check_others(others: int, attested_by: str | None) -> None:
    """Raise `FieldError` when nobody attests the people who are not of the school."""
    if others and not attested_by:
        what = "counts others whom nobody attests"
        raise FieldError(what, "name in attested_by the member of staff who has asked them")


def _named(named: Set[str], left_out: Set[str], everyone: Set[str]) -> frozenset[str]:
    if strangers := sorted(left_out - everyone | left_out & named):
        raise FieldError(f"leaves out {strangers[0]}, who is not among all on that day", HOW)
    people = frozenset(named | everyone - left_out)
    if not people:
        # An empty declaration reads as “nobody”, and that is for a staff member to attest.
        raise FieldError("stands for no pupil at all on that day", HOW)
    return people


def declare(
    file: str, in_post: PhotoRow | None, in_csv: PhotoRow | None, sha256: str
) -> Declaration:
    """Join what the post and `photos.csv` declare about `file`, whose digest is `sha256`.

    Where both declare it they must agree on people, attestation and cover; a row about another
    file contradicts too. A recorded digest must be that of the file. Somebody has confirmed the
    photo only where the digest is recorded as well.
    """
    rows = [row for row in (in_post, in_csv) if row is not None]
    if not rows:
        return Declaration(declared=False, people=frozenset(), attested_by=None, bytes_match=True)
    first = rows[0]
    confirmed = [row.confirmed_by for row in rows if row.confirmed_by and row.sha256]
    return Declaration(
        declared=True,
        people=frozenset().union(*(row.people for row in rows)),
        attested_by=first.attested_by,
        bytes_match=all(row.sha256 in (None, sha256.lower()) for row in rows),
        contradictory=any(row.said != first.said or row.file != file for row in rows),
        others=first.others,
        cover=first.cover,
        confirmed_by=next(iter(confirmed), None),
    )
