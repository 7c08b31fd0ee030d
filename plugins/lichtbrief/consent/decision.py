"""The decision: may this be shown, to these people, as of this moment? Facts in, decision out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from lichtbrief.consent.declaration import Declaration
from lichtbrief.consent.facts import Facts, PupilFacts, Purpose
from lichtbrief.consent.named import Clash
from lichtbrief.roster import SCHOOL, Audience, BlockKind, Kind, first_day_of, school_year


class Reason(StrEnum):
    """Why something is not shown; where several hold, the first in this order is the reason."""

    contradiction = "contradiction"
    undeclared = "undeclared"
    altered = "altered"
    unknown_person = "unknown-person"
    blocked = "blocked"
    objection = "objection"
    dispute = "dispute"
    refused = "refused"
    expired = "expired"
    form_changed = "form-changed"
    no_answer = "no-answer"
    unconfirmed = "unconfirmed"
    more_faces = "more-faces"
    unreadable = "unreadable"
    taken_down = "taken-down"
    held = "held"


PLACE = {reason: place for place, reason in enumerate(Reason)}


@dataclass(frozen=True, slots=True)
class Permit:
    """It may be shown."""


@dataclass(frozen=True, slots=True)
class Deny:
    """It may not be shown: why, and the people depicted of whom that reason holds."""

    reason: Reason
    people: frozenset[str] = frozenset()


Decision = Permit | Deny


@dataclass(frozen=True, slots=True)
class Rules:
    """How a school counts answers.

    `rule`: `one` yes is enough, or it takes `all` deciding guardians. `validity`: a yes lasts
    `until-withdrawn`, or for the `school-year` in which it was said. `forms`: for a purpose, the
    number of the form in which it last changed; 1 where it is not mentioned.
    """

    rule: str = "one"
    validity: str = "until-withdrawn"
    forms: Mapping[Purpose, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked, checked and worked out: a yes said before `fresh_from` has expired."""

    purpose: Purpose
    on: date
    at: datetime
    today: date
    everyone: bool
    fresh_from: datetime
    form: int


def audience_of(groups: Collection[str]) -> Audience:
    """Whom a post to these groups asks for: one class `group`, anything wider `school`.

    Raises ValueError for a post to no group at all.
    """
    if not groups:
        raise ValueError("a post goes to one group at least")
    return Audience.group if len(set(groups)) == 1 and SCHOOL not in groups else Audience.school


def decide(
    declaration: Declaration,
    audience: Audience,
    kind: Kind,
    on: date,
    at: datetime,
    facts: Facts,
    rules: Rules,
) -> Decision:
    """Whether what is declared may be shown; the first `Reason` that holds denies it.

    `on` is the day of the post, `at` the moment of deciding, naive school time. Pure, and raises
    nothing: whatever cannot be understood is a Deny.
    """
    try:
        return _decide(declaration, _question(audience, kind, on, at, rules), facts)
    except Exception:  # consent fails closed: an error of any kind is a no
        return Deny(Reason.unreadable)


def hold_back(decision: Decision, declaration: Declaration, faces: int) -> Decision:
    """The same, unless more faces can be seen than people are declared and nobody has looked.

    `faces` are those that are not covered. A photo that is not shown anyway keeps its reason.
    """
    if isinstance(decision, Deny) or declaration.confirmed_by is not None:
        return decision
    return Deny(Reason.more_faces) if faces > declaration.visible else decision


def _question(audience: Audience, kind: Kind, on: date, at: datetime, rules: Rules) -> _Question:
    """Raises ValueError or TypeError for anything that is not of a known kind."""
    purpose = Audience(audience), Kind(kind)
    form = rules.forms.get(purpose, 1)
    if type(on) is not date or not isinstance(at, datetime) or type(form) is not int or form < 1:
        raise TypeError("not a day, a moment or a form")
    everyone = {"one": False, "all": True}[rules.rule]
    today = at.date()
    first_day = {"until-withdrawn": date.min, "school-year": first_day_of(school_year(today))}
    fresh_from = datetime.combine(first_day[rules.validity], datetime.min.time())
    return _Question(purpose, on, at, today, everyone, fresh_from, form)


def _decide(declaration: Declaration, question: _Question, facts: Facts) -> Decision:
    reason = _declared(declaration)
    if reason is not None:
        return Deny(reason)
    if declaration.clash is not None:
        return _clashing(declaration.clash)
    hidden = declaration.hidden
    if hidden and question.purpose[1] is not Kind.photo:
        return Deny(Reason.contradiction)  # a film is shown as it is, or not at all
    found: dict[Reason, set[str]] = {}
    for person in declaration.people:
        reason = (_hidden if person in hidden else _person)(person, question, facts)
        if reason is not None:
            found.setdefault(reason, set()).add(person)
    for vouching in {declaration.attested_by, declaration.confirmed_by} - {None, *facts.staff}:
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
    if not isinstance(people, frozenset) or not isinstance(attested_by, str | None):
        raise TypeError("not a declaration")
    if type(others) is not int or others < 0:
        raise TypeError("not a number of others")
    attests_nobody = attested_by is not None and not others
    if declaration.contradictory is not False or (people and attests_nobody):
        return Reason.contradiction
    if not declaration.hidden <= people:
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


def _hidden(person: str, _: _Question, facts: Facts) -> Reason | None:
    """Nothing is asked about somebody who is covered, but that there is such a pupil."""
    is_known = person in facts.pupils or person in facts.unreadable
    return None if is_known else Reason.unknown_person


def _person(person: str, question: _Question, facts: Facts) -> Reason | None:
    pupil = facts.pupils.get(person)
    if pupil is not None:
        return _pupil(pupil, question)
    if person in facts.unreadable:
        return Reason.unreadable
    if person not in facts.staff:
        return Reason.unknown_person
    return None if facts.staff[person] is True else Reason.refused


def _pupil(pupil: PupilFacts, question: _Question) -> Reason | None:
    if not pupil.at_school(question.on):
        return Reason.unknown_person
    if pupil.blocked(BlockKind.safety, question.today):
        return Reason.blocked
    if pupil.blocked(BlockKind.objection, question.today):
        return Reason.objection
    deciding, others = pupil.guardians(question.today)
    doubts = pupil.current(question.purpose, others, question.at)
    disputed = any(not said.yes for said in doubts)
    if disputed or pupil.blocked(BlockKind.dispute, question.today):
        return Reason.dispute
    return _answered(pupil, deciding, question)


def _answered(pupil: PupilFacts, deciding: set[str], question: _Question) -> Reason | None:
    answers = pupil.current(question.purpose, deciding, question.at)
    if not all(said.yes for said in answers):
        return Reason.refused
    fresh = [said for said in answers if said.said_at >= question.fresh_from]
    valid = [said for said in fresh if said.form >= question.form]
    if len(valid) >= (max(1, len(deciding)) if question.everyone else 1):
        return None
    if len(fresh) < len(answers):
        return Reason.expired
    return Reason.form_changed if len(valid) < len(fresh) else Reason.no_answer
