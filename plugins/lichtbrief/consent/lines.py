"""One line of the log: what happened, with words of ours, ids of posts and opaque names.

The people it is about stand beside that, each behind a salted commitment: whoever has left can be
forgotten, and the chain still holds.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

FORMAT = "lichtbrief log 1"
_AS_WRITTEN = json.JSONEncoder(separators=(",", ":"))
_SORTED = json.JSONEncoder(separators=(",", ":"), sort_keys=True)


class What(StrEnum):
    """What a line tells."""

    permitted = "permitted"
    denied = "denied"
    withdrawn = "withdrawn"
    answered = "answered"
    wished = "wished"
    taken_down = "taken-down"
    put_back = "put-back"
    republished = "republished"
    published = "published"
    ahead = "ahead"
    removed = "removed"
    linked = "linked"
    unlinked = "unlinked"
    key_made = "key-made"
    key_retired = "key-retired"
    revoked = "revoked"
    restored = "restored"
    all_revoked = "all-revoked"
    continued = "continued"
    recovered = "recovered"


class As(StrEnum):
    """As whom somebody stands in a line."""

    pupil = "pupil"
    guardian = "guardian"
    staff = "staff"


@dataclass(frozen=True, slots=True)
class Event:
    """Something to be written down; `about` holds what JSON can hold and nothing of people."""

    what: What
    about: Mapping[str, Any]
    who: tuple[tuple[As, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody in a line: as whom, and the id with its salt until that is forgotten (then None).

    `commitment` is the hash that the chain holds in place of the id.
    """

    role: As
    id: str | None
    salt: str | None
    commitment: str

    @classmethod
    def of(cls, role: As, person: str, salt: str) -> "Mention":
        """Commit to a person with an unguessable salt (hex)."""
        return cls(role, person, salt, _hash([FORMAT, "mention", salt, role, person]))

    def holds(self) -> bool:
        """Whether the commitment is that of the id, or the id is forgotten."""
        if self.id is None or self.salt is None:
            return self.id is self.salt
        return self == Mention.of(self.role, self.id, self.salt)


@dataclass(frozen=True, slots=True)
class Line:
    """Line `n` (from 1), written at `at` (UTC); `chain` is a hash over it and all before it."""

    n: int
    at: str
    what: What
    about: Mapping[str, Any]
    who: tuple[Mention, ...]
    chain: str

    def people(self, role: As | None = None) -> frozenset[str]:
        """The ids that are not forgotten, all or those that stand there in one role."""
        some = (each for each in self.who if role in (None, each.role))
        return frozenset(each.id for each in some if each.id is not None)

    def chained(self, before: str) -> str:
        """What `chain` must be after a line whose chain is `before`."""
        who = [[each.role, each.commitment] for each in self.who]
        return _hash([FORMAT, before, self.n, self.at, self.what, dict(self.about), who])


def write_line(line: Line) -> str:
    """The line as JSON, without its line end."""
    who = [_written(each) for each in line.who]
    value = {"n": line.n, "at": line.at, "what": line.what, "about": dict(line.about), "who": who}
    return _AS_WRITTEN.encode({**value, "chain": line.chain})


def read_line(text: str) -> Line:
    """The line that a JSON text holds; raises ValueError for anything else."""
    try:
        value = json.loads(text)
        who = tuple(
            Mention(As(each["as"]), each.get("id"), each.get("salt"), str(each["is"]))
            for each in value["who"]
        )
        what, about = What(value["what"]), dict(value["about"])
        line = Line(int(value["n"]), str(value["at"]), what, about, who, str(value["chain"]))
        same = write_line(line) == text
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        same = False
    if not same:
        # What is written in another way would hide a change from whoever compares texts.
        raise ValueError("this is not a line of the log")
    return line


def _written(mention: Mention) -> dict[str, str]:
    value = {"as": str(mention.role), "is": mention.commitment}
    if mention.id is not None and mention.salt is not None:
        value |= {"id": mention.id, "salt": mention.salt}
    return value


def _hash(value: object) -> str:
    return hashlib.sha256(_SORTED.encode(value).encode()).hexdigest()
