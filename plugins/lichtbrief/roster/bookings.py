"""Double bookings: in the table of talks nobody is in two talks that begin at the same moment."""

from collections.abc import Iterator
from datetime import datetime

from lichtbrief.errors import Problem
from lichtbrief.roster.loading import Loaded
from lichtbrief.roster.people import Appointment


def double_bookings(talks: Loaded[Appointment]) -> Iterator[Problem]:
    """Each row whose teacher, pupil or guardian has another talk at that moment."""
    first: dict[tuple[str, str, datetime], int] = {}
    for found in talks.found:
        talk = found.value
        if talk.cancelled:
            continue
        people = [("teacher", talk.teacher), ("pupil", talk.pupil)]
        people += [("guardians", guardian) for guardian in talk.guardians]
        for column, who in people:
            row = first.setdefault((column, who, talk.start), found.line)
            if row != found.line:
                todo = "give one of them another start, or write cancelled in its status"
                what = f"has the talk of row {row} at the same time"
                yield Problem(talks.table.file, what, todo, found.line, column, who)
