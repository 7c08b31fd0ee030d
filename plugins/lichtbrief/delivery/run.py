"""The coordinator of a run: says who is next, writes down what the crew tells, and when to stop."""

import heapq
import time
from collections import Counter
from collections.abc import Callable, Sequence
from threading import Event

from lichtbrief.delivery.crew import Asked, Crew, Done, Told, Unwritten
from lichtbrief.delivery.ledger import Ledger
from lichtbrief.delivery.outcomes import Later, Lost, Outcome, Refused, Sent, Uncertain
from lichtbrief.delivery.pace import Pace
from lichtbrief.delivery.patience import Patience, SendingRules
from lichtbrief.delivery.rows import Mark
from lichtbrief.delivery.states import State
from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError, PausedError

KEPT_EVERY_S = 240.0  # a slow pace must not let the lease in the store end
TICK_S = 0.2  # how soon a wish to stop is heard
TWICE = "perhaps mailed twice"


class Run:
    """One run for one week; see `send_week` for what it is given."""

    def __init__(
        self,
        ledger: Ledger,
        week: Week,
        crew: Crew,
        progress: Callable[[State], None],
        keep: Callable[[Week, Sequence[str]], None],
        rules: SendingRules,
        stop: Event,
    ) -> None:
        self.ledger, self.week, self.crew, self.rules = ledger, week, crew, rules
        self.progress, self.keep, self.stop = progress, keep, stop
        states = ledger.states(week)
        self.doubtful = {one for one, state in states.items() if state is State.UNCERTAIN}
        held = self.doubtful if rules.holds else frozenset()
        due = (guardian for guardian in ledger.due(week) if guardian not in held)
        self.queue = [(0.0, rank, guardian) for rank, guardian in enumerate(due)]
        self.pace = Pace(rules.limits, ledger.handed_of_last_day())
        self.patience = Patience(rules.backoff)
        self.tries: Counter[str] = Counter()
        self.under_way = 0
        self.unkept: int | None = None
        self.kept_at = 0.0
        self.rest_until = 0.0
        self.marks: list[Mark] = []
        self.unwritten: list[Mark] = []
        self.stopped: LichtbriefError | None = None
        self.failed: BaseException | None = None

    def go(self) -> LichtbriefError | None:
        """Send until nobody is due, or until it must stop; says why it stopped."""
        while not self.is_over():
            seconds = self.hand_out()
            if self.under_way or self.queue:
                self.listen(self.crew.hear(seconds))
                self.crew.abort_after(self.rules.longest)
        self.write([])
        self.write_late()
        if self.failed is not None:
            raise self.failed
        return self.kept() or self.stopped

    def is_over(self) -> bool:
        """Whether nothing is under way and nothing will be."""
        return not self.under_way and not (self.queue and self.goes_on)

    @property
    def goes_on(self) -> bool:
        """Whether nothing has happened after which no further mail may start."""
        return self.stopped is None and self.failed is None

    def hand_out(self) -> float:
        """Start every mail that may start now; for how many seconds none further can."""
        while self.queue and self.goes_on and self.under_way < len(self.crew):
            if self.is_unkept():
                if self.under_way:
                    return TICK_S
                self.stopped = self.kept(self.coming())
            self.stopped = self.stopped or self.paused()
            if self.stopped is None:
                if wait := self.wait():
                    return min(wait, TICK_S)
                self.start()
        return TICK_S

    def start(self) -> None:
        """Give the next guardian to the crew."""
        _, _, guardian = heapq.heappop(self.queue)
        self.tries[guardian] += 1
        self.unkept = (self.unkept or 0) + 1
        self.under_way += 1
        self.pace.start(time.time())
        self.crew.start(guardian)

    def wait(self) -> float:
        """Seconds until the next mail may start."""
        now = time.time()
        return max(0.0, self.pace.wait(now), max(self.queue[0][0], self.rest_until) - now)

    def paused(self) -> PausedError | None:
        """Why no further mail starts though nothing is wrong: a wish, the hour, the day's limit."""
        rest = len(self.queue)
        if self.stop.is_set():
            what = f"sending stopped as asked: {rest:,} still to be mailed"
            return PausedError(what, "run this again: it goes on where it was")
        if self.rules.closes is not None and time.time() >= self.rules.closes:
            what = f"the quiet hours have begun: {rest:,} still to be mailed"
            return PausedError(what, "the next school day's mail brings it")
        if self.pace.left_today(time.time()) == 0:
            hours = max(1, round(self.pace.day_opens(time.time()) / 3600))
            what = f"the limit of mails a day is reached: {rest:,} still to be mailed"
            return PausedError(what, f"run this again in {hours} h: it goes on where it was")
        return None

    def is_unkept(self) -> bool:
        """Whether it is time to put the ledger away."""
        if self.unkept is None or self.unkept >= self.rules.batch:
            return True
        return time.monotonic() - self.kept_at > KEPT_EVERY_S

    def coming(self) -> list[str]:
        """Whom the next batch may reach: whoever is tried again in it was started in it."""
        return [guardian for _, _, guardian in heapq.nsmallest(self.rules.batch, self.queue)]

    def kept(self, coming: Sequence[str] = ()) -> LichtbriefError | None:
        """Put the ledger away before those who are `coming`; what stopped it, or None."""
        self.unkept, self.kept_at = 0, time.monotonic()
        self.write([])
        try:
            self.keep(self.week, coming)
        except LichtbriefError as error:
            return error
        return None

    def listen(self, told: Sequence[Told]) -> None:
        """Draw conclusions from what was told, and write it down when somebody waits for that.

        That a mail went out is written with the next `sending`: one write to the disk for both, and
        a kill still leaves at most one mail a connection in doubt.
        """
        self.marks += [mark for each in told if (mark := self.mark_of(each))]
        for each in told:
            if isinstance(each, Done):
                self.conclude(each)
        asked = [each for each in told if isinstance(each, Asked)]
        if asked or not told:
            self.write(asked)

    def write(self, asked: Sequence[Asked]) -> None:
        """Make everything durable in one go, and answer those who ask for DATA."""
        marks, self.marks = self.marks, []
        refusal: LichtbriefError | None = None
        if marks:
            try:
                self.ledger.mark_all(self.week, marks)
            except LichtbriefError as error:
                self.stopped = refusal = error
                self.unwritten += [mark for mark in marks if mark.state is not State.SENDING]
        for each in asked:
            if refusal:
                each.answer.set_exception(refusal)
            else:
                each.answer.set_result(None)

    def write_late(self) -> None:
        """What could not be written down: once more, for a full disk may have room again."""
        for mark in self.unwritten:
            try:
                self.ledger.mark_all(self.week, [mark])
            except LichtbriefError as error:
                self.stopped = error

    def mark_of(self, told: Told) -> Mark | None:
        """What the ledger is to say."""
        if isinstance(told, Asked):
            return Mark(told.guardian, State.SENDING, message_id=told.message_id)
        if told.outcome is None:
            return None
        state, words = _result(told.outcome)
        if told.guardian in self.doubtful:
            # Whoever perhaps has the mail is not forgotten for that, whatever comes of the second.
            changed = {State.SENT: (state, TWICE), State.RETRY: (State.UNCERTAIN, words)}
            state, words = changed.get(state, (state, words))
        return Mark(told.guardian, state, words)

    def conclude(self, done: Done) -> None:
        """Try again, rest, stop or go on."""
        self.under_way -= 1
        self.failed = self.failed or done.error
        if done.outcome is None:
            return
        state, words = _result(done.outcome)
        if state is State.UNCERTAIN:
            self.doubtful.add(done.guardian)
        rest = self.patience.after(done.outcome, words)
        if isinstance(rest, LichtbriefError):
            self.stopped = self.stopped or rest
        elif rest:
            self.rest_until = time.time() + rest
        tries = self.tries[done.guardian]
        again = self.patience.again_after(done.outcome, tries, holds=self.rules.holds)
        if again is None:
            self.progress(state)
        else:
            heapq.heappush(self.queue, (time.time() + again, tries, done.guardian))


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
