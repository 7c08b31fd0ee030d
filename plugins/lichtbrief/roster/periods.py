"""Periods: rows that hold on the same days but must not."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from lichtbrief.errors import Problem
from lichtbrief.roster.calendar import Dated
from lichtbrief.roster.loading import Found, Loaded
from lichtbrief.roster.people import Membership, Relation

D = TypeVar("D", bound=Dated)


def double_memberships(memberships: Loaded[Membership]) -> Iterator[Problem]:
    """Rows that put a pupil into a group in which the pupil is already."""
    for earlier, later in _overlaps(
        memberships.found, lambda row: (row.pupil, row.group), lambda row: None
    ):
        what = f"is already in {later.value.group} by row {earlier.line}"
        todo = "end one membership before the other begins, or remove it"
        file = memberships.table.file
        yield Problem(file, what, todo, later.line, "pupil", later.value.pupil)


def contradicting_relations(relations: Loaded[Relation]) -> Iterator[Problem]:
    """Rows that give a guardian other rights for a pupil than another row on the same days."""
    found = _overlaps(
        relations.found,
        lambda row: (row.guardian, row.pupil),
        lambda row: (row.decides, row.reads),
        differing=True,
    )
    for earlier, later in found:
        what = f"has other rights for {later.value.pupil} by row {earlier.line} on the same days"
        todo = "end one row before the other begins, or remove it"
        file = relations.table.file
        yield Problem(file, what, todo, later.line, "guardian", later.value.guardian)


def _overlaps(
    rows: Iterable[Found[D]],
    key: Callable[[D], Hashable],
    says: Callable[[D], Hashable],
    differing: bool = False,
) -> Iterator[tuple[Found[D], Found[D]]]:
    """Rows with one key that hold on a common day; if `differing`, only if they say other things.

    Yields each such row once, as (the row that was there already, the row). Rows are taken by
    their first day, and of those that say the same only the longest-lasting is kept at hand: the
    time is that of sorting.
    """
    by_key: defaultdict[Hashable, list[Found[D]]] = defaultdict(list)
    for found in rows:
        if found.value.until is None or found.value.until > found.value.since:
            by_key[key(found.value)].append(found)
    for same in by_key.values():
        longest: dict[Hashable, Found[D]] = {}
        for found in sorted(same, key=lambda each: (each.value.since, each.line)):
            said = says(found.value)
            for other, earlier in longest.items():
                if (other != said or not differing) and _reaches(earlier.value, found.value):
                    yield earlier, found
                    break
            if said not in longest or _outlasts(found.value, longest[said].value):
                longest[said] = found


def _reaches(earlier: Dated, later: Dated) -> bool:
    return earlier.until is None or later.since < earlier.until


def _outlasts(row: Dated, other: Dated) -> bool:
    return other.until is not None and (row.until is None or row.until > other.until)
