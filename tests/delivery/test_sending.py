"""A whole week goes out, over a real relay, whatever that relay does."""

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from lichtbrief.delivery import (
    Ledger,
    Mail,
    Outcome,
    Relay,
    SendingRules,
    Sent,
    SmtpTransport,
    State,
    Unsent,
    WeekSent,
    send_week,
)
from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError, PausedError
from tests.delivery.relays import HANG_UP, Manners, relay
from tests.delivery.school import CODE, WEEK, guardians, ignore, plain_mail, weekly_mail


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.sqlite") as opened:
        yield opened


AT_ONCE = SendingRules(backoff=())
"""Nobody is tried twice, and nothing is waited for."""


def send(
    ledger: Ledger,
    there: Relay,
    make: Callable[[str], Mail] = plain_mail,
    rules: SendingRules = AT_ONCE,
    connections: int = 1,
) -> tuple[WeekSent, list[State]]:
    heard: list[State] = []
    transports = [SmtpTransport(there) for _ in range(connections)]
    return send_week(ledger, WEEK, make, transports, heard.append, rules=rules), heard


def some(counts: WeekSent) -> dict[str, int]:
    """The states in which there is anybody."""
    return {str(state): number for state, number in counts.counts.items() if number}


def test_everybody_gets_one_mail_and_a_second_run_sends_none(ledger: Ledger) -> None:
    manners = Manners()
    ledger.freeze(WEEK, guardians(20))
    with relay(manners) as there:
        first, heard = send(ledger, there)
        second, silence = send(ledger, there)
    assert {"sent": 20} == some(first) == some(second)
    assert heard == [State.SENT] * 20
    assert [] == silence
    assert [f"{guardian}@mail.example" for guardian in guardians(20)] == manners.recipients


def test_one_bad_address_never_stops_the_rest(ledger: Ledger) -> None:
    bad = {"g001@mail.example": "550 5.1.1 no such user g001", "g003@mail.example": "450 full"}
    ledger.freeze(WEEK, guardians(5))
    with relay(Manners(rcpt=bad.get)) as there:
        outcome, _ = send(ledger, there)
    assert {"sent": 3, "failed": 1, "retry": 1} == some(outcome)
    assert outcome.stopped is None
    expected = (
        Unsent("g001", State.FAILED, "550 5.1.1 no such user …"),
        Unsent("g003", State.RETRY, "450 full"),
    )
    assert expected == ledger.unsent(WEEK)


def test_whoever_was_put_off_gets_the_mail_at_the_next_run(ledger: Ledger) -> None:
    busy = ["451 greylisted"]
    manners = Manners(dot=lambda _: busy.pop() if busy else None)
    ledger.freeze(WEEK, guardians(2))
    with relay(manners) as there:
        assert {"sent": 1, "retry": 1} == some(send(ledger, there)[0])
        assert {"sent": 2} == some(send(ledger, there)[0])
    assert ["g001@mail.example", "g000@mail.example"] == manners.recipients


def test_a_mail_that_cannot_be_written_waits_and_the_rest_goes(ledger: Ledger) -> None:
    def make(guardian: str) -> Mail:
        if guardian == "g000":
            raise LichtbriefError("an e-mail address cannot be used")
        return plain_mail(guardian)

    ledger.freeze(WEEK, guardians(3))
    with relay(Manners()) as there:
        assert {"sent": 2, "retry": 1} == some(send(ledger, there, make)[0])
    expected = Unsent("g000", State.RETRY, "an e-mail address cannot be used")
    assert (expected,) == ledger.unsent(WEEK)


def test_a_dead_relay_stops_early_and_leaves_the_rest_pending(ledger: Ledger) -> None:
    ledger.freeze(WEEK, guardians(50))
    with relay(Manners()) as gone:
        pass
    outcome, _ = send(ledger, gone)
    assert {"pending": 47, "retry": 3} == some(outcome)
    assert outcome.stopped is not None
    assert "3 mails in a row were not taken" in outcome.stopped.message
    assert "does not answer" in outcome.stopped.message
    with relay(Manners()) as there:
        assert {"sent": 50} == some(send(ledger, there)[0])


def test_no_mail_starts_once_the_quiet_hours_have_begun(ledger: Ledger) -> None:
    ledger.freeze(WEEK, guardians(6))
    closing = replace(AT_ONCE, closes=time.time() + 3600)

    def make(guardian: str) -> Mail:
        if guardian == "g002":  # it is still on its way when the hour has come
            object.__setattr__(closing, "closes", time.time())
        return plain_mail(guardian)

    with relay(Manners()) as there:
        outcome, _ = send(ledger, there, make, closing)
        assert {"sent": 3, "pending": 3} == some(outcome)
        assert isinstance(outcome.stopped, PausedError)
        assert "the quiet hours have begun: 3 still to be mailed" == outcome.stopped.message
        assert {"sent": 6} == some(send(ledger, there)[0])


def test_a_relay_that_dies_halfway_is_not_asked_for_ever(ledger: Ledger) -> None:
    manners = Manners()
    manners.mail = lambda _: HANG_UP if len(manners.mails) == 10 else None
    ledger.freeze(WEEK, guardians(50))
    with relay(manners) as there:
        outcome, _ = send(ledger, there)
    assert {"sent": 10, "pending": 37, "retry": 3} == some(outcome)
    assert outcome.stopped is not None


def test_a_relay_that_confirms_nothing_is_not_flooded(ledger: Ledger) -> None:
    ledger.freeze(WEEK, guardians(50))
    with relay(Manners(dot=lambda _: HANG_UP)) as there:
        outcome, _ = send(ledger, there)
    assert {"pending": 47, "uncertain": 3} == some(outcome)


def test_a_relay_that_refuses_everybody_does_not_fail_the_whole_school(ledger: Ledger) -> None:
    ledger.freeze(WEEK, guardians(50))
    with relay(Manners(rcpt=lambda _: "554 5.7.1 relay access denied")) as there:
        outcome, _ = send(ledger, there)
    assert {"pending": 40, "failed": 10} == some(outcome)
    assert outcome.stopped is not None
    assert "554 5.7.1 relay access denied" in outcome.stopped.message


def test_nine_bad_addresses_in_a_row_are_only_bad_addresses(ledger: Ledger) -> None:
    bad = {f"{guardian}@mail.example": "550 gone" for guardian in guardians(9)}
    ledger.freeze(WEEK, guardians(20))
    with relay(Manners(rcpt=bad.get)) as there:
        assert {"sent": 11, "failed": 9} == some(send(ledger, there)[0])


def test_one_hiccup_of_the_relay_is_no_reason_to_stop(ledger: Ledger) -> None:
    hiccups = {"g001@mail.example": HANG_UP, "g002@mail.example": HANG_UP}
    ledger.freeze(WEEK, guardians(6))
    with relay(Manners(data=hiccups.get)) as there:
        outcome, _ = send(ledger, there)
    assert {"sent": 4, "retry": 2} == some(outcome)


class Watching:
    """A transport that notes what the ledger's files say on either side of DATA."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.seen: list[State] = []

    def look(self, guardian: str) -> None:
        """As after a cut of power: the lock is this process's, so a copy of the files is read."""
        with TemporaryDirectory() as folder:
            for file in self.path.parent.glob(f"{self.path.name}*"):
                shutil.copy(file, folder)
            with Ledger(Path(folder) / self.path.name) as copy:
                self.seen.append(copy.states(WEEK)[guardian])

    def check(self) -> None:
        """It always could."""

    def send(self, mail: Mail, before_data: Callable[[], None]) -> Outcome:
        guardian = mail.message_id.partition(".")[2]
        self.look(guardian)
        before_data()
        self.look(guardian)
        return Sent()

    def abort(self) -> None:
        """Nothing takes long here."""

    def close(self) -> None:
        """Nothing is open."""


def test_sending_is_on_the_disk_just_before_data_and_not_earlier(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    watching = Watching(path)
    with Ledger(path) as ledger:
        ledger.freeze(WEEK, guardians(2))
        send_week(ledger, WEEK, plain_mail, [watching], ignore)
    assert [State.PENDING, State.SENDING] * 2 == watching.seen


def test_no_personal_data_is_ever_in_the_ledgers_files(tmp_path: Path) -> None:
    def make(guardian: str) -> Mail:
        return weekly_mail(f"{guardian}.bakker@mail.example")

    answers = iter([f"550 no {name} (bakker@mail.example)" for name in ("Bakker", "G1.BAKKER")])
    manners = Manners(rcpt=lambda address: f"{next(answers, '451')} <{address}>")
    path = tmp_path / "ledger.sqlite"
    with Ledger(path) as ledger:
        ledger.freeze(WEEK, ["g1", "g2", "g3"])
        with relay(manners) as there:
            send(ledger, there, make)
        held = b"".join(file.read_bytes() for file in tmp_path.iterdir()).lower()
    held += path.read_bytes().lower()
    assert b"550 no" in held
    for personal in ("bakker", "mail.example", "lichtbron", "https", CODE.lower()):
        assert personal.encode() not in held


def test_the_ledger_is_put_away_before_each_batch_and_at_the_end(ledger: Ledger) -> None:
    manners = Manners()
    kept: list[tuple[int, int, Sequence[str]]] = []
    ledger.freeze(WEEK, everybody := guardians(7))

    def keep(_: Week, coming: Sequence[str]) -> None:
        counts = ledger.counts(WEEK)
        kept.append((counts[State.SENT], counts[State.SENDING], coming))

    rules = SendingRules(batch=3)
    with relay(manners) as there:
        send_week(ledger, WEEK, plain_mail, [SmtpTransport(there)], ignore, keep, rules)
    assert [
        (0, 0, everybody[:3]),
        (3, 0, everybody[3:6]),
        (6, 0, everybody[6:]),
        (7, 0, ()),
    ] == kept


def test_a_ledger_that_cannot_be_put_away_stops_the_sending(ledger: Ledger) -> None:
    manners, kept = Manners(), count()
    ledger.freeze(WEEK, guardians(7))

    def keep(_: Week, coming: Sequence[str]) -> None:
        if next(kept):
            raise LichtbriefError("the store cannot be reached")

    rules = SendingRules(batch=3)
    with relay(manners) as there:
        done = send_week(ledger, WEEK, plain_mail, [SmtpTransport(there)], ignore, keep, rules)
    assert {"sent": 3, "pending": 4} == some(done)
    assert done.stopped is not None
    assert "the store cannot be reached" == done.stopped.message
