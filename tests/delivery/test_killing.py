"""The machine dies 51 times while 2,000 mails go out, at the worst moments and at any other."""

import os
import random
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL

import pytest

from bench.programs.relay import QuickRelay
from lichtbrief.delivery import (
    Ledger,
    Relay,
    Security,
    SendingRules,
    SmtpTransport,
    State,
    Transport,
    send_week,
)
from lichtbrief.delivery.loopback import LOOPBACK, listening
from lichtbrief.delivery.ses import SesTransport
from tests.delivery.children import fork
from tests.delivery.school import WEEK, guardians, ignore, plain_mail
from tests.delivery.services import GOOD, Answer, client_of, service

EVERYBODY = 2_000
KILLS = 51
CONNECTIONS = 4
SPARE = 80  # of so many parts a run does one at most, so that the last kill finds some left
MOMENTS = ("rcpt", "data", "dot", "any")
"""After RCPT (the ledger says `sending`, DATA is not out yet), at DATA, and after the final dot
before it is answered; or at any moment at all."""


@dataclass
class Trap:
    """Kills the sender at the moment that was drawn for it, and counts the mails that arrived."""

    draw: random.Random
    most: int  # mails between two kills
    arrived: Counter[str] = field(default_factory=Counter)
    child: int = 0
    moment: str = "any"
    left: int = 0

    def arm(self, child: int, number: int) -> None:
        """Wait for this child to have come so far."""
        self.moment = MOMENTS[number % len(MOMENTS)]
        self.left = self.draw.randint(1, self.most)
        self.child = child

    def heard(self, step: str, recipient: str) -> None:
        """What the relay hears; a mail has arrived before the one who sent it knows."""
        if step == "dot":
            self.arrived[recipient] += 1
        if self.child and step in (self.moment, "dot" if self.moment == "any" else ""):
            self.left -= 1
            if self.left == 0:
                self.spring()

    def spring(self) -> None:
        """Now, or within the few milliseconds in which the ledger is written and DATA goes out."""
        child, self.child = self.child, 0
        if self.moment in ("data", "dot"):
            os.kill(child, SIGKILL)
            return
        late = self.draw.random() * (0.003 if self.moment == "rcpt" else 0.02)
        threading.Timer(late, kill, [child]).start()


def kill(child: int) -> None:
    """It is not waited for before it is dead, so this is still the same process."""
    with suppress(ProcessLookupError):
        os.kill(child, SIGKILL)


def run_and_kill(path: Path, trap: Trap, transports: Sequence[Transport], holds: bool) -> None:
    """51 runs that are killed and one that is not, each in a process of its own."""

    def send() -> None:
        with Ledger(path) as ledger:
            rules = SendingRules(holds=holds)
            send_week(ledger, WEEK, plain_mail, transports, ignore, rules=rules)

    for number in range(KILLS):
        child = fork(send)
        trap.arm(child, number)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == SIGKILL, f"run {number} ended before it was killed"
    child = fork(send)
    assert (child, 0) == os.waitpid(child, 0)


def by_smtp(path: Path, *, holds: bool = False) -> Counter[str]:
    """How often each guardian got the mail over SMTP."""
    trap = Trap(random.Random(47), EVERYBODY // SPARE)
    with listening(lambda: QuickRelay(trap.heard)) as port:
        there = Relay(LOOPBACK, port, Security.LOOPBACK)
        run_and_kill(path, trap, [SmtpTransport(there) for _ in range(CONNECTIONS)], holds)
    return trap.arrived


def by_ses(path: Path, *, holds: bool = False) -> Counter[str]:
    """How often each guardian got the mail over HTTPS; there the request is RCPT, DATA and dot."""
    trap = Trap(random.Random(47), EVERYBODY // SPARE)

    def take(recipient: str, _: bytes) -> Answer:
        for step in ("rcpt", "data", "dot"):
            trap.heard(step, recipient)
        return GOOD

    with service(take) as address:
        client = client_of(address)
        run_and_kill(path, trap, [SesTransport(client, "set") for _ in range(CONNECTIONS)], holds)
    return trap.arrived


def address(guardian: str) -> str:
    return plain_mail(guardian).recipient


Way = Callable[..., Counter[str]]
both = pytest.mark.parametrize("killed", [by_smtp, by_ses])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "ledger.sqlite"
    with Ledger(found) as ledger:
        ledger.freeze(WEEK, guardians(EVERYBODY))
    return found


@both
def test_nobody_is_lost_and_whoever_perhaps_got_two_mails_is_listed(
    path: Path, killed: Way
) -> None:
    arrived = killed(path)
    with Ledger(path) as ledger:
        counts, twice = ledger.counts(WEEK), ledger.twice(WEEK)
    assert {address(guardian) for guardian in guardians(EVERYBODY)} == set(arrived)
    assert EVERYBODY == counts[State.SENT]
    repeated = {who for who, times in arrived.items() if times > 1}
    assert repeated, "the worst moments were never hit"
    assert repeated <= {address(guardian) for guardian in twice}
    assert arrived.total() - EVERYBODY <= KILLS * CONNECTIONS


@both
def test_held_for_a_person_nobody_gets_two_mails_and_whoever_has_none_is_listed(
    path: Path, killed: Way
) -> None:
    arrived = killed(path, holds=True)
    with Ledger(path) as ledger:
        counts = ledger.counts(WEEK)
        unsure = {address(one.guardian) for one in ledger.unsent(WEEK)}
    assert 1 == max(arrived.values())
    assert {address(guardian) for guardian in guardians(EVERYBODY)} - set(arrived) <= unsure
    assert (EVERYBODY - len(unsure), len(unsure)) == (
        counts[State.SENT],
        counts[State.UNCERTAIN],
    )
    assert 0 < len(unsure) <= KILLS * CONNECTIONS
