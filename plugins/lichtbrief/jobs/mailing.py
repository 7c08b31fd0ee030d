"""One mail per guardian: who is due, what it says, and the link signed at the moment of sending."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lichtbrief.delivery import (
    Ledger,
    LetterNews,
    Mail,
    Recipient,
    Sender,
    SignedLink,
    State,
    Transport,
    WeekSent,
    send_week,
    write_mail,
)
from lichtbrief.jobs.deciding import Decided
from lichtbrief.jobs.granting import LetterTask
from lichtbrief.jobs.opening import OpenEdition
from lichtbrief.sealing import KeyRing, code_of, letter_key, name_of
from lichtbrief.storage import Signer
from lichtbrief.theme import Theme


@dataclass(frozen=True, slots=True)
class Mailing:
    """Writes the mails of one week: from the letters, the editions they hold, and the ledger."""

    decided: Decided
    ring: KeyRing
    theme: Theme
    signer: Signer
    editions: Mapping[str, OpenEdition]
    now: Callable[[], datetime]

    def write(self, task: LetterTask) -> Mail:
        """The mail of one letter; its link is signed now and ends when the letter's links do."""
        settings = self.decided.settings
        secret = self.ring.year(task.week.school_year)
        guardian = self.decided.roster.guardians[task.guardian]
        code = code_of(letter_key(secret, task.guardian, str(task.week)))
        link = SignedLink(self.signer.sign(task.name, task.until), code)
        identity = f"{task.week}.{name_of(secret, 'mail', task.guardian, str(task.week))}"
        recipient = Recipient(guardian.email, guardian.language, link, identity)
        sender = Sender(settings.school_name, settings.mail_from, settings.contact)
        return write_mail(self.theme, sender, self._news(task), recipient, self.now())

    def _news(self, task: LetterTask) -> LetterNews:
        indexes = [self.editions[entry.name].index for entry in task.editions]
        counts = {
            what: sum(index["counts"][what] for index in indexes)
            for what in ("posts", "photos", "events")
        }
        starts = (date["start"] for index in indexes for date in index["dates"])
        dates = sorted({datetime.fromisoformat(start) for start in starts})
        until = task.until.astimezone(self.decided.settings.zone)
        return LetterNews(week=task.week, until=until, dates=tuple(dates), **counts)


def freeze(ledger: Ledger, decided: Decided, letters: Sequence[LetterTask]) -> None:
    """Write down who gets this week's mail before the first is sent.

    Somebody written down earlier, not mailed yet, who has no letter any more is suppressed:
    a guardian who left or lost the right to read gets nothing from that moment.
    """
    week = decided.week
    readers = {task.guardian for task in letters if task.week == week}
    ledger.recover(week)
    ledger.freeze(week, sorted(readers))
    for guardian in ledger.due(week):
        if guardian not in readers:
            ledger.mark(week, guardian, State.SUPPRESSED, "has no letter of this week any more")


def send_letters(
    ledger: Ledger,
    mailing: Mailing,
    letters: Sequence[LetterTask],
    transport: Transport,
    progress: Callable[[str, int, int], None],
) -> WeekSent:
    """Send every mail of the week that is due; see `delivery.send_week`."""
    week = mailing.decided.week
    tasks = {task.guardian: task for task in letters if task.week == week}
    total, sent = len(ledger.due(week)), 0

    def count(_: State) -> None:
        nonlocal sent
        sent += 1
        progress("Mails", sent, total)

    return send_week(ledger, week, lambda guardian: mailing.write(tasks[guardian]), transport, count)
