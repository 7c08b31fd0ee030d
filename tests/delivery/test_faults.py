"""Relays that misbehave on purpose, disks that fill up, people who stop it: what a run leaves."""

import json
import resource
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count, cycle
from pathlib import Path

import pytest

from lichtbrief.delivery import (
    Ledger,
    Relay,
    Security,
    SendingRules,
    SmtpTransport,
    State,
    WeekSent,
    send_week,
)
from lichtbrief.delivery.run import TWICE
from lichtbrief.errors import PausedError
from lichtbrief.limits import Limits
from tests.delivery.children import in_child
from tests.delivery.relays import (
    HANG_UP,
    LOOPBACK_NAME,
    Certificate,
    Manners,
    relay,
    self_signed,
)
from tests.delivery.school import WEEK, guardians, ignore, plain_mail
from tests.delivery.test_sending import some

SOON = SendingRules(backoff=(0.01, 0.02, 0.03))
NO_MORE = SendingRules(backoff=())
FOUR = 4


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger(path) as opened:
        yield opened


def run(
    ledger: Ledger,
    manners: Manners,
    rules: SendingRules = SOON,
    connections: int = FOUR,
    stop: threading.Event | None = None,
    progress: Callable[[State], None] = ignore,
    certificate: Certificate | None = None,
) -> WeekSent:
    """One run over a relay with these manners, by STARTTLS where it has a certificate."""
    security = Security.STARTTLS if certificate else Security.LOOPBACK
    served, trusted = (certificate.served(), certificate.trusted()) if certificate else (None, None)
    with relay(manners, security, served) as there:
        transports = [SmtpTransport(there, None, trusted, timeout=5) for _ in range(connections)]
        return send_week(ledger, WEEK, plain_mail, transports, progress, rules=rules, stop=stop)


def addresses(number: int) -> list[str]:
    return [plain_mail(guardian).recipient for guardian in guardians(number)]


def test_four_connections_send_to_everybody_once(ledger: Ledger) -> None:
    manners = Manners()
    ledger.freeze(WEEK, guardians(120))
    assert {"sent": 120} == some(run(ledger, manners))
    assert addresses(120) == sorted(manners.recipients)
    assert FOUR == manners.connections


def test_a_storm_of_busy_answers_passes_and_everybody_has_the_mail(ledger: Ledger) -> None:
    asked: Counter[str] = Counter()

    def busy(address: str) -> str | None:
        asked[address] += 1
        grey = address[3] in "369"  # g003, g006, g009, g013, ...
        return "451 4.7.1 try again later" if grey and asked[address] <= 2 else None

    manners = Manners(rcpt=busy)
    ledger.freeze(WEEK, guardians(60))
    heard: list[State] = []
    assert {"sent": 60} == some(run(ledger, manners, progress=heard.append))
    assert addresses(60) == sorted(manners.recipients)
    assert [State.SENT] * 60 == heard


def test_a_relay_that_has_had_enough_for_a_while_is_let_rest(ledger: Ledger) -> None:
    calls = count()

    def limit(_: str) -> str | None:
        return "452 4.5.3 too many" if 20 <= next(calls) < 45 else None

    manners = Manners(data=limit)
    ledger.freeze(WEEK, guardians(40))
    assert {"sent": 40} == some(run(ledger, manners))
    assert addresses(40) == sorted(manners.recipients)


def test_a_relay_that_is_busy_for_ever_ends_the_run_and_everybody_is_due(ledger: Ledger) -> None:
    ledger.freeze(WEEK, guardians(60))
    done = run(ledger, Manners(mail=lambda _: "451 4.3.0 busy"))
    assert {State.PENDING, State.RETRY} == {state for state, some in done.counts.items() if some}
    assert done.stopped is not None
    assert "(451)" in done.stopped.message
    assert {"sent": 60} == some(run(ledger, Manners()))


def test_a_relay_whose_limit_changes_while_it_is_mailed_to_gets_it_all(ledger: Ledger) -> None:
    limits, refused = iter((12, 6, 3, 1)), 0
    left = next(limits)

    def changing(_: str) -> str | None:
        nonlocal left, refused
        if left:
            left -= 1
            return None
        refused += 1
        if refused % 4 == 0:  # its clock goes on, and it allows fewer than before
            left = next(limits, 60)
        return "451 4.7.0 over the limit"

    manners = Manners(mail=changing)
    ledger.freeze(WEEK, guardians(40))
    for _ in range(3):
        done = run(ledger, manners)
        assert 40 == sum(done.counts.values())
        if done.stopped is None:
            break
    assert {"sent": 40} == some(done)
    assert addresses(40) == sorted(manners.recipients)
    assert () == ledger.twice(WEEK)


@pytest.mark.parametrize("private", [False, True], ids=["in clear", "by STARTTLS"])
def test_a_relay_whose_every_fifth_connection_breaks_before_the_dot(
    ledger: Ledger, tmp_path: Path, private: bool
) -> None:
    calls, shown = count(), self_signed(tmp_path, LOOPBACK_NAME) if private else None
    manners = Manners(data=lambda _: HANG_UP if next(calls) % 5 == 0 else None)
    ledger.freeze(WEEK, guardians(50))
    assert {"sent": 50} == some(run(ledger, manners, certificate=shown))
    assert addresses(50) == sorted(manners.recipients)
    assert () == ledger.twice(WEEK)


def test_private_connections_that_break_after_the_dot_leave_a_few_in_doubt(
    ledger: Ledger, tmp_path: Path
) -> None:
    manners = Forgetful("g003@mail.example", "g005@mail.example")
    ledger.freeze(WEEK, guardians(9))
    held = SendingRules(holds=True, backoff=(0.01,))
    done = run(ledger, manners, held, certificate=self_signed(tmp_path, LOOPBACK_NAME))
    assert {"sent": 7, "uncertain": 2} == some(done)
    assert addresses(9) == sorted(manners.recipients)
    assert ["g003", "g005"] == [one.guardian for one in ledger.unsent(WEEK)]


class Forgetful(Manners):
    """Takes every mail, and for some guardians hangs up instead of saying so, once."""

    def __init__(self, *forgets: str) -> None:
        super().__init__()
        self.forgets = set(forgets)
        self.dot = self.hangs_up

    def hangs_up(self, recipient: str) -> str | None:
        if recipient not in self.forgets:
            return None
        self.forgets.remove(recipient)
        self.mails.append((recipient, b""))
        return HANG_UP


def test_whoever_perhaps_has_the_mail_gets_it_again_and_is_listed(ledger: Ledger) -> None:
    manners = Forgetful("g003@mail.example", "g005@mail.example")
    ledger.freeze(WEEK, guardians(9))
    assert {"sent": 9} == some(run(ledger, manners))
    assert 9 + 2 == len(manners.recipients)
    assert ("g003", "g005") == ledger.twice(WEEK)


def test_held_for_a_person_nobody_gets_it_twice(ledger: Ledger) -> None:
    manners = Forgetful("g003@mail.example")
    ledger.freeze(WEEK, guardians(9))
    held = SendingRules(holds=True, backoff=(0.01,))
    assert {"sent": 8, "uncertain": 1} == some(run(ledger, manners, held))
    assert {"sent": 8, "uncertain": 1} == some(run(ledger, manners, held))
    assert addresses(9) == sorted(manners.recipients)
    assert ["g003"] == [one.guardian for one in ledger.unsent(WEEK)]
    assert {"sent": 9} == some(run(ledger, manners))
    assert ("g003",) == ledger.twice(WEEK)


def test_whoever_perhaps_has_the_mail_stays_so_when_the_second_is_put_off(ledger: Ledger) -> None:
    ledger.freeze(WEEK, ["g000"])
    run(ledger, Forgetful("g000@mail.example"), NO_MORE)
    run(ledger, Manners(rcpt=lambda _: "451 later"), NO_MORE)
    assert {"uncertain": 1} == some(run(ledger, Manners(), SendingRules(holds=True)))
    run(ledger, Manners())
    assert ("g000",) == ledger.twice(WEEK)
    assert "twice" in TWICE


def test_the_same_mail_is_sent_again_under_the_same_message_id(ledger: Ledger) -> None:
    ledger.freeze(WEEK, ["g000"])
    manners = Manners()
    run(ledger, Forgetful("g000@mail.example"), NO_MORE)
    run(ledger, manners)
    assert [("g000@mail.example", plain_mail("g000").content)] == manners.mails


def test_a_wish_to_stop_lets_the_mails_under_way_arrive(ledger: Ledger) -> None:
    stop = threading.Event()
    manners = Manners()
    manners.dot = lambda _: stop.set() if len(manners.mails) == 9 else None
    ledger.freeze(WEEK, guardians(40))
    done = run(ledger, manners, stop=stop)
    sent = len(manners.recipients)
    assert 10 <= sent <= 10 + FOUR
    assert {"sent": sent, "pending": 40 - sent} == some(done)
    assert isinstance(done.stopped, PausedError)
    assert f"{40 - sent} still to be mailed" in done.stopped.message
    assert {"sent": 40} == some(run(ledger, manners))
    assert addresses(40) == sorted(manners.recipients)


def test_the_limit_of_a_day_holds_across_runs(ledger: Ledger) -> None:
    manners = Manners()
    rules = SendingRules(Limits(day=15))
    ledger.freeze(WEEK, guardians(20))
    for _ in range(2):
        done = run(ledger, manners, rules)
        assert {"sent": 15, "pending": 5} == some(done)
        assert isinstance(done.stopped, PausedError)
        assert "the limit of mails a day is reached: 5 still to be mailed" == done.stopped.message
        assert "in 24 h" in done.stopped.hint
    assert {"sent": 20} == some(run(ledger, manners, SendingRules(Limits(day=20))))


def test_the_limit_of_a_second_is_kept(ledger: Ledger) -> None:
    ledger.freeze(WEEK, guardians(25))
    assert {"sent": 25} == some(run(ledger, Manners(), SendingRules(Limits(second=10))))
    moments = ledger.handed_of_last_day()
    # A mail starts when the pace allows it and is handed over a little later.
    assert moments[-1] - moments[0] > 1.5


def test_a_full_disk_stops_before_data_and_the_next_run_goes_on(path: Path) -> None:
    manners = Manners()
    with Ledger(path) as ledger:
        ledger.freeze(WEEK, guardians(400))
    with relay(manners) as there:
        said = json.loads(in_child(lambda: on_a_small_disk(path, there)))
    assert "SQLITE" in said["stopped"]
    assert "free space" in said["hint"]
    assert 400 == sum(said["counts"].values())
    arrived = len(manners.recipients)
    assert 0 < arrived < 400
    with Ledger(path) as ledger:
        assert {"sent": 400} == some(run(ledger, manners))
        twice = {plain_mail(guardian).recipient for guardian in ledger.twice(WEEK)}
    assert set(addresses(400)) == set(manners.recipients)
    repeated = {one for one, times in Counter(manners.recipients).items() if times > 1}
    assert repeated <= twice
    assert len(twice) <= FOUR


def on_a_small_disk(path: Path, there: Relay) -> bytes:
    """A run where no file may grow beyond 300 kB: what it ended in, as JSON."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    with Ledger(path) as ledger:
        transports = [SmtpTransport(there) for _ in range(FOUR)]
        done = send_week(ledger, WEEK, plain_mail, transports, ignore, rules=SOON)
    assert done.stopped is not None
    words = {"stopped": done.stopped.message, "hint": done.stopped.hint}
    return json.dumps(words | {"counts": done.counts}).encode()


@pytest.mark.parametrize("heard", [0, 4, 5])
def test_an_answer_that_drips_for_ever_is_ended(ledger: Ledger, heard: int) -> None:
    ledger.freeze(WEEK, ["g000"])
    rules = SendingRules(backoff=(), longest=0.3)
    with dripping(after=heard) as there:
        done = send_week(ledger, WEEK, plain_mail, [SmtpTransport(there)], ignore, rules=rules)
    assert {"uncertain" if heard == 5 else "retry": 1} == some(done)


@contextmanager
def dripping(after: int) -> Iterator[Relay]:
    """A relay whose answer after the first few comes byte by byte and has no end."""
    replies = (b"220 relay", b"250 relay", b"250 ok", b"250 ok", b"354 go on", b"250 kept")

    def talk() -> None:
        client, _ = listener.accept()
        with client, suppress(OSError):
            for reply in replies[:after]:
                client.sendall(reply + b"\r\n")
                client.recv(1024)
            for byte in cycle(b"250-still thinking\r\n"):
                if over.wait(0.02):
                    return
                client.sendall(bytes([byte]))

    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        yield Relay("127.0.0.1", listener.getsockname()[1], Security.LOOPBACK)
        over.set()
        thread.join()
