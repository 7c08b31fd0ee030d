"""Reading the roster: the office's CSV files become one `Roster`, or a list of errors."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol, TypeVar

from lichtbrief.errors import Problem, ProblemsError
from lichtbrief.roster import sheets
from lichtbrief.roster.checks import Sheets, check
from lichtbrief.roster.loading import load
from lichtbrief.roster.people import Roster


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


def read_roster(folder: Path) -> Roster:
    """Read the roster that the school office keeps in `folder`.

    Raises `ProblemsError` that lists every problem of every file, in the order of the files and
    their rows: a roster with one doubtful row is not used at all.
    """
    read = Sheets(
        groups=load(folder, sheets.GROUPS),
        staff=load(folder, sheets.STAFF),
        pupils=load(folder, sheets.PUPILS),
        memberships=load(folder, sheets.MEMBERSHIPS),
        guardians=load(folder, sheets.GUARDIANS),
        relations=load(folder, sheets.RELATIONS),
        consents=load(folder, sheets.CONSENTS),
        blocks=load(folder, sheets.BLOCKS),
        talks=load(folder, sheets.TALKS),
    )
    problems = [problem for loaded in read.all() for problem in loaded.problems]
    problems += check(read)
    if problems:
        message = f"the roster cannot be used: {len(problems)} problem(s)"
        hint = "mend them in the spreadsheet; nothing is built or sent until they are gone"
        raise ProblemsError(message, _in_order(read, problems), hint)
    return Roster(
        groups=_by_id(read.groups.values),
        staff=_by_id(read.staff.values),
        pupils=_by_id(read.pupils.values),
        guardians=_by_id(read.guardians.values),
        memberships=read.memberships.values,
        relations=read.relations.values,
        answers=read.consents.values,
        blocks=read.blocks.values,
        talks=read.talks.values,
    )


def _in_order(read: Sheets, problems: Iterable[Problem]) -> list[Problem]:
    place = {loaded.table.file: number for number, loaded in enumerate(read.all())}
    return sorted(problems, key=lambda problem: (place[problem.file], problem.line or 0))


def _by_id(values: Iterable[N]) -> Mapping[str, N]:
    return {value.id: value for value in values}
