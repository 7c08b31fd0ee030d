"""Sends one week: every due guardian once, each step in the ledger before and after it happens."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Event

from lichtbrief.delivery.crew import Crew, Transport
from lichtbrief.delivery.ledger import Ledger
from lichtbrief.delivery.mail import Mail
from lichtbrief.delivery.patience import SendingRules
from lichtbrief.delivery.run import Run
from lichtbrief.delivery.states import State
from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError


@dataclass(frozen=True, slots=True)
class WeekSent:
    """The state of every recipient after the run; `stopped` says why it ended early, if it did."""

    counts: Mapping[State, int]
    stopped: LichtbriefError | None = None


Keep = Callable[[Week, Sequence[str]], None]
"""Puts the ledger away: told the week, and who may be mailed before it is put away again."""


def keep_nothing(_: Week, __: Sequence[str]) -> None:
    """Puts the ledger away nowhere."""


def send_week(
    ledger: Ledger,
    week: Week,
    make: Callable[[str], Mail],
    transports: Sequence[Transport],
    progress: Callable[[State], None],
    keep: Keep = keep_nothing,
    rules: SendingRules | None = None,
    stop: Event | None = None,
) -> WeekSent:
    """Send to every guardian of the frozen `week` who is due, over all `transports` at once.

    `make` writes a guardian's mail, in several threads; its LichtbriefError leaves that guardian
    at `retry`. `progress` hears each one's last state. `keep` puts the ledger away: it is called
    before the first mail, after each batch and at the end, while none is under way, and its
    LichtbriefError stops the sending. `stop` ends it after the mails under way. After a kill, run
    it again: nobody is left out, and only those who were being sent to (one a connection) may get
    the mail twice; from a ledger that was kept, one batch, which it lists as being sent to.
    """
    ledger.recover(week)
    with Crew(transports, make) as crew:
        run = Run(ledger, week, crew, progress, keep, rules or SendingRules(), stop or Event())
        stopped = run.go()
    return WeekSent(ledger.counts(week), stopped)
