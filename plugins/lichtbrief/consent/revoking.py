"""Whose access was ended, and which editions and letters are of a further generation since.

A generation is a number that goes into keys and names: with a new one, the keys and addresses that
a revoked guardian holds lead nowhere. It follows from the log alone, so that every run and every
machine finds the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from lichtbrief.consent.lines import As, Event, Line, What

Weeks = tuple[str, ...]
"""A week for each revocation, as `2026-W47`: what is of a later week is not of its generation."""


@dataclass(frozen=True, slots=True)
class Revocations:
    """The sum of all revocations: by group, by guardian, and who gets nothing until restored."""

    groups: Mapping[str, Weeks] = field(default_factory=dict)
    guardians: Mapping[str, Weeks] = field(default_factory=dict)
    ended: frozenset[str] = frozenset()

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Self:
        """Add up a log."""
        groups: dict[str, Weeks] = {}
        guardians: dict[str, Weeks] = {}
        ended: set[str] = set()
        for line in lines:
            match line.what:
                case What.revoked:
                    week = str(line.about["week"])
                    for group in line.about["groups"]:
                        groups[group] = (*groups.get(group, ()), week)
                    for guardian in line.people(As.guardian):
                        guardians[guardian] = (*guardians.get(guardian, ()), week)
                        ended.add(guardian)
                case What.restored:
                    ended -= line.people(As.guardian)
                case What.continued:
                    groups |= {g: tuple(w) for g, w in line.about.get("generations", {}).items()}
                    # In the order of the people: an id that is forgotten leaves its place.
                    for each, known in zip(line.who, line.about.get("revoked", ()), strict=True):
                        if each.id is not None:
                            guardians[each.id] = tuple(known["weeks"])
                            (ended.add if known["ended"] else ended.discard)(each.id)
        return cls(groups, guardians, frozenset(ended))

    def of_edition(self, group: str, week: str) -> int:
        """The generation of a group's edition of a week (`2026-W47`): 0, or how often renewed."""
        return _count(self.groups.get(group, ()), week)

    def of_letter(self, guardian: str, week: str) -> int:
        """The generation of a guardian's letter of a week."""
        return _count(self.guardians.get(guardian, ()), week)

    def of_card(self, guardian: str) -> int:
        """The generation of a guardian's card: how often their access was ended."""
        return len(self.guardians.get(guardian, ()))

    def summary(self) -> dict[str, Any]:
        """What somebody who goes on without the log must know of it, for JSON; ids of guardians."""
        revoked = {
            guardian: {"weeks": list(weeks), "ended": guardian in self.ended}
            for guardian, weeks in sorted(self.guardians.items())
        }
        groups = {group: list(weeks) for group, weeks in sorted(self.groups.items())}
        return {"generations": groups, "revoked": revoked}


def continued(after: int, head: str, known: Mapping[str, Any]) -> Event:
    """The line with which a log goes on from what the store knows; people stand apart in it."""
    revoked = known.get("revoked", {})
    about = {**known, "after": after, "head": head, "revoked": list(revoked.values())}
    return Event(What.continued, about, tuple((As.guardian, guardian) for guardian in revoked))


def _count(weeks: Weeks, week: str) -> int:
    return sum(week <= last for last in weeks)
