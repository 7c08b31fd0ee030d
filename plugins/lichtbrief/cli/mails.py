"""What the weekly job and `status` say of a week's mails: the states, and who has none."""

import sys
from collections.abc import Iterator, Mapping, Sequence

from lichtbrief.cli.errors import print_error
from lichtbrief.cli.tables import Row
from lichtbrief.delivery import State, Unsent, WeekSent
from lichtbrief.editions import Week

STATES = {
    State.PENDING: "not tried yet; the next run sends it",
    State.SENDING: "on the way, or left by a run that was killed",
    State.SENT: "have this week's mail",
    State.FAILED: "refused for good; mend the address and run it again",
    State.RETRY: "not taken now; the next run tries again",
    State.UNCERTAIN: "perhaps sent; the next run sends it again, unless it holds them",
    State.SUPPRESSED: "get no mail: nothing (new) to read, or an address that was given up",
}


def state_rows(
    counts: Mapping[State, int], frozen: int, *, of_a_day: bool = False
) -> Iterator[Row]:
    """How many recipients there were before the first mail, and how many are in each state now."""
    nobody = "nothing is new to anybody" if of_a_day else "nobody yet in this week"
    words = STATES | ({State.SENT: "have today's mail"} if of_a_day else {})
    yield "Guardians to be mailed", frozen, "" if frozen else nobody
    for state, count in counts.items():
        if count:
            yield f"Guardians: {state}", count, words[state]


def print_twice(twice: Sequence[str]) -> None:
    """Say on standard error who perhaps has the mail twice."""
    for guardian in twice:
        sys.stderr.write(f"hint: guardian {guardian} perhaps has the mail twice\n")


def print_unsent(
    sent: WeekSent, frozen: int, unsent: Sequence[Unsent], earlier: Mapping[Week, int]
) -> int:
    """Say on standard error who has no mail and why, and 1; 0 when everybody has theirs.

    Raises what stopped the sending before its end, where there is nothing worse to tell of. That
    the states add up to the recipients who were frozen is checked here.
    """
    for one in unsent:
        words = f", {one.words}" if one.words else ""
        has = "perhaps has the mail" if one.state is State.UNCERTAIN else "has no mail"
        sys.stderr.write(f"error: guardian {one.guardian} {has}: {one.state}{words}\n")
    if (count := sum(sent.counts.values())) != frozen:
        sys.stderr.write(f"error: {frozen} were to be mailed, and the ledger tells of {count}\n")
        sys.stderr.write("hint: somebody changed the ledger; run the job with --restore-ledger\n")
        return 1
    states = {one.state for one in unsent}
    if sent.stopped is not None and State.FAILED not in states:
        raise sent.stopped
    if sent.stopped is not None:
        print_error(sent.stopped)
    if State.UNCERTAIN in states:
        sys.stderr.write("hint: ask them, or mail them again with --uncertain resend\n")
    if State.FAILED in states:
        sys.stderr.write(
            "hint: an address that is refused is the office's to mend; then run again\n"
        )
    for week, count in earlier.items():
        sys.stderr.write(f"hint: {count} of week {week} have no mail: run it with --week {week}\n")
    return 1 if unsent else 0
