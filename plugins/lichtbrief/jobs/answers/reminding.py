"""The yearly round: what is on record goes into each deciding guardian's next letter.

That a school year's round began lies in the store, sealed: whichever machine runs the weekly job
finds it there, and it is put there once, however often somebody asks for it. Whose letter has
carried it, the ledger knows: the first that was mailed since.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from lichtbrief.consent import Facts, recorded
from lichtbrief.delivery import Ledger
from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError
from lichtbrief.files import write_whole
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.keys import any_ring
from lichtbrief.jobs.ground.letterhead import letterhead_of
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.ground.people import office_roster
from lichtbrief.jobs.ground.series import Series, number_of
from lichtbrief.jobs.ground.surroundings import Surroundings
from lichtbrief.jobs.look.explaining import missing
from lichtbrief.letters import Letterhead
from lichtbrief.letters.record import Child, Sheet, render_record, render_sheets
from lichtbrief.roster import SCHOOL, Delivery, Roster, holds, school_year
from lichtbrief.sealing import KeyRing
from lichtbrief.settings import Settings
from lichtbrief.site import theme_of
from lichtbrief.storage import Store
from lichtbrief.theme import Theme

FOLDER = "reminders"
FORMAT = "lichtbrief reminder 1"
FILE = "reminders.html"
WEEK = len("2026-W47")  # of a further round of it, "2026-W47-1", so much is the week


@dataclass(frozen=True, slots=True)
class Round:
    """A school year's round: the year in which that began, the week from whose letters on it
    counts, and when it was asked for (aware).
    """

    year: int
    week: Week
    at: datetime


@dataclass(frozen=True, slots=True)
class Reminded:
    """What `remind` says to the office.

    `again` when this year's round had begun before. Those who decide are in one of three groups:
    who gets it in a letter, who reads on paper, who gets no letter at all; for the last two `file`
    holds sheets to print, if there are any. `silent` are the pupils of whom somebody who decides
    has never answered, and who.
    """

    round: Round
    again: bool
    by_letter: tuple[str, ...]
    on_paper: tuple[str, ...]
    without: tuple[str, ...]
    file: Path | None
    silent: tuple[tuple[str, frozenset[str]], ...]


def round_of(store: Store, ring: KeyRing, year: int) -> Round | None:
    """A school year's round; None when nobody has asked for it. Raises `LichtbriefError`."""
    series = Series(FOLDER, store, ring)
    for name in series.names():
        if number_of(name) == year:
            value = json.loads(series.open(name))
            return Round(year, Week.parse(value["week"]), datetime.fromisoformat(value["at"]))
    return None


def remind(settings: Settings, surroundings: Surroundings) -> Reminded:
    """Begin this school year's round, unless it has begun; and tell whom it reaches.

    Raises `LichtbriefError` for a roster, a key ring or a store that cannot be used.
    """
    roster = office_roster(settings, "reminding of answers")
    moment, ring = settings.now(), any_ring(settings)
    known = round_of(surroundings.store, ring, school_year(moment.date()))
    begun = known or _begin(settings, surroundings, ring)
    own, people = children_of(roster, settings, moment), roster.guardians
    reading = _reading(settings, roster, moment.date())
    paper = tuple(g for g in own if people[g].delivery is Delivery.paper)
    by_letter = tuple(g for g in own if g in reading and g not in paper)
    without = tuple(g for g in own if g not in reading and g not in paper)
    file = _print(settings, roster, {g: own[g] for g in (*paper, *without)})
    silent = missing(roster, SCHOOL, moment)
    return Reminded(begun, known is not None, by_letter, paper, without, file, silent)


def _begin(settings: Settings, surroundings: Surroundings, ring: KeyRing) -> Round:
    """Put the round into the store; of two that begin it at once, both get the first one's."""
    day, at = settings.now().date(), surroundings.now().astimezone(UTC).replace(microsecond=0)
    value = {"format": FORMAT, "week": str(Week.of(day)), "at": at.isoformat()}
    Series(FOLDER, surroundings.store, ring).put(school_year(day), json.dumps(value).encode())
    begun = round_of(surroundings.store, ring, school_year(day))
    if begun is None:
        raise LichtbriefError("the store does not show what was put into it", "run this again")
    return begun


def _reading(settings: Settings, roster: Roster, day: date) -> set[str]:
    """Who may read letters today, and whose access was not ended."""
    ended = Log.of(settings.state).standing().revocations.ended
    return {row.guardian for row in roster.relations if row.reads and holds(row, day)} - ended


def _print(settings: Settings, roster: Roster, own: Mapping[str, Sequence[Child]]) -> Path | None:
    if not own:
        return None
    people = roster.guardians
    sheets = [Sheet(people[g].name, people[g].language, children) for g, children in own.items()]
    head = letterhead_of(settings)
    page = render_sheets(theme_of(settings), head, settings.language, settings.rules, sheets)
    write_whole(settings.state / FILE, page.encode())
    return settings.state / FILE


def children_of(
    roster: Roster, settings: Settings, moment: datetime
) -> Mapping[str, Sequence[Child]]:
    """The guardians who decide today, by id, and of each child that guardian's own answers."""
    facts, day = Facts.of(roster), moment.date()
    found: defaultdict[str, list[Child]] = defaultdict(list)
    for pupil, person in roster.pupils.items():
        about = facts.pupils.get(pupil)
        if about is None or not about.at_school(day):
            continue
        for guardian in about.guardians(day)[0]:
            said = recorded(about, guardian, moment, settings.rules)
            found[guardian].append(Child(pupil, person.first_name, said))
    return {guardian: found[guardian] for guardian in sorted(found)}


@dataclass(frozen=True)
class Reminding:
    """What it takes to put a round into letters, of one reading of roster and ledger.

    `mailed` is by guardian the week of the first letter that was mailed since the round began.
    """

    round: Round
    decided: Decided
    mailed: Mapping[str, str]
    theme: Theme
    letterhead: Letterhead
    answerable: bool

    def record(self, guardian: str, week: Week) -> str:
        """What stands in this guardian's letter of this week, as HTML; or nothing.

        It stands in the letters from the round on until one was mailed, and then in that one.
        """
        children = self._children.get(guardian)
        is_in_time = week >= self.round.week and week.school_year == self.round.year
        is_its_turn = self.mailed.get(guardian, str(week)) == str(week)
        if not (children and is_in_time and is_its_turn):
            return ""
        return render_record(
            self.theme,
            self.decided.roster.guardians[guardian].language,
            self.letterhead,
            self.decided.settings.rules,
            children,
            answerable=self.answerable,
        )

    @cached_property
    def _children(self) -> Mapping[str, Sequence[Child]]:
        return children_of(self.decided.roster, self.decided.settings, self.decided.moment)


def reminding(
    decided: Decided, ring: KeyRing, ledger: Ledger, surroundings: Surroundings
) -> Reminding | None:
    """This school year's round for the letters of a run; None when there is none."""
    begun = round_of(surroundings.store, ring, decided.week.school_year)
    if begun is None:
        return None
    mailed = {guardian: name[:WEEK] for guardian, name in ledger.first_sent(begun.at).items()}
    theme, head = theme_of(decided.settings), letterhead_of(decided.settings)
    return Reminding(begun, decided, mailed, theme, head, surroundings.poster is not None)
