"""The job of a school day: publish the week so far, and mail its news to those who asked for it.

Nobody else hears of it: there is no letter of this week for whoever reads on Friday before Friday.
"""

import time
from dataclasses import dataclass, replace

from lichtbrief.delivery import Day, Ledger, Sender, SendingRules
from lichtbrief.editions import Week as IsoWeek
from lichtbrief.jobs.build.building import Build
from lichtbrief.jobs.decide.deciding import Decided, read_and_decide
from lichtbrief.jobs.ground.manifest import Manifest
from lichtbrief.jobs.ground.people import people_of
from lichtbrief.jobs.mail.mailing import Mailing
from lichtbrief.jobs.publish.addressees import of_the_day
from lichtbrief.jobs.publish.publication import Publication
from lichtbrief.jobs.publish.publishing import Publisher
from lichtbrief.jobs.publish.school_hours import seconds_left, why_not_now
from lichtbrief.jobs.runs.renewing import build_apart
from lichtbrief.jobs.runs.weekly import Week
from lichtbrief.roster import Delivery
from lichtbrief.settings import Settings
from lichtbrief.site import post_reader


@dataclass(frozen=True, slots=True)
class Daily(Week):
    """One run for one day; the week in the settings must be the present one.

    It builds in a folder of its own, so that Pelican's output stays as it is.
    """

    def build(self) -> Build:
        """Make the editions of the week so far; raises `LichtbriefError` for every error."""
        return build_apart(self)

    def decide(self) -> Decided:
        """Read and decide everything, without the posts of days to come; a broken post stops it."""
        today = IsoWeek.of(self.settings.now().date())
        decided = read_and_decide(self.settings, post_reader(self.site), last=today)
        decided.refuse_problems()
        return decided

    def publisher(self, ledger: Ledger, manifest: Manifest) -> Publisher:
        """A publisher that makes the letters of whoever gets a mail today, and no other's."""
        made = Week.publisher(self, ledger, manifest)
        return replace(made, whom=of_the_day(made.decided, ledger, holds=self.holds))

    def occasion(self, publisher: Publisher) -> Day:
        """The day."""
        return Day.on(publisher.decided.moment.date())

    def rules(self) -> SendingRules:
        """The same as every week, but no mail starts in the quiet hours."""
        left = seconds_left(self.settings, self.settings.now())
        return replace(Week.rules(self), closes=time.time() + left)

    def _mailing(self, publisher: Publisher, publication: Publication, sender: Sender) -> Mailing:
        mailing = Week._mailing(self, publisher, publication, sender)
        return replace(mailing, besides=self.occasion(publisher), news=publisher.whom.news)


FOLDER = "daily"


def daily(week: Week) -> Daily:
    """The run of today with what this one was given."""
    settings = replace(week.settings, output=week.settings.state / FOLDER)
    around = week.surroundings, week.progress, week.max_delete
    return Daily(week.site, settings, *around, week.holds, week.say)


def why_nothing(settings: Settings) -> str:
    """Why there is nothing to do for this job now, in words; empty when there may be.

    Raises `LichtbriefError` for a roster that cannot be read.
    """
    if why := why_not_now(settings, settings.now()):
        return f"{why}; what is new is mailed on the next school day"
    people = people_of(settings).guardians.values()
    if not any(person.delivery is Delivery.direct for person in people):
        return "nobody's delivery in guardians.csv is direct"
    return ""
