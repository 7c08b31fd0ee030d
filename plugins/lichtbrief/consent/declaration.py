"""The declaration: who is in a photo, said in the post or in the `photos.csv` beside it."""

from collections.abc import Set
from dataclasses import dataclass

from lichtbrief.consent.named import Clash
from lichtbrief.errors import shape
from lichtbrief.roster import FieldError, is_id

ALL = "all"
NOBODY = "nobody"
HOW = "write ids as in “anna-b sem-k”, or all, all -sem-k, or nobody"


@dataclass(frozen=True, slots=True)
class Declaration:
    """Who is depicted, or which staff member attests that nobody can be recognised.

    `bytes_match` is False when the file is not the one that was declared; `contradictory` is
    True when two sources say different things; `clash` is what the file itself says against it.
    """

    declared: bool
    people: frozenset[str]
    attested_by: str | None
    bytes_match: bool
    contradictory: bool = False
    clash: Clash | None = None


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """What one source declares about a photo; `line` is where it stands in that source.

    `people` is empty for `nobody`; `sha256` is in lower-case hexadecimal; `cover` is kept as
    written and does not change a decision.
    """

    file: str
    people: frozenset[str]
    attested_by: str | None
    sha256: str | None
    cover: str
    alt: str
    line: int


def parse_people(text: str, everyone: Set[str]) -> frozenset[str]:
    """The people that a declaration names; none for `nobody`.

    `all` stands for `everyone`: the pupils of the group on that day. `all -sem-k` leaves one
    out, `all juf-sanne` adds one. Ids are not looked up: an unknown person is for the decision.
    Raises `FieldError`, a ValueError that says what is wrong and what to write.
    """
    words = text.split()
    if not words:
        raise FieldError("is empty", HOW)
    if NOBODY in words:
        if len(words) > 1:
            raise FieldError("says nobody and somebody", HOW)
        return frozenset()
    left_out = {word.removeprefix("-") for word in words if word.startswith("-")}
    named = {word for word in words if word != ALL and not word.startswith("-")}
    if wrong := sorted(word for word in named | left_out if not is_id(word)):
        raise FieldError(f"has “{shape(wrong[0])}”, which is not an id", HOW)
    return _named(named, left_out, everyone if ALL in words else frozenset())


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

    Where both declare it they must agree on people and attestation; a row about another file
    contradicts too. A recorded digest must be that of the file.
    """
    rows = [row for row in (in_post, in_csv) if row is not None]
    if not rows:
        return Declaration(declared=False, people=frozenset(), attested_by=None, bytes_match=True)
    first, *others = rows
    said = first.people, first.attested_by
    return Declaration(
        declared=True,
        people=frozenset().union(*(row.people for row in rows)),
        attested_by=first.attested_by,
        bytes_match=all(row.sha256 in (None, sha256.lower()) for row in rows),
        contradictory=any((row.people, row.attested_by) != said for row in others)
        or any(row.file != file for row in rows),
    )
