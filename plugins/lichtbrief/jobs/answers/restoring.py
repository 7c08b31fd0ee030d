"""Which rows `consents.csv` lacks of what parents answered in letters: values in, rows out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from lichtbrief.jobs.ground.filing import Filed
from lichtbrief.replies import Preferences
from lichtbrief.roster import Answer, Answered, Roster

SOURCE = "letter"
RECORDED_BY = "lichtbrief inbox"

Purpose = tuple[str, str, str, str]  # guardian, pupil, audience, kind


def lacking(filed: Iterable[Filed], roster: Roster, zone: ZoneInfo) -> list[Answer]:
    """The answers in `filed` of which the roster has no row, in the order given.

    None of people whom the roster does not know together: it could not be read any more, and their
    answers count for nothing. Of those whose row was written once, see `_stands`.
    """
    related = {(row.guardian, row.pupil) for row in roster.relations}
    rows: defaultdict[Purpose, list[Answer]] = defaultdict(list)
    for row in roster.answers:
        rows[_purpose(row)].append(row)
    found: list[Answer] = []
    for one in filed:
        for answer in _answers(one, zone):
            known = rows[_purpose(answer)]
            stands = _stands(answer, known) if one.done else answer in known
            if (answer.guardian, answer.pupil) in related and not stands:
                found.append(answer)
                known.append(answer)
    return found


def _stands(answer: Answer, rows: Sequence[Answer]) -> bool:
    """Whether an answer that was written down once needs no row now.

    A spreadsheet may have cut the seconds off its row. A *yes* is not written again beside whatever
    else this guardian said on that day or later: a day alone, without the hour, counts as its
    first minute, and the older *yes* would undo it.
    """
    minute, day = answer.said_at.replace(second=0), answer.said_at.date()
    return any(
        (row.decision, row.said_at.replace(second=0)) == (answer.decision, minute)
        or (answer.decision is Answered.yes and max(row.said_at, row.recorded_at).date() >= day)
        for row in rows
    )


def _purpose(answer: Answer) -> Purpose:
    return answer.guardian, answer.pupil, answer.audience, answer.kind


def _answers(filed: Filed, zone: ZoneInfo) -> Iterator[Answer]:
    """Said when the sender's clock says so, but never after it came in."""
    body = filed.reply.body
    if not isinstance(body, Preferences):
        return

    def local(moment: datetime) -> datetime:
        return moment.astimezone(zone).replace(tzinfo=None, microsecond=0)

    for (audience, kind), decision in body.answers.items():
        yield Answer(
            pupil=body.pupil,
            guardian=filed.guardian,
            audience=audience,
            kind=kind,
            decision=decision,
            said_at=local(filed.said),
            recorded_at=local(filed.received),
            form=filed.forms[audience, kind],
            source=SOURCE,
            recorded_by=RECORDED_BY,
        )
