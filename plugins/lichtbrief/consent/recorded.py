"""What is on record from one guardian about one child, told to that guardian and to nobody else."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import product

from lichtbrief.consent.facts import PupilFacts, Purpose
from lichtbrief.consent.outcomes import question
from lichtbrief.consent.reasons import Rules
from lichtbrief.roster import Audience, Kind


class Stands(StrEnum):
    """How a guardian's own answer stands: the last two were a yes, and count no more."""

    yes = "yes"
    no = "no"
    silent = "silent"
    expired = "expired"
    form_changed = "form-changed"


@dataclass(frozen=True, slots=True)
class Recorded:
    """The answer for one purpose, and on which day it was said; None where there is none."""

    purpose: Purpose
    stands: Stands
    said_on: date | None


def recorded(pupil: PupilFacts, guardian: str, at: datetime, rules: Rules) -> tuple[Recorded, ...]:
    """What this guardian has answered, for every purpose in the order of the form.

    Whatever another guardian answered, and every block, changes nothing in it.
    """
    return tuple(_recorded(pupil, guardian, one, at, rules) for one in product(Audience, Kind))


def _recorded(
    pupil: PupilFacts, guardian: str, purpose: Purpose, at: datetime, rules: Rules
) -> Recorded:
    said = next(iter(pupil.current(purpose, [guardian], at)), None)
    if said is None:
        return Recorded(purpose, Stands.silent, None)
    asked = question(*purpose, at, rules)
    if not said.yes:
        stands = Stands.no
    elif said.said_at < asked.fresh_from:
        stands = Stands.expired
    else:
        stands = Stands.yes if said.form >= asked.form else Stands.form_changed
    return Recorded(purpose, stands, said.said_at.date())
