"""Fresh links: the newest published week's letters, prolonged and mailed once more."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from lichtbrief.delivery import Ledger, Round, Sender, State
from lichtbrief.editions import Week as IsoWeek
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.ground.finding import must_be_guardian
from lichtbrief.jobs.ground.manifest import Manifest
from lichtbrief.jobs.ground.people import office_roster
from lichtbrief.jobs.ground.surroundings import open_sender, open_transports
from lichtbrief.jobs.ground.turn import Turn
from lichtbrief.jobs.mail.mailing import Mailing
from lichtbrief.jobs.publish.addressees import Addressees, of_the_week
from lichtbrief.jobs.publish.news import direct_readers
from lichtbrief.jobs.publish.publication import Publication
from lichtbrief.jobs.publish.publishing import Publisher
from lichtbrief.jobs.runs.published import Published
from lichtbrief.jobs.runs.renewing import Renewal, renewal_of
from lichtbrief.jobs.runs.weekly import Week
from lichtbrief.roster import Delivery


@dataclass(frozen=True, slots=True)
class Relinked:
    """What relinking did; `without` says why whom it was asked for gets nothing."""

    published: Published
    round: Round
    without: str = ""


@dataclass(frozen=True, slots=True)
class Relinking(Renewal):
    """A renewal whose letters are fresh for those who are asked for (None: for all)."""

    asked: frozenset[str] | None = None

    def publisher(self, ledger: Ledger, manifest: Manifest) -> Publisher:
        """A publisher that prolongs the letters of whoever gets a link."""
        made = Renewal.publisher(self, ledger, manifest)
        decided, week = made.decided, made.decided.week
        had = of_the_week(decided, ledger).had
        states = ledger.states(week)
        lost = {who for who, state in states.items() if state is State.SUPPRESSED} - had
        newest = newest_letters(decided, ledger, manifest)
        asked = newest.keys() if self.asked is None else self.asked
        due = ledger.due(ledger.round(week))
        fresh = {who: newest[who] for who in {*asked, *due} - lost if who in newest}
        return replace(made, whom=Addressees(everybody=False, fresh=fresh))

    def occasion(self, publisher: Publisher) -> Round:
        """A further round of the week."""
        return publisher.ledger.round(publisher.decided.week)

    def _mailing(self, publisher: Publisher, publication: Publication, sender: Sender) -> Mailing:
        mailing = Renewal._mailing(self, publisher, publication, sender)
        return replace(mailing, besides=self.occasion(publisher))


def newest_letters(decided: Decided, ledger: Ledger, manifest: Manifest) -> Mapping[str, IsoWeek]:
    """Each guardian's newest week of which there may be a letter for them.

    Of a week that only mails of its days have told so far, that is whoever reads on the day.
    """
    direct, found = direct_readers(decided), dict[str, IsoWeek]()
    published = {IsoWeek.parse(entry.week) for entry in manifest.editions}
    for week in sorted((week for week in published if week <= decided.week), reverse=True):
        occasions = ledger.told.occasions(week, week)
        only_days = bool(occasions) and not ledger.frozen(week)
        for guardian, groups in decided.readers(week).items():
            has_any = any(manifest.edition(group, week) for group in groups)
            if has_any and (guardian in direct or not only_days):
                found.setdefault(guardian, week)
        if not only_days:
            break
    return found


def relink(week: Week, turn: Turn, guardian: str | None) -> Relinked:
    """Send a fresh link to one guardian, or to everybody (None) who reads the newest week by mail.

    A round that was not finished goes on first. Raises `LichtbriefError` for somebody who is not
    there, and when nothing is published yet.
    """
    sender, transports = open_sender(week.settings), open_transports(week.settings)
    if guardian is not None:
        must_be_guardian(office_roster(week.settings, "sending links"), guardian)
    week.catch_up()
    asked = None if guardian is None else frozenset({guardian})
    made = renewal_of(week, partial(Relinking, asked=asked))
    if made is None:
        raise LichtbriefError("nothing is published yet", "run lichtbrief weekly first")
    build, publisher, publication = made.build_and_plan(turn.ledger)
    done = made.store(turn, publisher, publication)
    decided, round_ = publisher.decided, made.occasion(publisher)
    tasks = publisher.whom.of(publication.letters, decided.week)
    done = replace(made.mail(done, turn, publisher, sender, transports), build=build)
    shutil.rmtree(made.settings.output, ignore_errors=True)
    if guardian is None or guardian in {task.guardian for task in tasks}:
        return Relinked(done, round_)
    return Relinked(done, round_, _why_not(decided, guardian))


def _why_not(decided: Decided, guardian: str) -> str:
    """Why this guardian gets no link, and what to do if that is wrong."""
    if guardian in decided.standing.revocations.ended:
        return "their access was ended; lichtbrief revoke --undo gives it back"
    if decided.roster.guardians[guardian].delivery is Delivery.paper:
        return "they read on paper, says guardians.csv"
    if guardian not in decided.readers(decided.week):
        return "they may not read, says relations.csv"
    return "there is no mail of this week for them; lichtbrief weekly says more"
