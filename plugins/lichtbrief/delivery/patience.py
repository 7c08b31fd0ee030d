"""When to try again, when to rest and when to give up: a bad address is not a bad relay."""

from dataclasses import dataclass, field

from lichtbrief.delivery.crew import Unwritten
from lichtbrief.delivery.outcomes import Later, Lost, Outcome, Refused, Sent, Uncertain
from lichtbrief.errors import LichtbriefError
from lichtbrief.limits import Limits

BREAKS_IN_A_ROW = 3  # a relay that is down stays down for the next guardian too
PUT_OFF_IN_A_ROW = 10  # a relay that puts off everybody has had enough of us for a while
REFUSALS_IN_A_ROW = 10  # a relay that refuses everybody refuses the school, not the address
BATCH = 50  # at 30 mails a minute the ledger is kept elsewhere every 100 s
LONGEST_S = 900.0  # more than the ten minutes for which a relay may think after the dot
BACKOFF = (10.0, 60.0, 300.0)  # seconds; grey lists let the same mail in after some minutes


@dataclass(frozen=True, slots=True)
class SendingRules:
    """How fast to send, and what to do when something goes wrong.

    `holds` leaves those who perhaps have the mail to a person; `backoff` (seconds) is waited before
    each further try; after `batch` mails the ledger is kept; `longest` (seconds) ends one mail. No
    mail starts from the moment `closes` on (seconds since 1970).
    """

    limits: Limits = field(default_factory=Limits)
    holds: bool = False
    backoff: tuple[float, ...] = BACKOFF
    batch: int = BATCH
    longest: float = LONGEST_S
    closes: float | None = None


@dataclass(slots=True)
class Patience:
    """Counts what goes wrong in a row; `backoff` is how long to wait, longer each time."""

    backoff: tuple[float, ...]
    breaks: int = 0
    put_off: int = 0
    refusals: int = 0
    rests: int = 0

    def after(self, outcome: Outcome | Unwritten, words: str) -> float | LichtbriefError:
        """How many seconds to let the relay rest now, or why to stop altogether."""
        self.breaks = self.breaks + 1 if isinstance(outcome, Lost | Uncertain) else 0
        self.put_off = self.put_off + 1 if isinstance(outcome, Later) else 0
        self.refusals = self.refusals + 1 if isinstance(outcome, Refused) else 0
        if isinstance(outcome, Sent):
            self.rests = 0
        if self.refusals >= REFUSALS_IN_A_ROW:
            return _stopped(self.refusals, words)
        if self.breaks < BREAKS_IN_A_ROW and self.put_off < PUT_OFF_IN_A_ROW:
            return 0.0
        if self.rests >= len(self.backoff):
            return _stopped(self.breaks or self.put_off, words)
        self.breaks = self.put_off = 0
        self.rests += 1
        return self.backoff[self.rests - 1]

    def again_after(self, outcome: Outcome | Unwritten, tries: int, *, holds: bool) -> float | None:
        """In how many seconds to try this guardian again, after so many tries; None: not now.

        One who perhaps has the mail gets it once more in a run, and not at all when held.
        """
        match outcome:
            case Later() | Lost():
                waits = self.backoff
            case Uncertain():
                waits = () if holds else self.backoff[:1]
            case _:
                waits = ()
        return waits[tries - 1] if tries <= len(waits) else None


def _stopped(count: int, words: str) -> LichtbriefError:
    return LichtbriefError(
        f"sending stopped: {count} mails in a row were not taken; the last: {words}",
        "mend what it says and run this again: it goes on with those who had no mail",
    )
