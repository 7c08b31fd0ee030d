"""Sends one week: every due guardian once, each step in the ledger before and after it happens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from lichtbrief.delivery.ledger import Ledger
from lichtbrief.delivery.mail import Mail
from lichtbrief.delivery.outcomes import Later, Lost, Outcome, Refused, Sent, Uncertain
from lichtbrief.delivery.states import State
from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError

BREAKS_IN_A_ROW = 3  # a relay that is down stays down for the next guardian too
REFUSALS_IN_A_ROW = 10  # a relay that refuses everybody refuses the school, not the address
BATCH = 50  # at 30 mails a minute the ledger is kept elsewhere every 100 s


class Transport(Protocol):
    """Hands over one mail; calls `before_data` when the next word is DATA."""

    def send(self, mail: Mail, before_data: Callable[[], None]) -> Outcome:
        """What became of the mail; never raises for what the relay or the network does."""


@dataclass(frozen=True, slots=True)
class WeekSent:
    """The state of every recipient after the run; `stopped` says why it ended early, if it did."""

    counts: Mapping[State, int]
    stopped: LichtbriefError | None = None


@dataclass(frozen=True, slots=True)
class Unwritten:
    """The mail could not be written; nothing left the school."""

    words: str


@dataclass(slots=True)
class _Patience:
    """Counts what goes wrong in a row, to tell a bad address from a bad relay."""

    breaks: int = 0
    refusals: int = 0

    def after(self, outcome: Outcome | Unwritten) -> LichtbriefError | None:
        """Why to stop now, or None to go on."""
        self.breaks = self.breaks + 1 if isinstance(outcome, Lost | Uncertain) else 0
        self.refusals = self.refusals + 1 if isinstance(outcome, Refused) else 0
        if self.breaks < BREAKS_IN_A_ROW and self.refusals < REFUSALS_IN_A_ROW:
            return None
        return LichtbriefError(
            f"sending stopped: {self.breaks or self.refusals} mails in a row"
            f" were not taken; the last: {_result(outcome)[1]}",
            "mend what it says and run this again: it goes on with those who had no mail",
        )


def send_week(
    ledger: Ledger,
    week: Week,
    make: Callable[[str], Mail],
    transport: Transport,
    progress: Callable[[State], None],
    keep: Callable[[], None] = lambda: None,
    *,
    batch: int = BATCH,
) -> WeekSent:
    """Send to every guardian of the frozen `week` who is due; `progress` hears each one's state.

    `make` writes a guardian's mail; its LichtbriefError leaves that guardian at `retry`. `keep`
    puts the ledger away: it is called before the first mail, after each `batch` of them and at the
    end, while none is under way, and its LichtbriefError stops the sending. Raises LichtbriefError
    only when the ledger cannot be written. After a kill, run it again: nobody is left out, and only
    the one who was being sent to may get the mail twice; from a ledger that was kept, one batch.
    """
    ledger.recover(week)
    patience, stopped = _Patience(), None
    for number, guardian in enumerate(ledger.due(week)):
        if number % batch == 0 and (stopped := _kept(keep)):
            return WeekSent(ledger.counts(week), stopped)
        outcome = _send_one(ledger, week, guardian, make, transport)
        state, words = _result(outcome)
        ledger.mark(week, guardian, state, words)
        progress(state)
        if stopped := patience.after(outcome):
            break
    return WeekSent(ledger.counts(week), _kept(keep) or stopped)


def _kept(keep: Callable[[], None]) -> LichtbriefError | None:
    """What stopped the ledger from being put away, or None."""
    try:
        keep()
    except LichtbriefError as error:
        return error
    return None


def _send_one(
    ledger: Ledger, week: Week, guardian: str, make: Callable[[str], Mail], transport: Transport
) -> Outcome | Unwritten:
    try:
        mail = make(guardian)
    except LichtbriefError as error:
        return Unwritten(error.message)
    sending = partial(ledger.mark, week, guardian, State.SENDING, message_id=mail.message_id)
    return transport.send(mail, sending)


def _result(outcome: Outcome | Unwritten) -> tuple[State, str]:
    """The state and the words that an outcome leaves in the ledger."""
    match outcome:
        case Sent():
            return State.SENT, ""
        case Refused(words=words):
            return State.FAILED, words
        case Later(words=words) | Lost(words=words) | Unwritten(words=words):
            return State.RETRY, words
        case Uncertain(words=words):
            return State.UNCERTAIN, words
