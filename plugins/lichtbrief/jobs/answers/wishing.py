"""How, and in which language, a guardian wants the letter: written into guardians.csv.

A wish is carried out once. What the office writes there afterwards, or an export from the school's
administration, is not changed back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lichtbrief.consent.lines import As, Event, What
from lichtbrief.jobs.answers.withdrawing import write_table
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.filing import Filed
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.ground.people import office_roster
from lichtbrief.replies import Wishes
from lichtbrief.roster import Delivery, Roster, change_cells, holds
from lichtbrief.sealing.private_file import locked
from lichtbrief.site import theme_of


class Obstacle(StrEnum):
    """Why a part of a wish is left to the office."""

    address = "there is no e-mail address on record"
    paper = "no child that they read about is at the school to take it home"
    language = "letters are not written in this language"


@dataclass(frozen=True, slots=True)
class Judged:
    """What of a wish can be written (cells by column), and why not the rest."""

    cells: Mapping[str, str]
    obstacles: tuple[Obstacle, ...]


def judge(decided: Decided, filed: Filed, roster: Roster) -> Judged:
    """What a wish changes in its own guardian's row; nothing for somebody who is not there."""
    body, person = filed.reply.body, roster.guardians.get(filed.guardian)
    if not isinstance(body, Wishes) or person is None:
        return Judged({}, ())
    cells: dict[str, str] = {}
    obstacles: list[Obstacle] = []
    if body.delivery is not person.delivery:
        hindered = _hindrance(body.delivery, person.email, decided, roster, person.id)
        if hindered:
            obstacles.append(hindered)
        else:
            cells["delivery"] = body.delivery.value
    if body.language != person.language:
        if body.language.partition("-")[0] in theme_of(decided.settings).languages:
            cells["language"] = body.language
        else:
            obstacles.append(Obstacle.language)
    return Judged(cells, tuple(obstacles))


def _hindrance(
    delivery: Delivery, email: str, decided: Decided, roster: Roster, guardian: str
) -> Obstacle | None:
    if delivery is not Delivery.paper:
        return None if email else Obstacle.address
    day = decided.moment.date()
    present = roster.at_school(day)
    takes = any(
        row.reads and row.pupil in present and holds(row, day)
        for row in roster.relations
        if row.guardian == guardian
    )
    return None if takes else Obstacle.paper


def write_wishes(decided: Decided, waiting: Iterable[Filed], known: Iterable[Filed]) -> int:
    """Write what of these wishes can be; how many guardians' rows it changed.

    `known` is everything that was ever filed: a wish that is older than another of the same
    guardian changes nothing. Raises `LichtbriefError` for a roster or a log.
    """
    newest = {one.guardian: one for one in sorted(filter(_is_wish, known), key=_order)}
    fresh = [one for one in waiting if newest.get(one.guardian) == one]
    if not fresh:
        return 0
    settings = decided.settings
    path = settings.school / "guardians.csv"
    with locked(path):
        roster = office_roster(settings, "writing down wishes")
        changes = {one.guardian: judge(decided, one, roster).cells for one in fresh}
        changes = {guardian: cells for guardian, cells in changes.items() if cells}
        if changes:
            # First, so that a run that is killed after it has its line as well; never twice.
            _note(Log.of(settings.state), [one for one in fresh if one.guardian in changes])
            write_table(path, change_cells(path.read_bytes(), changes))
    return len(changes)


def _note(log: Log, wishes: Iterable[Filed]) -> None:
    noted = {
        (guardian, line.about["said"])
        for line in log.read().lines
        if line.what is What.wished
        for guardian in line.people(As.guardian)
    }
    log.add(_event(one) for one in wishes if (one.guardian, _said(one)) not in noted)


def _event(filed: Filed) -> Event:
    body = filed.reply.body
    if not isinstance(body, Wishes):
        raise TypeError("not a wish")
    about = {"delivery": body.delivery, "language": body.language, "said": _said(filed)}
    return Event(What.wished, about, ((As.guardian, filed.guardian),))


def _said(filed: Filed) -> str:
    return filed.reply.at.strftime("%Y-%m-%dT%H:%M:%SZ")


def obstacles_of(decided: Decided, filed: Filed) -> tuple[Obstacle, ...]:
    """Why a part of this wish is left to the office, as of this reading of the roster."""
    return judge(decided, filed, decided.roster).obstacles


def _is_wish(filed: Filed) -> bool:
    return isinstance(filed.reply.body, Wishes)


def _order(filed: Filed) -> tuple[datetime, datetime, str]:
    """By when it was said, but never after it came in."""
    return filed.said, filed.received, filed.reply.id
