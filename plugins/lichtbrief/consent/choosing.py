"""What a teacher types to say who is in a photo, in as few keys as possible.

Numbers of a list, beginnings of first names, ids, `all`, `all -sem`, `others=2`, `nobody`: what
comes out is what stands in the column `people` of photos.csv.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass

from lichtbrief.consent.declaration import ALL, NOBODY, OTHERS, parse_people
from lichtbrief.consent.named import folded
from lichtbrief.roster import FieldError, Pupil


class Unclear(ValueError):  # noqa: N818 -- it is asked again, which is no error
    """What was typed says nobody surely; the text says why, for whoever typed it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to choose from: the number and the label that stand on the screen, and the id."""

    number: int
    label: str
    id: str
    first_name: str


def candidates(pupils: Iterable[Pupil]) -> tuple[Candidate, ...]:
    """The pupils numbered by first name; of two with one name the label has more."""
    ordered = sorted(pupils, key=lambda one: (folded(one.first_name), folded(one.last_name)))
    often = Counter(folded(one.first_name) for one in ordered)
    return tuple(
        Candidate(
            number,
            one.first_name
            if often[folded(one.first_name)] == 1
            else f"{one.first_name} ({one.id})",
            one.id,
            folded(one.first_name),
        )
        for number, one in enumerate(ordered, 1)
    )


def choose(text: str, among: Collection[Candidate], known: Set[str]) -> str:
    """What was typed as a cell of the column `people`; ids in order, each once.

    `known` are the ids that may be written out: everybody at the school that day and the staff.
    Raises `Unclear`.
    """
    words = text.replace(",", " ").split()
    chosen: list[str] = []
    for word in words:
        if word.lower().startswith(OTHERS):
            chosen.append(word.lower())
            continue
        is_left_out = word.startswith("-")
        bare = word.removeprefix("-")
        one = bare.lower() if bare.lower() in (ALL, NOBODY) else _one(bare, among, known)
        chosen.append(f"-{one}" if is_left_out else one)
    first = {ALL, NOBODY} & {*chosen}
    last = {word for word in chosen if word.startswith(OTHERS)}
    cell = " ".join([*sorted(first), *sorted({*chosen} - first - last), *sorted(last)])
    try:
        parse_people(cell, {each.id for each in among})
    except FieldError as error:
        raise Unclear(f"that {error.what}: {error.todo}") from error
    return cell


def _one(word: str, among: Collection[Candidate], known: Set[str]) -> str:
    if word.isdecimal():
        numbers = {str(each.number): each.id for each in among}
        if word not in numbers:
            raise Unclear(f"there is no number {word[:9]}")
        return numbers[word]
    if word in known:
        return word
    key = folded(word)
    found = [each for each in among if each.first_name == key]
    found = found or [each for each in among if key and each.first_name.startswith(key)]
    if len(found) == 1:
        return found[0].id
    if found:
        several = " or ".join(f"{each.number} {each.label}" for each in found[:6])
        raise Unclear(f"“{word}” may be {several}: write the number")
    raise Unclear(f"“{word[:40]}” is nobody in this group: write a number or an id")
