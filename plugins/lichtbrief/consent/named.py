"""Names that a photo's own file holds: whom they mean, and whether the declaration lacks them."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lichtbrief.roster import Roster

_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Clash:
    """What a file says that its declaration lacks.

    `people` are the ids of those who may be meant, `strangers` counts the names of nobody in the
    roster. Not `readable`: nobody knows whom the file names.
    """

    people: frozenset[str] = frozenset()
    strangers: int = 0
    readable: bool = True


def folded(name: str) -> str:
    """A name as it is compared: no capitals, accents or signs, and “Vink, Tess” as “Tess Vink”.

    >>> folded("  Noël O’Brien "), folded("Vink, Tess")
    ('noel o brien', 'tess vink')
    """
    last, comma, first = name.partition(",")
    turned = f"{first} {last}" if comma else name
    plain = unicodedata.normalize("NFKD", turned).casefold()
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return _NO_WORD.sub(" ", letters).strip()


class Names:
    """Whom a name means: ids and full names in the whole roster, first names in a post's groups.

    A pupil is also found by the first name with the first letter of the last: “Anna B.”
    """

    def __init__(self, roster: Roster) -> None:
        self._roster = roster

    def whom(self, name: str, here: Set[str], day: date) -> frozenset[str]:
        """The ids of those whom `name` may mean; `here` are the pupils of the post's groups.

        Of several with one name those who are `here` are meant, else those at the school on `day`.
        Empty for a name of nobody in the roster.
        """
        key = folded(name)
        if not key:
            return frozenset()
        if full := self._full.get(key):
            return frozenset(full & here or full)
        firsts = self._first.get(key, set())
        return frozenset(firsts & here or (firsts and firsts & self._roster.at_school(day)))

    @cached_property
    def _full(self) -> dict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for pupil in self._roster.pupils.values():
            found[folded(f"{pupil.first_name} {pupil.last_name}")].add(pupil.id)
        for member in self._roster.staff.values():
            found[folded(member.name)].add(member.id)
        for one in (*self._roster.pupils, *self._roster.staff):
            found[folded(one)].add(one)
        return dict(found)

    @cached_property
    def _first(self) -> dict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for pupil in self._roster.pupils.values():
            first = folded(pupil.first_name)
            found[first].add(pupil.id)
            for word in folded(pupil.last_name).split():
                found[f"{first} {word[0]}"].add(pupil.id)
        return dict(found)


def clash(meant: Iterable[Collection[str]], declared: Set[str], others: int = 0) -> Clash | None:
    """What names in a file say against a declaration, or None when it has them all.

    `meant` are for each name the ids whom it may mean, one of whom must be `declared`; `others`
    is how many people who are not in the roster are declared.
    """
    lacking = [set(ids) for ids in meant if not declared & set(ids)]
    strangers = sum(not ids for ids in lacking)
    people = frozenset().union(*lacking)
    return Clash(people, strangers) if people or strangers > others else None
