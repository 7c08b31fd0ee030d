"""What to upload, keep and delete so that the store holds what the build says. Pure."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from lichtbrief.errors import LichtbriefError
from lichtbrief.storage.store import Stored

UNLISTED = "no longer listed"
FEW = 10  # deletions that no school, however small, need be asked about


class Kind(StrEnum):
    """What an object is; editions go up before the letters that point to them."""

    EDITION = "edition"
    LETTER = "letter"


class Action(StrEnum):
    """What happens to an object."""

    PUT = "put"
    KEEP = "keep"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Wanted:
    """An object that the build says should be in the store.

    `load` gives its `size` bytes, whose SHA-256 is `sha256` (hex); `encoding` says how they are
    compressed. An edition's name follows from its bytes. A letter's does not: `etag` is what the
    store answered when these very bytes were stored, or None if they never were.
    """

    name: str
    kind: Kind
    size: int
    sha256: str
    load: Callable[[], bytes] = field(compare=False, repr=False)
    content_type: str
    encoding: str | None = None
    etag: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and why: new, changed, unchanged, replaced, expired or no longer listed.

    `size` is in bytes. `wanted` is what to put or keep; `etag` what a kept object has.
    """

    action: Action
    name: str
    reason: str
    size: int
    wanted: Wanted | None = None
    etag: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Every step, in order: editions, then letters, deletions last."""

    steps: tuple[Step, ...]

    def of(self, action: Action, kind: Kind | None = None) -> tuple[Step, ...]:
        """The steps that do `action`, of one kind of object if given."""
        return tuple(
            step
            for step in self.steps
            if step.action is action
            and (kind is None or (step.wanted is not None and step.wanted.kind is kind))
        )


def plan(
    wanted: Sequence[Wanted],
    stored: Mapping[str, Stored],
    *,
    expired: Collection[str] = (),
    replaced: Collection[str] = (),
    max_delete: int | None,
) -> Plan:
    """The steps from `stored` to `wanted`.

    `stored` holds only names that the build rules over: whatever it does not want is deleted.
    `expired` names what has come to its end, so that nobody can miss it, and `replaced` editions
    of which a newer one is wanted. Raises `LichtbriefError` when more than `max_delete` others
    would go (None: half of what is stored, or ten), and for a name wanted twice.
    """
    _check_names(wanted)
    ordered = sorted(wanted, key=lambda each: (each.kind is Kind.LETTER, each.name))
    steps = [_step(each, stored.get(each.name)) for each in ordered]
    names = {each.name for each in wanted}
    gone = [stored[name] for name in sorted(stored.keys() - names)]
    deletions = [_deletion(each, expired, replaced) for each in gone]
    unexpected = sum(step.reason == UNLISTED for step in deletions)
    _check_deletions(unexpected, len(stored), max_delete)
    return Plan((*steps, *deletions))


def _step(wanted: Wanted, stored: Stored | None) -> Step:
    if stored is None:
        return Step(Action.PUT, wanted.name, "new", wanted.size, wanted)
    # Its name says what an edition holds; only its length can be wrong, after a mishap.
    known = wanted.kind is Kind.EDITION or stored.etag == wanted.etag
    if known and stored.size == wanted.size:
        return Step(Action.KEEP, wanted.name, "unchanged", wanted.size, wanted, stored.etag)
    return Step(Action.PUT, wanted.name, "changed", wanted.size, wanted)


def _deletion(stored: Stored, expired: Collection[str], replaced: Collection[str]) -> Step:
    known = "replaced" if stored.name in replaced else UNLISTED
    reason = "expired" if stored.name in expired else known
    return Step(Action.DELETE, stored.name, reason, stored.size)


def _check_names(wanted: Sequence[Wanted]) -> None:
    twice = sum(count > 1 for count in Counter(each.name for each in wanted).values())
    if twice:
        raise LichtbriefError(
            f"{twice} object names are wanted twice", "two letters would overwrite each other"
        )


def _check_deletions(unexpected: int, stored: int, max_delete: int | None) -> None:
    allowed = max(FEW, stored // 2) if max_delete is None else max_delete
    if unexpected > allowed:
        raise LichtbriefError(
            f"{unexpected} of {stored} objects would be deleted, and {allowed} may be",
            "nothing was changed; if this is meant (a new roster, another week),"
            f" run it again with --max-delete {unexpected}",
        )
