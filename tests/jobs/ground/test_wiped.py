"""Every job dies, and its disk with it: what the next machine knows comes from the store alone."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from lichtbrief.delivery import Ledger, Relay, State
from lichtbrief.jobs.ground.snapshots import KEPT, Snapshots
from lichtbrief.storage import LocalStore
from tests.delivery.relays import Manners, relay
from tests.delivery.school import REPOSITORY, WEEK, guardians, plain_mail
from tests.delivery.services import GOOD, Answer, service
from tests.jobs.ground.wiped_process import BATCH
from tests.road.roads import Road, open_road

KEYS = ".lichtbrief/keys.json"


@dataclass
class Machines:
    """One machine after another, each with the keys and nothing else."""

    forker: "subprocess.Popen[str]"
    road: Road
    folder: Path
    how: str

    def start(self) -> int:
        """Start a job on a new machine; its process id."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=0o700)
        shutil.copy(self.road.school.folder / KEYS, self.folder)
        assert self.forker.stdin is not None
        self.forker.stdin.write(f"{self.folder} {self.how}\n")
        self.forker.stdin.flush()
        return self._number()

    def end(self) -> int:
        """Wait for the end of the job; its exit status, negative when a signal ended it."""
        return self._number()

    def _number(self) -> int:
        assert self.forker.stdout is not None
        return int(self.forker.stdout.readline())


@contextmanager
def machines(road: Road, there: Relay, service: str, folder: Path, how: str) -> Iterator[Machines]:
    """As many machines as are asked for; `how` they mail is said to each."""
    own = road.school.environment | {"LICHTBRIEF_MAIL": f"smtp://{there.host}:{there.port}"}
    command = [sys.executable, "-m", "tests.jobs.ground.wiped_process"]
    with subprocess.Popen(
        [*command, road.school.folder / "publishconf.py", service],
        cwd=REPOSITORY,
        env=os.environ | own,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as forker:
        yield Machines(forker, road, folder, how)


@contextmanager
def disk(otherwise: Path) -> Iterator[Path]:
    """The disk of each machine: in memory where there is such a folder, for it is lost anyway."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else otherwise) as folder:
        yield Path(folder) / "machine"


def is_alive(job: int) -> bool:
    """Whether there is such a process; one that ended is taken note of at once."""
    try:
        os.kill(job, 0)
    except ProcessLookupError:
        return False
    return True


@dataclass
class Died:
    """What came of it: whom a mail reached, in order, and every guardian's state at the end."""

    reached: list[str]
    states: Mapping[str, State]
    frozen: int


def die(
    server: LocalStore, place: Path, kills: int, number: int, uncertain: str = "resend"
) -> Died:
    """So many machines are killed while they mail, and one more is not."""
    draw, manners, killed = random.Random(47), Manners(), 0
    by_ses: list[str] = []

    def take(recipient: str, content: bytes) -> Answer:
        by_ses.append(recipient)
        manners.mails.append((recipient, content))
        return GOOD

    with (
        disk(place) as folder,
        open_road(server, place) as road,
        relay(manners) as there,
        service(take) as address,
        machines(road, there, address, folder, f"{number} {uncertain}") as one,
    ):
        for _ in range(kills):
            enough = len(manners.mails) + draw.randint(0, 2 * BATCH)
            job = one.start()
            while len(manners.mails) < enough and is_alive(job):
                time.sleep(0.0005)
            time.sleep(draw.random() * 0.02)
            with suppress(ProcessLookupError):
                os.kill(job, signal.SIGKILL)
            killed += one.end() == -signal.SIGKILL
        one.start()
        assert 0 == one.end()
        with Ledger(place / "looking.sqlite3") as ledger:
            Snapshots(ledger, road.store).settle(road.ring())
            states, frozen = ledger.states(WEEK), ledger.frozen(WEEK)
        assert KEPT == len(road.store.list("ledger/"))
    assert kills == killed
    assert 0 < len(by_ses) < len(manners.mails)
    return Died(manners.recipients, states, frozen)


def mailed(guardian: str) -> str:
    return plain_mail(guardian).recipient


def test_of_2000_guardians_nobody_is_lost_when_50_machines_die_with_their_disks(
    store_server: LocalStore, tmp_path: Path
) -> None:
    died = die(store_server, tmp_path, 50, 2000)
    assert set(map(mailed, guardians(2000))) == set(died.reached)
    assert len(died.reached) - 2000 <= BATCH * 50
    assert ({State.SENT}, 2000) == (set(died.states.values()), died.frozen)


def test_where_the_uncertain_are_held_nobody_is_mailed_twice_although_the_disks_are_lost(
    store_server: LocalStore, tmp_path: Path
) -> None:
    died = die(store_server, tmp_path, 10, 500, "hold")
    assert len(set(died.reached)) == len(died.reached)
    sent = {mailed(one) for one, state in died.states.items() if state is State.SENT}
    held = {mailed(one) for one, state in died.states.items() if state is State.UNCERTAIN}
    assert sent | held == set(map(mailed, guardians(500)))
    assert sent <= set(died.reached) <= sent | held
    assert 0 < len(held) <= BATCH * 10
