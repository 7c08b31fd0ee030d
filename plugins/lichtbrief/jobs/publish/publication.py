"""What one run of publishing comes down to, before anything of it is done."""

from collections.abc import Mapping
from dataclasses import dataclass

from lichtbrief.jobs.decide.wording import Held
from lichtbrief.jobs.publish.granting import LetterTask
from lichtbrief.jobs.publish.opening import OpenEdition
from lichtbrief.roster import Delivery
from lichtbrief.storage import Plan


@dataclass(frozen=True, slots=True)
class Publication:
    """One run's publishing, planned: the letters there should be, and the steps to get there.

    `held` are the posts that it goes without; `out_of_date` counts what the teachers' copy of the
    roster is wrong about.
    """

    letters: tuple[LetterTask, ...]
    editions: Mapping[str, OpenEdition]
    plan: Plan
    unmailed: Mapping[Delivery, int]
    held: tuple[Held, ...] = ()
    out_of_date: int = 0
