"""What became of handing one mail to the relay, and the relay's words without personal data."""

import re
from dataclasses import dataclass

LONGEST_WORDS = 160


@dataclass(frozen=True, slots=True)
class Sent:
    """The relay took the mail."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The relay refuses this address or this mail for good (5xx)."""

    code: int
    words: str


@dataclass(frozen=True, slots=True)
class Later:
    """The relay does not take this mail now (4xx)."""

    code: int
    words: str


@dataclass(frozen=True, slots=True)
class Lost:
    """No conversation with the relay, or it broke before the final dot: nothing was handed over."""

    words: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """The conversation broke after the final dot: the relay may or may not have the mail."""

    words: str


Outcome = Sent | Refused | Later | Lost | Uncertain


def scrub(said: bytes, recipient: str) -> str:
    """The relay's words on one line, without what could tell who the mail was for.

    Words with an `@`, a `<` or a link are replaced by `…`, and so is every word that holds a part
    of the recipient's address (its top-level domain apart), however it is written.
    """
    telling = set(_parts(recipient.lower().rpartition(".")[0]))
    words = said.decode("ascii", "replace").split()
    line = " ".join("…" if _tells(word, telling) else word for word in words)
    return "".join(c if c.isprintable() and c != "\ufffd" else "?" for c in line)[:LONGEST_WORDS]


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"[^a-z0-9]+", text) if len(part) > 1]


def _tells(word: str, telling: set[str]) -> bool:
    lower = word.lower()
    inside = any(part in lower for part in telling if len(part) > 2)
    return inside or bool(telling.intersection(_parts(lower)) or re.search(r"[@<>]|//", word))
