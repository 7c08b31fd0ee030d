"""One mail per guardian: who is due, what it says, and the link signed at the moment of sending."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from lichtbrief.delivery import (
    DUE,
    Coming,
    Day,
    Ledger,
    LetterNews,
    Mail,
    Pace,
    Recipient,
    Round,
    Sender,
    SendingRules,
    SignedLink,
    State,
    Transport,
    WeekSent,
    identity_of,
    in_words,
    send_week,
    stop_when_asked,
    write_mail,
)
from lichtbrief.editions import Week
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.publish.granting import LetterTask
from lichtbrief.jobs.publish.news import News
from lichtbrief.jobs.publish.opening import OpenEdition
from lichtbrief.sealing import KeyRing, code_of
from lichtbrief.storage import Signer
from lichtbrief.theme import Theme

HAD = "has had all of it by the mails of the days"


@dataclass(frozen=True, slots=True)
class Mails:
    """What became of a week's mails.

    Every recipient's state, how many went out just now, and how many recipients were frozen before
    the first: the states add up to these, or the ledger has lost somebody.
    """

    states: WeekSent
    now: int
    frozen: int


@dataclass(frozen=True, slots=True)
class Mailing:
    """Writes the mails of one week: from the letters and the editions they hold.

    `besides` is the further round or the day of it that is mailed, if it is one. `news` are those
    whose mail tells only what is new to them.
    """

    decided: Decided
    ring: KeyRing
    theme: Theme
    signer: Signer
    sender: Sender
    editions: Mapping[str, OpenEdition]
    now: Callable[[], datetime]
    besides: Round | Day | None = None
    news: Mapping[str, News] = field(default_factory=dict)

    @property
    def occasion(self) -> Week:
        """The week, or the round or day of it: what its rows in the ledger are called."""
        return self.besides or self.decided.week

    def write(self, task: LetterTask) -> Mail:
        """The mail of one letter; its link is signed now and ends when the letter's links do."""
        secret = self.ring.year(self.occasion.school_year)
        guardian = self.decided.roster.guardians[task.guardian]
        code = code_of(task.key(self.ring))
        link = SignedLink(self.signer.sign(task.name, task.until), code)
        identity = identity_of(secret, task.guardian, self.occasion)
        recipient = Recipient(guardian.email, guardian.language, link, identity)
        return write_mail(self.theme, self.sender, self._news(task), recipient, self.now())

    def _news(self, task: LetterTask) -> LetterNews:
        indexes = [self.editions[entry.name].index for entry in task.editions]
        today, new = self.decided.moment.date(), self.news.get(task.guardian)
        counts, dates = (new.counts, new.dates) if new else _all_of(indexes)
        return LetterNews(
            week=task.week,
            until=task.until.astimezone(self.decided.settings.zone),
            dates=tuple(sorted(date for date in dates if date.start.date() >= today)),
            again=isinstance(self.besides, Round),
            day=today if new else None,
            **counts,
        )


def _all_of(indexes: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, int], frozenset[Coming]]:
    """How much all these editions hold, and when something is on."""
    counts = {
        what: sum(index["counts"][what] for index in indexes)
        for what in ("posts", "photos", "films", "events")
    }
    dates = (date for index in indexes for date in index["dates"])
    return counts, frozenset(
        Coming(datetime.fromisoformat(date["start"]), date["kind"]) for date in dates
    )


def freeze(
    ledger: Ledger,
    letters: Sequence[LetterTask],
    occasion: Week,
    given_up: Collection[str] = (),
    had: Collection[str] = (),
) -> None:
    """Write down who gets these letters' mails before the first is sent.

    Somebody not mailed yet who has no letter any more is suppressed: a guardian who left or lost
    the right to read gets nothing from that moment, nor does whose address the office has
    `given_up`, nor who `had` all of it by other mails. Whom the relay refused, and who was
    suppressed and may read again, is due once more: somebody ran the job again to have it mended.
    """
    readers = {task.guardian for task in letters}
    none = dict.fromkeys(had, HAD) | dict.fromkeys(given_up, "the office has given up the address")
    ledger.recover(occasion)
    ledger.freeze(occasion, sorted(readers))
    for guardian, state in ledger.states(occasion).items():
        if guardian not in readers and state in DUE:
            words = "has no letter of this week any more"
            ledger.mark(occasion, guardian, State.SUPPRESSED, words)
        elif guardian in none and state in (*DUE, State.FAILED):
            ledger.mark(occasion, guardian, State.SUPPRESSED, none[guardian])
        elif guardian in readers - none.keys() and state in (State.FAILED, State.SUPPRESSED):
            ledger.mark(occasion, guardian, State.PENDING)


def due_letters(
    ledger: Ledger, mailing: Mailing, letters: Iterable[LetterTask]
) -> list[LetterTask]:
    """The letters whose mail is to be sent."""
    due = set(ledger.due(mailing.occasion))
    return [task for task in letters if task.guardian in due]


def due_now(ledger: Ledger, week: Week, rules: SendingRules) -> int:
    """How many mails a run would send: everybody who is due, but for those who are held."""
    counts = ledger.counts(week)
    held = {State.UNCERTAIN} if rules.holds else set()
    return sum(counts[state] for state in DUE if state not in held)


def expected(ledger: Ledger, week: Week, rules: SendingRules) -> str:
    """What the school's limits mean for the mails that are due; empty when nothing."""
    used = Pace(rules.limits, ledger.handed_of_last_day())
    left = used.left_today(datetime.now(UTC).timestamp())
    return in_words(rules.limits, due_now(ledger, week, rules), left)


def send_letters(
    ledger: Ledger,
    mailing: Mailing,
    letters: Sequence[LetterTask],
    transports: Sequence[Transport],
    progress: Callable[[str, int, int], None],
    keep: Callable[[Week, Sequence[str]], None],
    rules: SendingRules,
) -> Mails:
    """Send every mail of these letters that is due, and `keep` the ledger; see `send_week`.

    A wish to stop ends it after the mails under way.
    """
    week = mailing.occasion
    tasks = {task.guardian: task for task in letters}
    total = due_now(ledger, week, rules)
    tried: list[State] = []

    def count(state: State) -> None:
        tried.append(state)
        progress("Mails", len(tried), total)

    def write(guardian: str) -> Mail:
        return mailing.write(tasks[guardian])

    with stop_when_asked() as stop:
        states = send_week(ledger, week, write, transports, count, keep, rules, stop)
    return Mails(states, tried.count(State.SENT), ledger.frozen(week))
