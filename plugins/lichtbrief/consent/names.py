"""Finding pupils' names in a text: which words may mean which pupils. Nothing is decided here.

Found is a first name, or a part of one that is double; in any case, with or without accents, and
in its Dutch forms. A name that is an ordinary word too is found with a capital only, so at the
beginning of a sentence as well. A whole name, and only that, tells which Anna is meant.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Self

from lichtbrief.consent.folding import Word, words_of
from lichtbrief.consent.inflection import forms_back
from lichtbrief.consent.ordinary import ORDINARY
from lichtbrief.roster import Pupil, Staff

Tokens = tuple[str, ...]

_BEFORE_STAFF = """
    dhr directeur directrice juf juffie juffrouw leerkracht meester meneer mevr mevrouw miss mister
    mr mrs ms mw stagiair stagiaire teacher
"""
_IN_LAST_NAMES = "abu al bin da de del den der di dos du el het ibn la le ten ter van von"
_TITLES, _PARTICLES = frozenset(_BEFORE_STAFF.split()), frozenset(_IN_LAST_NAMES.split())
# Between the words of one name: white space and hyphens, also over a line end.
_JOINT = re.compile(r"[\s\u2010-\u2015-]*")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: its first word, folded, and every pupil who may be meant."""

    word: str
    pupils: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a word may mean: pupils, whether only with a capital, and whether that is sure."""

    pupils: frozenset[str]
    needs_capital: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class NameFinder:
    """The names of a roster, arranged once so that finding only looks up.

    `single` has pupils by each word of a first name, `phrases` whole names by their first word,
    longest first; whole names of staff, and those with a title, have nobody in them.
    """

    single: Mapping[str, frozenset[str]]
    phrases: Mapping[str, list[tuple[Tokens, frozenset[str]]]]
    _known: dict[str, tuple[_Meaning, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, pupils: Iterable[Pupil], staff: Iterable[Staff]) -> Self:
        """Arrange the names of these people."""
        single: defaultdict[str, set[str]] = defaultdict(set)
        whole: defaultdict[Tokens, set[str]] = defaultdict(set)
        for member in staff:
            for tokens in _staff_names(member.name):
                whole[tokens] = set()
        for pupil in pupils:
            first, last = _tokens(pupil.first_name), _tokens(pupil.last_name)
            for word in _parts(first):
                single[word].add(pupil.id)
            for tokens in {first, (*first, *last), (*first[:1], *last), ("".join(first), *last)}:
                if len(tokens) > 1:
                    whole[tokens].add(pupil.id)
        phrases: defaultdict[str, list[tuple[Tokens, frozenset[str]]]] = defaultdict(list)
        for tokens in sorted(whole, key=len, reverse=True):
            phrases[tokens[0]].append((tokens, frozenset(whole[tokens])))
        return cls({word: frozenset(ids) for word, ids in single.items()}, dict(phrases))

    def find(self, text: str, present: Set[str]) -> Iterator[Mention]:
        """Every name in a text, in order; only pupils who are `present` can be meant."""
        words = words_of(text)
        place = 0
        while place < len(words):
            word = words[place]
            length, pupils = self._phrase(words, place, present) or (1, self._meant(word, present))
            if pupils:
                yield Mention(word.folded, pupils)
            place += length

    def _phrase(
        self, words: list[Word], place: int, present: Set[str]
    ) -> tuple[int, frozenset[str]] | None:
        """How many words a whole name takes here, and whose it is: nobody's here when staff's."""
        for tokens, pupils in self.phrases.get(words[place].folded, ()):
            here = words[place : place + len(tokens)]
            is_whole = tuple(word.folded for word in here) == tokens and all(
                _JOINT.fullmatch(word.gap) for word in here[1:]
            )
            if is_whole and (not pupils or pupils & present):
                return len(tokens), pupils & present
        return None

    def _meant(self, word: Word, present: Set[str]) -> frozenset[str]:
        """The pupils who may be meant by one word; what is not sure gives way to what is."""
        meanings = [
            meaning
            for meaning in self._meanings(word.folded)
            if (word.capital or not meaning.needs_capital) and meaning.pupils & present
        ]
        sure = [meaning for meaning in meanings if meaning.sure]
        return frozenset().union(*(meaning.pupils for meaning in sure or meanings)) & present

    def _meanings(self, word: str) -> tuple[_Meaning, ...]:
        if word not in self._known:
            self._known[word] = tuple(self._look_up(word))
        return self._known[word]

    def _look_up(self, word: str) -> Iterator[_Meaning]:
        is_ordinary = word in ORDINARY
        if pupils := self.single.get(word):
            yield _Meaning(pupils, is_ordinary or len(word) == 1, sure=True)
        for name, sure in forms_back(word):
            if pupils := self.single.get(name):
                # Of a name as short as Bo nearly every form is a word as well: boot, bos, bootje.
                needs_capital = is_ordinary or name in ORDINARY or len(name) < 3 or not sure
                yield _Meaning(pupils, needs_capital, sure)


def _tokens(name: str) -> Tokens:
    return tuple(word.folded for word in words_of(name))


def _parts(first: Tokens) -> Iterator[str]:
    """By which single words somebody is called: Anne-Marie also Anne, Marie and Annemarie."""
    yield "".join(first)
    for word in first:
        if len(first) > 1 and len(word) > 1 and word not in _PARTICLES:
            yield word


def _staff_names(name: str) -> Iterator[Tokens]:
    tokens = _tokens(name)
    called = [word for word in tokens if word not in _TITLES][:1]
    if len(tokens) > 1:
        yield tokens
    yield from ((title, word) for title in _TITLES for word in called)
