"""What holds of one pupil for one purpose at one moment: worked out once, for many photos."""

from datetime import date, datetime
from typing import NamedTuple

from lichtbrief.consent.facts import PupilFacts, Purpose
from lichtbrief.consent.reasons import Reason, Rules
from lichtbrief.roster import Audience, BlockKind, Kind, Membership, first_day_of, school_year


class Question(NamedTuple):
    """What is asked, checked and worked out: a yes said before `fresh_from` has expired."""

    purpose: Purpose
    at: datetime
    today: date
    everyone: bool
    fresh_from: datetime
    form: int


class Outcome(NamedTuple):
    """Why a pupil may not be shown, if not, on the days on which the pupil is at the school.

    `periods` are these days, from the first up to but not with the last; None is open.
    """

    periods: tuple[tuple[date, date | None], ...]
    reason: Reason | None

    def on(self, day: date) -> Reason | None:
        """The reason for a post of this day."""
        for since, until in self.periods:
            if since <= day and (until is None or day < until):
                return self.reason
        return Reason.unknown_person


def question(audience: Audience, kind: Kind, at: datetime, rules: Rules) -> Question:
    """Raises ValueError or TypeError for anything that is not of a known kind."""
    purpose = Audience(audience), Kind(kind)
    form = rules.forms.get(purpose, 1)
    if not isinstance(at, datetime) or type(form) is not int or form < 1:
        raise TypeError("not a moment or a form")
    everyone = {"one": False, "all": True}[rules.rule]
    today = at.date()
    first_day = {"until-withdrawn": date.min, "school-year": first_day_of(school_year(today))}
    fresh_from = datetime.combine(first_day[rules.validity], datetime.min.time())
    return Question(purpose, at, today, everyone, fresh_from, form)


def outcome(pupil: PupilFacts, asked: Question) -> Outcome:
    """Whether this pupil may be shown, whatever the photo."""
    return Outcome(_periods(pupil.memberships), _reason(pupil, asked))


def _periods(memberships: tuple[Membership, ...]) -> tuple[tuple[date, date | None], ...]:
    """The days of all memberships; where one begins as another ends, they are one period."""
    found: list[tuple[date, date | None]] = []
    for row in sorted(memberships, key=lambda each: each.since):
        if row.until is not None and row.until <= row.since:
            continue
        if not found or (found[-1][1] is not None and found[-1][1] < row.since):
            found.append((row.since, row.until))
        elif (last := found[-1][1]) is not None:
            longer = None if row.until is None else max(last, row.until)
            found[-1] = (found[-1][0], longer)
    return tuple(found)


def _reason(pupil: PupilFacts, asked: Question) -> Reason | None:
    if pupil.blocked(BlockKind.safety, asked.today):
        return Reason.blocked
    if pupil.blocked(BlockKind.objection, asked.today):
        return Reason.objection
    deciding, others = pupil.guardians(asked.today)
    doubts = pupil.current(asked.purpose, others, asked.at)
    disputed = any(not said.yes for said in doubts)
    if disputed or pupil.blocked(BlockKind.dispute, asked.today):
        return Reason.dispute
    return _answered(pupil, deciding, asked)


def _answered(pupil: PupilFacts, deciding: set[str], asked: Question) -> Reason | None:
    answers = pupil.current(asked.purpose, deciding, asked.at)
    if not all(said.yes for said in answers):
        return Reason.refused
    fresh = [said for said in answers if said.said_at >= asked.fresh_from]
    valid = [said for said in fresh if said.form >= asked.form]
    if len(valid) >= (max(1, len(deciding)) if asked.everyone else 1):
        return None
    if len(fresh) < len(answers):
        return Reason.expired
    return Reason.form_changed if len(valid) < len(fresh) else Reason.no_answer
