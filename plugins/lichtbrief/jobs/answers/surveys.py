"""What surveys have come to: sums and words without names, sealed in the store.

One numbered object for a school year holds all of it: who has answered, as keyed hashes, and what
was said, summed up, in an order that tells nothing. It is created only if absent and the one before
it removed: so one write counts an answer and who gave it, or neither. It grows by five at a time
while a survey lasts, so that two of them that somebody has kept do not tell one answer either.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.series import Series, number_of
from lichtbrief.replies import Scale, Survey
from lichtbrief.sealing import KeyRing, name_of
from lichtbrief.storage import Store

FOLDER = "surveys"
FORMAT = "lichtbrief surveys 1"
FEWEST = 5
BLOCK = 16_384  # bytes: the size of the object tells little of how many have answered

Sums = tuple[Mapping[Scale, int], ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """One survey: its questions as they were first answered, how many people did, and who (opaque
    tokens, in order); by question how many said what; the words, in order of the alphabet.
    """

    questions: tuple[str, ...]
    people: int = 0
    tokens: tuple[str, ...] = ()
    sums: Sums = field(default=(), repr=False)
    words: tuple[str, ...] = field(default=(), repr=False)

    def with_answers(self, tokens: Iterable[str], answers: Collection[Survey]) -> "Tally":
        """The same with these people's answers; nothing in it says which are whose."""
        sums = [Counter(dict(one)) for one in self.sums] or [Counter() for _ in self.questions]
        for survey in answers:
            for number, said in enumerate(survey.answers):
                sums[number][said] += 1
        words = (one.words for one in answers if one.words)
        return replace(
            self,
            people=self.people + len(answers),
            tokens=tuple(sorted({*self.tokens, *tokens})),
            sums=tuple(sums),
            words=tuple(sorted((*self.words, *words))),
        )

    @property
    def is_told(self) -> bool:
        """Whether enough people have answered for anything of it to be told."""
        return self.people >= FEWEST


@dataclass(frozen=True, slots=True)
class Surveys:
    """The surveys of one school year; destroying its secret ends them."""

    store: Store
    ring: KeyRing
    year: int

    def token(self, post: str, guardian: str) -> str:
        """What stands for a guardian who has answered: it tells nothing without the secret."""
        return name_of(self.ring.year(self.year), "survey answered", post, guardian)

    def all(self) -> Mapping[str, Tally]:
        """Every survey by the code of its post; raises `LichtbriefError` for what does not open."""
        names = self._names()
        return _read(self._series.open(names[-1])) if names else {}

    def write(self, tallies: Mapping[str, Tally]) -> None:
        """Put this in place of what there is; it is in the store then, and no earlier one is.

        Raises `LichtbriefError` when another machine has written in the meantime.
        """
        names, data = self._names(), _written(tallies)
        name = self._series.put(number_of(names[-1]) + 1 if names else 1, data)
        if self._series.open(name) != data:
            hint = "nothing was lost; run this again when no other machine is at work"
            raise LichtbriefError("another machine has counted answers to a survey", hint)
        self.sweep()

    def sweep(self) -> None:
        """Remove every state but the last: a run that was killed leaves one behind."""
        self._series.sweep(self._names(), 1)

    def forget(self, guardians: Collection[str]) -> None:
        """Take out that these guardians have answered; what they said nobody can find any more."""
        before = self.all()
        after = {
            code: replace(tally, tokens=tuple(t for t in tally.tokens if t not in gone))
            for code, tally in before.items()
            for gone in [{self.token(code, guardian) for guardian in guardians}]
        }
        if after != before:
            self.write(after)

    @property
    def _series(self) -> Series:
        return Series(FOLDER, self.store, KeyRing({self.year: self.ring.year(self.year)}))

    def _names(self) -> list[str]:
        return [name for name in self._series.names() if name.split("/")[1] == str(self.year)]


def _written(tallies: Mapping[str, Tally]) -> bytes:
    surveys = {
        code: {
            "questions": tally.questions,
            "people": tally.people,
            "tokens": tally.tokens,
            "sums": [{str(said): n for said, n in one.items()} for one in tally.sums],
            "words": tally.words,
        }
        for code, tally in tallies.items()
    }
    text = json.dumps({"format": FORMAT, "surveys": surveys}, sort_keys=True).encode()
    return text.ljust(-(-len(text) // BLOCK) * BLOCK)


def _read(data: bytes) -> Mapping[str, Tally]:
    return {
        code: Tally(
            tuple(one["questions"]),
            one["people"],
            tuple(one["tokens"]),
            tuple({Scale(said): n for said, n in each.items()} for each in one["sums"]),
            tuple(one["words"]),
        )
        for code, one in json.loads(data)["surveys"].items()
    }
