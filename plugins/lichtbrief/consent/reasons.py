"""Why something is not shown, and how a school counts the answers that decide it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lichtbrief.consent.facts import Purpose


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
    named = "named"
    taken_down = "taken-down"
    held = "held"


PLACE = {reason: place for place, reason in enumerate(Reason)}


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
