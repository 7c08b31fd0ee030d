"""The decision: may this be shown, to these people, as of this moment? Facts in, decision out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from lichtbrief.consent.declaration import Declaration
from lichtbrief.consent.facts import Facts
from lichtbrief.consent.named import Clash
from lichtbrief.consent.outcomes import Outcome, Question, outcome, question
from lichtbrief.consent.reasons import PLACE, Reason, Rules
from lichtbrief.roster import SCHOOL, Audience, Kind


@dataclass(frozen=True, slots=True)
class Permit:
    """It may be shown."""


@dataclass(frozen=True, slots=True)
class Deny:
    """It may not be shown: why, and the people depicted of whom that reason holds."""

    reason: Reason
    people: frozenset[str] = frozenset()


Decision = Permit | Deny


def audience_of(groups: Collection[str]) -> Audience:
    """Whom a post to these groups asks for: one class `group`, anything wider `school`.

    Raises ValueError for a post to no group at all.
    """
    if not groups:
        raise ValueError("a post goes to one group at least")
    return Audience.group if len(set(groups)) == 1 and SCHOOL not in groups else Audience.school


class Decider:
    """Many decisions as of one moment: what holds of a pupil is worked out once a purpose."""

    def __init__(self, at: datetime, facts: Facts, rules: Rules) -> None:
        self._at = at
        self._facts = facts
        self._rules = rules
        self._asked: dict[tuple[Audience, Kind], _Asked] = {}

    def decide(
        self, declaration: Declaration, audience: Audience, kind: Kind, on: date
    ) -> Decision:
        """Whether what is declared may be shown; the first `Reason` that holds denies it.

        `on` is the day of the post. Raises nothing: whatever cannot be understood is a Deny.
        """
        try:
            if type(on) is not date:
                raise TypeError("not a day")
            asked = self._asked.get((audience, kind))
            if asked is None:
                asked = _Asked(question(audience, kind, self._at, self._rules), self._facts)
                self._asked[audience, kind] = asked
            return _decide(declaration, asked, on)
        except Exception:  # consent fails closed: an error of any kind is a no
            return Deny(Reason.unreadable)


class _Asked:
    """One purpose, and what was found out so far about each pupil."""

    __slots__ = ("_known", "_question", "facts")

    def __init__(self, asked: Question, facts: Facts) -> None:
        self.facts = facts
        self._question = asked
        self._known: dict[str, Outcome] = {}

    def person(self, person: str, on: date) -> Reason | None:
        """Why somebody who can be seen may not be shown, if not."""
        known = self._known.get(person)
        if known is None:
            pupil = self.facts.pupils.get(person)
            if pupil is None:
                return _no_pupil(person, self.facts)
            known = self._known[person] = outcome(pupil, self._question)
        return known.on(on)


def decide(
    declaration: Declaration,
    audience: Audience,
    kind: Kind,
    on: date,
    at: datetime,
    facts: Facts,
    rules: Rules,
) -> Decision:
    """One decision as of the moment `at`, naive school time; see `Decider.decide`."""
    return Decider(at, facts, rules).decide(declaration, audience, kind, on)


def hold_back(decision: Decision, declaration: Declaration, faces: int) -> Decision:
    """The same, unless more faces can be seen than people are declared and nobody has looked.

    `faces` are those that are not covered. A photo that is not shown anyway keeps its reason.
    """
    if isinstance(decision, Deny) or declaration.confirmed_by is not None:
        return decision
    return Deny(Reason.more_faces) if faces > declaration.visible else decision


def _decide(declaration: Declaration, asked: _Asked, on: date) -> Decision:
    reason = _declared(declaration)
    if reason is not None:
        return Deny(reason)
    if declaration.clash is not None:
        return _clashing(declaration.clash)
    hidden, facts = declaration.hidden, asked.facts
    found: dict[Reason, set[str]] = {}
    for person in declaration.people:
        reason = _hidden(person, facts) if person in hidden else asked.person(person, on)
        if reason is not None:
            found.setdefault(reason, set()).add(person)
    for vouching in (declaration.attested_by, declaration.confirmed_by):
        if vouching is not None and vouching not in facts.staff:
            found.setdefault(Reason.unknown_person, set()).add(str(vouching))
    if found:
        first = min(found, key=PLACE.__getitem__)
        return Deny(first, frozenset(found[first]))
    if hidden and declaration.confirmed_by is None:
        return Deny(Reason.unconfirmed, hidden)
    return Permit()


def _declared(declaration: Declaration) -> Reason | None:
    """What is wrong with the declaration itself; raises TypeError where it is not one."""
    people, attested_by, others = declaration.people, declaration.attested_by, declaration.others
    if not isinstance(people, frozenset):
        raise TypeError("not a declaration")
    if attested_by is not None and not isinstance(attested_by, str):
        raise TypeError("not somebody")
    if type(others) is not int or others < 0:
        raise TypeError("not a number of others")
    attests_nobody = attested_by is not None and not others
    if declaration.contradictory is not False or (people and attests_nobody):
        return Reason.contradiction
    if declaration.cover and not declaration.hidden <= people:
        return Reason.contradiction
    if declaration.declared is not True or not (people or attested_by):
        return Reason.undeclared
    if others and attested_by is None:
        return Reason.undeclared
    return None if declaration.bytes_match is True else Reason.altered


def _clashing(clash: Clash) -> Deny:
    if clash.readable is not True:
        return Deny(Reason.unreadable)
    return Deny(Reason.contradiction, frozenset(clash.people))


def _hidden(person: str, facts: Facts) -> Reason | None:
    """Nothing is asked about somebody who is covered, but that there is such a pupil."""
    is_known = person in facts.pupils or person in facts.unreadable
    return None if is_known else Reason.unknown_person


def _no_pupil(person: str, facts: Facts) -> Reason | None:
    if person in facts.unreadable:
        return Reason.unreadable
    if person not in facts.staff:
        return Reason.unknown_person
    return None if facts.staff[person] is True else Reason.refused
