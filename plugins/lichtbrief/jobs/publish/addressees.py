"""Whom a run mails, and with the link to which letter: everybody of a week, or some of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lichtbrief.delivery import DUE, NOTHING_HAD, Day, Ledger, Round, State
from lichtbrief.editions import Week
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.publish.granting import LetterTask
from lichtbrief.jobs.publish.news import News, direct_readers, news_in, reading_of
from lichtbrief.jobs.publish.school_hours import weeks_with_news

BROUGHT = "a later mail has brought it"
NOT_DIRECT = "gets no mails of the day any more"
OPEN = (*DUE, State.FAILED)


@dataclass(frozen=True, slots=True)
class Addressees:
    """Whom a run mails.

    `everybody` are all who may read the week asked for: their letters are made, and prolonged
    until they are mailed. `fresh` are those who get a link of full length in any case, each to the
    letter of a week. `had` are those whom earlier mails have told all of it; `news` is what is new
    to those who get a mail on every day with news.
    """

    everybody: bool = True
    fresh: Mapping[str, Week] = field(default_factory=dict)
    had: frozenset[str] = frozenset()
    news: Mapping[str, News] = field(default_factory=dict)

    def of(self, letters: Iterable[LetterTask], week: Week) -> tuple[LetterTask, ...]:
        """Those of these letters whose links are mailed, where `week` is the one asked for."""
        if self.everybody:
            return tuple(task for task in letters if task.week == week)
        return tuple(task for task in letters if self.fresh.get(task.guardian) == task.week)


EVERYBODY = Addressees()
NOBODY = Addressees(everybody=False)


def of_the_week(decided: Decided, ledger: Ledger, *, holds: bool = False) -> Addressees:
    """Everybody who reads the week; of those who read on the day only whoever has not had all."""
    week = decided.week
    reading = reading_of(decided, direct_readers(decided), (week,))
    had = ledger.told.had(reading.keys(), week, week, holds=holds)
    news = {
        who: found
        for who, weeks in reading.items()
        if (found := news_in(weeks, had.get(who, NOTHING_HAD)))
    }
    return Addressees(had=frozenset(reading.keys() - news.keys()), news=news)


def of_the_day(decided: Decided, ledger: Ledger, *, holds: bool = False) -> Addressees:
    """Whoever reads on the day, has news, and has had no mail with news today.

    Whom the relay refused today is left in peace until the next school day.
    """
    today, direct = decided.moment.date(), direct_readers(decided)
    now, weeks = Day.on(today), weeks_with_news(decided.settings, today)
    for earlier in ledger.told.occasions(weeks[0], weeks[-1]):
        ledger.recover(earlier)
    reading = reading_of(decided, direct, weeks)
    had = ledger.told.had(reading.keys(), weeks[0], now, holds=holds)
    found = {who: news_in(pieces, had.get(who, NOTHING_HAD)) for who, pieces in reading.items()}
    refused = {who for who, state in ledger.states(now).items() if state is State.FAILED}
    served = ledger.told.on(today) | refused
    news = {who: new for who, new in found.items() if new and who not in served}
    fresh = {who: max(new.weeks) for who, new in news.items()}
    return Addressees(everybody=False, fresh=fresh, news=news)


def had_all(ledger: Ledger, occasion: Week, had: Iterable[str]) -> int:
    """How many of the recipients of this occasion get no mail, because they had all of it."""
    states = ledger.states(occasion)
    return sum(states.get(who) is State.SUPPRESSED for who in had)


def settle(ledger: Ledger, decided: Decided, occasion: Week, had: Iterable[str] = ()) -> int:
    """Leave nobody due for what a mail of this occasion has brought; `had` had it before.

    Says how many were. A mail of the day brings everything since the last week of school before, a
    week's own brings what its days told.
    """
    if isinstance(occasion, Round):
        return 0
    since = _since(decided, occasion)
    states = ledger.states(occasion)
    brought = {*had, *(who for who, state in states.items() if state is State.SENT)}
    direct, count = direct_readers(decided), 0
    for earlier in ledger.told.occasions(since, occasion):
        due = (who for who, state in ledger.states(earlier).items() if state in OPEN)
        for who in due if earlier != occasion else ():
            if who in brought or (isinstance(earlier, Day) and who not in direct):
                words = BROUGHT if who in brought else NOT_DIRECT
                ledger.mark(earlier, who, State.SUPPRESSED, words)
                count += 1
    return count


def _since(decided: Decided, occasion: Week) -> Week:
    if isinstance(occasion, Day):
        return weeks_with_news(decided.settings, decided.moment.date())[0]
    return occasion
