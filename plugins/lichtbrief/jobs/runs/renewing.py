"""Renewal: what is published already becomes what may be seen now, and nobody is mailed.

So a withdrawal is carried out on the day itself. No week that parents have not had is touched,
and a post that a teacher has broken in the meantime does not hold it back: it is left out.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from lichtbrief.delivery import Ledger
from lichtbrief.editions import Week as IsoWeek
from lichtbrief.errors import Problem
from lichtbrief.jobs.build.building import Build, build
from lichtbrief.jobs.build.workshop import open_workshop
from lichtbrief.jobs.decide.deciding import Decided, read_and_decide
from lichtbrief.jobs.ground.keys import ring_of
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.ground.manifest import Manifest
from lichtbrief.jobs.ground.turn import Turn
from lichtbrief.jobs.publish.addressees import NOBODY
from lichtbrief.jobs.publish.publishing import Publisher
from lichtbrief.jobs.runs.published import Published
from lichtbrief.jobs.runs.weekly import Week
from lichtbrief.site import post_reader, theme_of

FOLDER = "renewed"


@dataclass(frozen=True, slots=True)
class Renewed:
    """What a renewal did (None when nothing was published yet), and the posts it left out."""

    published: Published | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Renewal(Week):
    """A run over what is published already; `last` is the newest week of it."""

    last: IsoWeek | None = None

    def build(self) -> Build:
        """Make the editions anew in a folder of their own; Pelican's output stays as it is."""
        return build_apart(self)

    def decide(self) -> Decided:
        """Read and decide everything up to the newest published week, but for broken posts."""
        return read_and_decide(self.settings, post_reader(self.site), last=self.last)

    def publisher(self, ledger: Ledger, manifest: Manifest) -> Publisher:
        """A publisher that makes no new letter and prolongs none."""
        return replace(Week.publisher(self, ledger, manifest), whom=NOBODY)


def build_apart(run: Week) -> Build:
    """Make the editions of what a run decides, and nothing else, in the folder of its settings."""
    decided = run.decide()
    ring, theme = ring_of(run.settings, decided.week.school_year), theme_of(run.settings)
    shutil.rmtree(run.settings.output, ignore_errors=True)
    with open_workshop(run.settings, ring, theme, run.progress) as workshop:
        return build(decided, workshop, run.settings.output)


R = TypeVar("R", bound=Renewal)


def renewal_of(week: Week, kind: Callable[..., R]) -> R | None:
    """A renewal of that kind, which builds in a folder of its own; None before the first edition.

    The log must know what the store knows (`Week.catch_up`).
    """
    standing = Log.of(week.settings.state).standing()
    weeks = [IsoWeek.parse(each) for _, each in standing.editions.values()]
    if not weeks:
        return None
    settings = replace(week.settings, output=week.settings.state / FOLDER)
    around = week.surroundings, week.progress, week.max_delete, week.holds, week.say
    return kind(week.site, settings, *around, last=max(weeks))


def renew(week: Week, turn: Turn) -> Renewed:
    """Bring everything that is published to what may be seen now; raises `LichtbriefError`."""
    week.catch_up()
    return bring_to_light(week, turn)


def bring_to_light(week: Week, turn: Turn) -> Renewed:
    """The same, for who has just caught up."""
    renewal = renewal_of(week, Renewal)
    if renewal is None:
        return Renewed(None)
    result, publisher, publication = renewal.build_and_plan(turn.ledger)
    done = replace(renewal.store(turn, publisher, publication), build=result)
    shutil.rmtree(renewal.settings.output, ignore_errors=True)
    return Renewed(done, publisher.decided.problems)
