"""Who may read what: from relations and memberships to the groups of each guardian's letter."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from lichtbrief.editions import Week
from lichtbrief.roster import SCHOOL, Roster, holds


def grants(roster: Roster, week: Week, day: date) -> Mapping[str, tuple[str, ...]]:
    """Guardian id -> the groups whose edition of `week` this guardian may read.

    A guardian reads through every relation that holds on `day` and has `reads`: the groups in
    which that pupil was on any day of the week, and with them the general group. Each group once,
    in the order of groups.csv, the general group last. Who may read nothing is not a key.
    """
    readable: defaultdict[str, set[str]] = defaultdict(set)
    for relation in roster.relations:
        if relation.reads and holds(relation, day):
            groups = roster.groups_between(relation.pupil, week.monday, week.sunday)
            readable[relation.guardian] |= groups
    return {guardian: _in_order(roster, groups) for guardian, groups in readable.items() if groups}


def ever_granted(roster: Roster, guardian: str) -> frozenset[str]:
    """Every group whose editions this guardian may ever have had: more rather than fewer.

    Those in which a pupil of theirs ever was, whatever the relation is now, and the general one;
    every group for somebody of whom no relation is left.
    """
    pupils = {relation.pupil for relation in roster.relations if relation.guardian == guardian}
    if not pupils:
        return frozenset(roster.groups)
    groups = {row.group for row in roster.memberships if row.pupil in pupils}
    return frozenset({*groups, SCHOOL})


def _in_order(roster: Roster, groups: set[str]) -> tuple[str, ...]:
    return (*(group for group in roster.groups if group in groups - {SCHOOL}), SCHOOL)
