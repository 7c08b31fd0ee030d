"""Fresh links: the newest published week's letters, prolonged and mailed once more."""

import shutil
from dataclasses import dataclass, replace
from functools import partial

from lichtbrief.delivery import Ledger, Round, Sender, State
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.deciding import Decided
from lichtbrief.jobs.finding import must_be_guardian
from lichtbrief.jobs.mailing import Mailing
from lichtbrief.jobs.manifest import Manifest
from lichtbrief.jobs.people import office_roster
from lichtbrief.jobs.publication import Publication
from lichtbrief.jobs.publishing import Publisher
from lichtbrief.jobs.renewing import Renewal, renewal_of
from lichtbrief.jobs.surroundings import open_sender, open_transports
from lichtbrief.jobs.turn import Turn
from lichtbrief.jobs.weekly import Published, Week
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
        week = made.decided.week
        asked = made.decided.readers(week).keys() if self.asked is None else self.asked
        states = ledger.states(week)
        due = ledger.due(ledger.round(week))
        fresh = {who for who in {*asked, *due} if states.get(who) is not State.SUPPRESSED}
        return replace(made, fresh=frozenset(fresh))

    def _mailing(self, publisher: Publisher, publication: Publication, sender: Sender) -> Mailing:
        mailing = Renewal._mailing(self, publisher, publication, sender)
        return replace(mailing, round=publisher.ledger.round(publisher.decided.week))


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
    decided, ledger = publisher.decided, turn.ledger
    tasks = [
        task
        for task in publication.letters
        if task.week == decided.week and task.guardian in publisher.fresh
    ]
    round_ = ledger.round(decided.week)
    mailed = replace(publication, letters=tuple(tasks))
    mails = made._mail(turn, publisher, mailed, sender, transports)
    shutil.rmtree(made.settings.output, ignore_errors=True)
    done = replace(
        done, mails=mails, build=build, unsent=ledger.unsent(round_), twice=ledger.twice(round_)
    )
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
