"""The states of one guardian's mail in one week, and which may follow which."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """How far one guardian's mail of one week has come."""

    PENDING = "pending"
    """Not tried yet."""
    SENDING = "sending"
    """Being handed to the relay; a killed run leaves this behind."""
    SENT = "sent"
    """The relay has taken it. Final: nobody gets a week twice by a re-run."""
    FAILED = "failed"
    """Refused for good; it waits for a person to mend the address."""
    RETRY = "retry"
    """Nothing was handed over; the next run tries again."""
    UNCERTAIN = "uncertain"
    """Handed over, but no answer came; sent again, since twice is better than never."""
    SUPPRESSED = "suppressed"
    """This guardian gets no mail this week (paper, or asked not to)."""


# In this order: whoever has surely had no mail goes before whoever may have had one.
DUE = (State.PENDING, State.RETRY, State.UNCERTAIN)

_TRIED = frozenset({State.SENDING, State.RETRY, State.FAILED, State.SUPPRESSED})

FOLLOWERS: Mapping[State, frozenset[State]] = {
    State.PENDING: _TRIED,
    State.RETRY: _TRIED,
    State.UNCERTAIN: _TRIED | {State.UNCERTAIN},
    State.SENDING: frozenset({State.SENT, State.RETRY, State.FAILED, State.UNCERTAIN}),
    State.FAILED: frozenset({State.PENDING, State.SUPPRESSED}),
    State.SUPPRESSED: frozenset({State.PENDING}),
    State.SENT: frozenset(),
}


def before(state: State) -> tuple[State, ...]:
    """The states that `state` may follow, in the order of `State`."""
    return tuple(earlier for earlier in State if state in FOLLOWERS[earlier])
