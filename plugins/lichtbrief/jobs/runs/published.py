"""What a run has done, for whoever tells of it: stages, objects, mails."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic

from lichtbrief.delivery import Unsent
from lichtbrief.editions import Week
from lichtbrief.jobs.answers.taking_in import Emptied
from lichtbrief.jobs.build.building import Build
from lichtbrief.jobs.mail.mailing import Mails
from lichtbrief.jobs.publish.publication import Publication
from lichtbrief.jobs.publish.recording import TakenBack


@dataclass(slots=True)
class Stages:
    """How long each stage took, in seconds, in order."""

    seconds: dict[str, float] = field(default_factory=dict)
    _since: float = field(default_factory=monotonic)

    def end(self, stage: str) -> None:
        """Note that the stage which began when the last one ended is over."""
        now = monotonic()
        self.seconds[stage] = round(self.seconds.get(stage, 0.0) + now - self._since, 3)
        self._since = now


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: the plan, how many objects were put and deleted, the mails' states.

    `mails` is None where none were to be sent, `unsent` tells whose did not go out and why, `twice`
    who perhaps has it twice, and `earlier` counts those of earlier weeks whom no run has mailed
    yet; `returned` how many addresses wait for the office, because mail to them came back.
    `taken_back` is what was shown before and now is not. `occasion` is what was mailed for, and
    `had_all` counts those who got no mail, because those of the days had told them all of it.
    `emptied` is what came of the letterboxes, None where letters are not answered.
    """

    publication: Publication
    uploaded: int
    deleted: int
    mails: Mails | None
    seconds: Mapping[str, float]
    build: Build | None = None
    unsent: tuple[Unsent, ...] = ()
    twice: tuple[str, ...] = ()
    earlier: Mapping[Week, int] = field(default_factory=dict)
    returned: int = 0
    taken_back: tuple[TakenBack, ...] = ()
    occasion: Week | None = None
    had_all: int = 0
    emptied: Emptied | None = None
