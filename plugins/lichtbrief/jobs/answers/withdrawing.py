"""Withdrawing: a guardian's word goes into consents.csv, and is carried out on the spot."""

import stat
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from lichtbrief.consent import Facts
from lichtbrief.consent.lines import As, Event, What
from lichtbrief.errors import LichtbriefError
from lichtbrief.files import write_whole
from lichtbrief.jobs.ground.finding import must_be_pupil, must_be_staff
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.ground.people import office_roster
from lichtbrief.roster import (
    Answer,
    Answered,
    Audience,
    Kind,
    Roster,
    answer_row,
    append_rows,
)
from lichtbrief.sealing.private_file import locked
from lichtbrief.settings import Settings

SOURCE = "lichtbrief withdraw"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who takes back what: None for every audience or every kind; `by` has been told so."""

    pupil: str
    guardian: str
    by: str
    audience: Audience | None = None
    kind: Kind | None = None

    def purposes(self) -> list[tuple[Audience, Kind]]:
        """Every audience and kind that it is about."""
        audiences = [self.audience] if self.audience else list(Audience)
        return list(product(audiences, [self.kind] if self.kind else list(Kind)))


def write_withdrawal(settings: Settings, withdrawal: Withdrawal) -> int:
    """Add a row for each purpose in which this guardian has not said no already; how many.

    Raises `ProblemsError` for a roster that cannot be read, and `LichtbriefError` for people who
    are not in it or not related; then nothing is written.
    """
    path = settings.school / "consents.csv"
    with locked(path):
        roster = office_roster(settings, "withdrawing")
        answers = _answers(settings, roster, withdrawal)
        if answers:
            data = append_rows(path.read_bytes(), map(answer_row, answers))
            write_table(path, data)
    Log.of(settings.state).add(map(_event, answers))
    return len(answers)


def _answers(settings: Settings, roster: Roster, withdrawal: Withdrawal) -> list[Answer]:
    must_be_pupil(roster, withdrawal.pupil)
    must_be_staff(roster, withdrawal.by)
    related = {(each.pupil, each.guardian) for each in roster.relations}
    if (withdrawal.pupil, withdrawal.guardian) not in related:
        hint = "write the guardian's id, as it stands beside this pupil in relations.csv"
        raise LichtbriefError("this guardian has no relation to this pupil", hint)
    now = settings.now().replace(microsecond=0)
    pupil = Facts.of(roster).pupils[withdrawal.pupil]
    return [
        Answer(
            pupil=withdrawal.pupil,
            guardian=withdrawal.guardian,
            audience=audience,
            kind=kind,
            decision=Answered.withdrawn,
            said_at=now,
            recorded_at=now,
            form=settings.rules.forms.get((audience, kind), 1),
            source=SOURCE,
            recorded_by=withdrawal.by,
        )
        for audience, kind in withdrawal.purposes()
        if all(said.yes for said in pupil.current((audience, kind), [withdrawal.guardian], now))
    ]


def write_table(path: Path, data: bytes) -> None:
    """Replace a table of the office, which stays readable for whom it was readable."""
    write_whole(path, data, stat.S_IMODE(path.stat().st_mode))


def _event(answer: Answer) -> Event:
    who = (As.pupil, answer.pupil), (As.guardian, answer.guardian), (As.staff, answer.recorded_by)
    return Event(What.withdrawn, {"audience": answer.audience, "kind": answer.kind}, who)
