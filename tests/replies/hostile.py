"""What somebody with a program and a letter of their own puts into the store, from a seed.

None of it may be carried out: what is whole is about another's child, or from who has no say.
"""

import copy
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lichtbrief.replies import SIZES, Letterbox
from lichtbrief.replies.reply import MAGIC
from lichtbrief.replies.sealed_words import SIZES as SEALED_SIZES
from lichtbrief.replies.sealed_words import WRAPPED_BYTES, SealedWords
from tests.replies.given import padded, write_reply
from tests.replies.make_vectors import malformed

TWICE = "f" * 32  # the id of the one reply that is whole, and sent again and again
OWN = {"to": "teacher", "pupil": "anna-b", "words": "Hallo"}
SAID = {"post": "abcdefgh", "words": ""}
SEALED = SealedWords(bytes(max(SEALED_SIZES)), {"meester-tom": bytes(WRAPPED_BYTES)}).as_json()
FORBIDDEN: Sequence[tuple[str, Mapping[str, Any]]] = (
    ("preferences", {"pupil": "sem-k", "answers": {"group/photo": "yes", "paper/name": "no"}}),
    ("word", {"to": "director", "pupil": "noor-d", "words": "Van een vreemde"}),
    ("word", {"to": "teacher", "pupil": "noor-d", "sealed": SEALED}),
    ("coming", {**SAID, "people": 3}),
    ("talks", {**SAID, "times": ["2026-12-01T15:30"], "together": True, "elsewhere": True}),
    ("survey", {**SAID, "answers": ["yes", "no"]}),
    ("wishes", {"delivery": "fax", "language": "nl"}),
    ("doubt", {**SAID, "photo": "Een foto", "post": "ABCDEFGH"}),
)
VALUES: Sequence[object] = (
    *(None, True, -1, 10**4000, 1e308, float("nan"), float("inf"), "", "\0", "\ud800", "🎈" * 1200),
    *([], {}, [[[[[]]]]], {"answers": {}}, ["yes"] * 300, {"": ""}, "anna-b\n", "2026-02-30T15:30"),
    *({"group/photo": "yes"} | {f"{n}/photo": "yes" for n in range(99)}, "\u202e", b"\xff".hex()),
)
NAMES = ("", "/", "/a/b", " é", "%2e", "+", "\n", "\x01", "🎈", "\ufffe")


@dataclass(frozen=True, slots=True)
class Fuzzer:
    """Draws replies that harm; `mother` decides about Anna and Bram, `father` about nobody."""

    draw: random.Random
    mother: Letterbox
    father: Letterbox
    whole: bytes
    broken: Sequence[bytes]

    @classmethod
    def of(cls, seed: int, mother: Letterbox, father: Letterbox) -> "Fuzzer":
        """What is sealed once and sent often is sealed here."""
        content = {"id": TWICE, "kind": "word", "at": "2026-11-20T14:00:05Z", "body": OWN}
        broken = [write_reply(mother, inner=padded(text)) for _, text in malformed()]
        return cls(random.Random(seed), mother, father, write_reply(mother, content), broken)

    def replies(self, count: int) -> Iterator[tuple[str, bytes]]:
        """So many places below `replies/` and what is put there."""
        ways = (
            *(self._noise, self._cut, self._flipped, self._anothers, self._replayed),
            *(self._malformed, self._changed, self._torn, self._padded),
        )
        for number in range(count):
            yield self._place(number), self.draw.choice(ways)()

    def _place(self, number: int) -> str:
        """Mostly in one's own letterbox; else in another's, or in that of no letter."""
        boxes = [self.mother.prefix] * 3 + [self.father.prefix] * 3
        boxes += ["replies/", f"replies/{self.draw.randbytes(9).hex()}/"]
        return f"{self.draw.choice(boxes)}{number}{self.draw.choice(NAMES)}"

    def _noise(self) -> bytes:
        size = self.draw.choice((0, 1, 600, 9_000, 100_000, *SIZES))
        return self.draw.choice((b"", MAGIC)) + self.draw.randbytes(size)

    def _replayed(self) -> bytes:
        return self.whole

    def _cut(self) -> bytes:
        return self.whole[: self.draw.randrange(len(self.whole))]

    def _flipped(self) -> bytes:
        data = bytearray(self.draw.choice((self.whole, *self.broken)))
        data[self.draw.randrange(len(data))] ^= 1 << self.draw.randrange(8)
        return bytes(data)

    def _anothers(self) -> bytes:
        """Sealed for the mother's letterbox with the father's key, or with the mother's as his."""
        if self.draw.random() < 0.5:
            return write_reply(self.father, self._forbidden(), info=self.mother.info)
        return write_reply(self.father, self._forbidden(), mac=self.draw.randbytes(32))

    def _malformed(self) -> bytes:
        return self.draw.choice(self.broken)

    def _changed(self) -> bytes:
        """A value of any type in any place of a reply that would be well-formed."""
        content = copy.deepcopy(self._forbidden())
        body = content["body"]
        deeper = [value for value in body.values() if isinstance(value, dict)]
        inner = self.draw.choice((content, body, *deeper))
        inner[self.draw.choice((*inner, "further"))] = self.draw.choice(VALUES)
        text = json.dumps(content).encode()
        return write_reply(self._own(), inner=padded(text[:8_000]))

    def _torn(self) -> bytes:
        """Its text with some bytes changed, taken out or doubled, or nested as deep as it goes."""
        text = bytearray(json.dumps(self._forbidden()).encode())
        for _ in range(self.draw.randrange(1, 9)):
            at = self.draw.randrange(len(text))
            some = bytes(text[at : at + 9]) * 2
            text[at : at + 1] = self.draw.choice((b"", some, self.draw.randbytes(1), b"[" * 99))
        return write_reply(self._own(), inner=padded(bytes(text[:8_000])))

    def _padded(self) -> bytes:
        """A length, and what follows the text, of any kind."""
        inner = bytearray(padded(json.dumps(self._forbidden()).encode()))
        inner[self.draw.choice((0, 1, -1))] = self.draw.randrange(256)
        return write_reply(self._own(), inner=bytes(inner))

    def _own(self) -> Letterbox:
        return self.draw.choice((self.mother, self.father))

    def _forbidden(self) -> dict[str, Any]:
        kind, body = self.draw.choice(FORBIDDEN)
        number = self.draw.randbytes(16).hex()
        return {"id": number, "kind": kind, "at": "2026-11-20T14:00:05Z", "body": dict(body)}


def attack(
    mother: Letterbox, father: Letterbox, count: int, put: Callable[[str, bytes], object]
) -> None:
    """Put so many into a store, the same ones each time."""
    for place, data in Fuzzer.of(7, mother, father).replies(count):
        put(place, data)
