"""What lies in the letterboxes: of each no more than one run can take in.

Whoever holds a letter may put as much as they like until it ends. So nobody lists, holds or
removes all of that at once: what is too much waits for the next runs, in its own letterbox.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lichtbrief.replies import FOLDER
from lichtbrief.storage import Store, Stored

AT_ONCE = 500  # a family sends a few, and of one letter no more than 100 are heard


@dataclass(frozen=True, slots=True)
class Lying:
    """The objects that a run takes in, by name; `more` when some letterboxes hold further ones."""

    objects: tuple[Stored, ...] = ()
    more: bool = False


def lying_in(store: Store, most: int = AT_ONCE) -> Lying:
    """The first `most` of each letterbox; raises `LichtbriefError` when the store fails."""
    found: list[Stored] = []
    counts: Counter[str] = Counter()
    for one in _listed(store, counts, most):
        counts[box_in(one.name)] += 1
        if counts[box_in(one.name)] <= most:
            found.append(one)
    return Lying(tuple(found), any(count > most for count in counts.values()))


def _listed(store: Store, counts: Counter[str], most: int) -> Iterator[Stored]:
    """Every object in order, page by page; by `counts`, pages of a full letterbox are left out."""
    after = f"{FOLDER}/"
    while page := store.page(f"{FOLDER}/", after):
        yield from page
        box = box_in(page[-1].name)
        # All that lies in it comes before this name: 0 is the sign after the slash.
        after = f"{FOLDER}/{box}0" if counts[box] > most else page[-1].name


def box_in(name: str) -> str:
    """The name of the letterbox in that of an object."""
    return name.split("/")[1]
