"""Words as they are compared: without case, accents and what a reader cannot see."""

import re
import unicodedata
from dataclasses import dataclass

# What Unicode does not take apart into a letter and a mark, and a Dutch teacher types without.
_PLAIN = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
)
_LETTERS = re.compile(r"[^\W\d_]+")
_UNSEEN = ("M", "Cf")  # marks on letters; soft hyphens, joiners and the like


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters: folded, whether it begins with a capital, and what stands before it."""

    folded: str
    capital: bool
    gap: str


def words_of(text: str) -> list[Word]:
    """The words of a text, in order; apostrophes, digits and all other marks stand between them.

    >>> [word.folded for word in words_of("Zoe\u0308's Jan-Wıllem")]
    ['zoe', 's', 'jan', 'willem']
    """
    seen = text if text.isascii() else _without_marks(text)
    words = []
    end = 0
    for match in _LETTERS.finditer(seen):
        word, start = match[0], match.start()
        words.append(Word(fold(word), not word[0].islower(), seen[end:start]))
        end = match.end()
    return words


def fold(word: str) -> str:
    """A word as it is compared; marks must be gone already."""
    return word.casefold().translate(_PLAIN)


def _without_marks(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.category(c).startswith(_UNSEEN))
