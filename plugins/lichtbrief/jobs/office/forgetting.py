"""Forgetting a child who has left: out of the roster, the log and the caches, once and for all.

Step by step, each of which leaves a roster that can be read: whoever is interrupted runs it again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from lichtbrief.editions import Post
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.answers.desk import Desk
from lichtbrief.jobs.answers.talk_plans import remove_plans
from lichtbrief.jobs.ground.cache import drawn_before, known_digests, known_names
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.look.explaining import refuse_unknown
from lichtbrief.jobs.office.subject import depicting
from lichtbrief.roster import OpenTable, Roster
from lichtbrief.roster.sheets import BY_NAME
from lichtbrief.settings import Settings

NOBODY = "forgotten"
NO_NAME = "—"


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is to go: rows of the roster by file, and guardians of no other child.

    `originals` are the files that declare the child, which only a person can take away. `instead`
    stands for the child where a photo says `all`; None when the child was never in a group.
    """

    pupil: str
    rows: dict[str, int]
    guardians: tuple[str, ...]
    originals: tuple[Path, ...]
    digests: tuple[str, ...]
    instead: str | None


def plan_leaving(roster: Roster, posts: Iterable[Post], pupil: str, today: date) -> Leaving:
    """What forgetting this pupil takes away; raises `LichtbriefError` while the pupil is here."""
    refuse_unknown(roster, pupil)
    memberships = [row for row in roster.memberships if row.pupil == pupil]
    if any(row.until is None or row.until > today for row in memberships):
        hint = "end the memberships first: until is the first day on which the pupil is gone"
        raise LichtbriefError(f"{pupil} has not left the school", hint)
    others = {row.guardian for row in roster.relations if row.pupil != pupil}
    # Guardians of nobody at all are what an interrupted run leaves.
    alone = roster.guardians.keys() - others
    rows = {
        "consents": sum(row.pupil == pupil for row in roster.answers),
        "blocks": sum(row.pupil == pupil for row in roster.blocks),
        "relations": sum(row.pupil == pupil for row in roster.relations),
        "guardians": len(alone),
        "pupils": 1,
    }
    if talks := sum(row.pupil == pupil for row in roster.talks):
        rows["talks"] = talks
    depicted = list(depicting(posts, pupil))
    free = (name for n in count(1) if (name := f"{NOBODY}-{n}") not in roster.pupils)
    return Leaving(
        pupil,
        rows,
        tuple(sorted(alone)),
        tuple(photo.path for _, photo in depicted),
        tuple(photo.digest for _, photo in depicted),
        next(free) if memberships else None,
    )


def forget(settings: Settings, leaving: Leaving, desk: Desk | None = None) -> int:
    """Take it all away; how many lines of the log held the child or those guardians.

    What they sent goes first, or it would be written into the roster again; the roster's last row
    of the child goes last, so that this can be run again. Raises OSError, and `LichtbriefError` for
    a damaged log or a store that fails.
    """
    pupil, guardians = leaving.pupil, leaving.guardians
    if desk is not None:
        desk.cabinet.take_out(
            lambda one: one.guardian in guardians or getattr(one.reply.body, "pupil", "") == pupil
        )
        desk.notes.take_out(lambda note: note.guardian in guardians)
        for surveys in desk.surveys.values():
            surveys.forget(guardians)
    remove_plans(settings)
    for name in ("consents", "blocks", *leaving.rows.keys() & {"talks"}, "relations"):
        _remove(settings, name, lambda row: row["pupil"] == pupil)
    _remove(settings, "guardians", lambda row: row["id"] in guardians)
    if leaving.instead is not None:
        _stand_in(settings, pupil, leaving.instead)
    lines = Log.of(settings.state).forget({pupil, *guardians})
    drawn_before(settings).forget(leaving.digests)
    names, digests = known_names(settings), known_digests(settings)
    names.forget()
    digests.forget()
    _remove(settings, "pupils", lambda row: row["id"] == pupil)
    return lines


def _table(settings: Settings, name: str) -> OpenTable:
    columns = [column.name for column in BY_NAME[name].columns]
    return OpenTable.read(settings.school / f"{name}.csv", columns)


def _remove(settings: Settings, name: str, is_over: Callable[[Mapping[str, str]], bool]) -> None:
    table = _table(settings, name)
    if table.remove(is_over):
        table.save()


def _stand_in(settings: Settings, pupil: str, instead: str) -> None:
    """Keep the days in a group under a name that says nothing.

    Without them `all` on one of those days would no longer count the child, and a photo that
    shows the child would pass.
    """
    pupils = _table(settings, "pupils")
    pupils.put("id", {"id": instead, "first_name": NO_NAME, "last_name": ""})
    pupils.save()
    memberships = _table(settings, "memberships")
    for row in memberships.rows:
        if row["pupil"] == pupil:
            row["pupil"] = instead
    memberships.save()
