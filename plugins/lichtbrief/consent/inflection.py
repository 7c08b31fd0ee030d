"""Dutch endings on a name: from a word back to the names that it may be a form of."""

import re
from collections.abc import Iterator

# After a vowel the school's spelling asks for an apostrophe, which splits the word; many forget it.
GENITIVE = "s"

_SMALL = ("etje", "tje", "pje", "je", "eke", "ke", "ie", "ey", "y")
_PET = ("etje", "ie", "y")
_VOWELS = re.compile(r"([aeou])\1$|(i)e$")
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1$")


def forms_back(word: str) -> Iterator[tuple[str, bool]]:
    """Every name that `word` (folded) may be a genitive or diminutive of, but for itself.

    With each comes whether that is sure Dutch. An s glued to a vowel (Annas) is not, nor is a
    pet form that drops one (Emmie, of Emma): somebody whose very name it is, is meant rather.

    >>> sorted(name for name, sure in forms_back("annaatjes") if sure and name.startswith("ann"))
    ['anna', 'annaa', 'annaatje']
    """
    if word.endswith(GENITIVE) and len(word) > 2:
        yield word[:-1], word[-2] not in "aiouy"
        yield from _diminutives_back(word[:-1])
    yield from _diminutives_back(word)
    if word.endswith("i") and _DOUBLED.search(word[:-1]):  # Semmi
        yield word[:-2], True


def _diminutives_back(word: str) -> Iterator[tuple[str, bool]]:
    for ending in _SMALL:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 1:
            yield from _roots(rest)
            if ending in _PET:
                yield from ((f"{rest}{vowel}", False) for vowel in "ae")
    if word.endswith("nkje"):  # koning, koninkje
        yield word.removesuffix("kje") + "g", True


def _roots(rest: str) -> Iterator[tuple[str, bool]]:
    """What stood before an ending: the same, a vowel or a consonant less (Annaatje, Semmetje)."""
    yield rest, True
    if match := _VOWELS.search(rest):
        yield rest[: match.start() + 1], True
    elif _DOUBLED.search(rest):
        yield rest[:-1], True
