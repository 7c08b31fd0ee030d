"""Cards: the passphrases of this school year on paper, for guardians who read by mail."""

from dataclasses import dataclass
from pathlib import Path

from lichtbrief.errors import LichtbriefError
from lichtbrief.files import write_whole
from lichtbrief.jobs.ground.finding import must_be_guardian
from lichtbrief.jobs.ground.keys import ring_of
from lichtbrief.jobs.ground.letterhead import letterhead_of
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.ground.people import office_roster
from lichtbrief.letters.cards import Card, render_cards
from lichtbrief.roster import Delivery, Guardian, holds, school_year
from lichtbrief.sealing import passphrase_of
from lichtbrief.settings import Settings
from lichtbrief.site import theme_of

FILE = "cards.html"


@dataclass(frozen=True, slots=True)
class Printed:
    """Where the cards are and how many."""

    file: Path
    cards: int


def print_cards(settings: Settings, guardian: str | None) -> Printed:
    """Write one guardian's card, or those of all who read by mail (None), for the office to print.

    Raises `LichtbriefError` when letters ask for no passphrase and for somebody who is not there.
    """
    if not settings.passphrase:
        hint = "set LICHTBRIEF_PASSPHRASE = True in publishconf.py"
        raise LichtbriefError("letters ask for no passphrase", hint)
    roster = office_roster(settings, "printing cards")
    today = settings.now().date()
    year = school_year(today)
    secret = ring_of(settings, year).year(year)
    ended = Log.of(settings.state).standing().revocations
    if guardian is not None:
        must_be_guardian(roster, guardian)
        people = [roster.guardians[guardian]]
    else:
        readers = {one.guardian for one in roster.relations if one.reads and holds(one, today)}
        people = [one for name, one in roster.guardians.items() if name in readers and _mailed(one)]
    cards = [
        Card(one.name, one.language, year, passphrase_of(secret, one.id, ended.of_card(one.id)))
        for one in sorted(people, key=lambda one: (one.name, one.id))
    ]
    page = render_cards(theme_of(settings), letterhead_of(settings), settings.language, cards)
    file = settings.state / FILE
    write_whole(file, page.encode())
    return Printed(file, len(cards))


def _mailed(guardian: Guardian) -> bool:
    return guardian.delivery is not Delivery.paper
