"""The machine dies again and again while 200 mails go out."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from lichtbrief.delivery import Catcher, Ledger, State, mails_by_recipient
from tests.delivery.school import REPOSITORY, WEEK, guardians, plain_mail
from tests.delivery.sender_process import NUMBER

KILLS = 8


def test_a_run_killed_eight_times_loses_nobody_and_repeats_at_most_one_mail_per_kill(
    tmp_path: Path,
) -> None:
    path, maildir = tmp_path / "ledger.sqlite", tmp_path / "mails"
    draw = random.Random(47)
    with Catcher(maildir) as catcher:
        command = [
            sys.executable,
            "-m",
            "tests.delivery.sender_process",
            str(path),
            catcher.address,
        ]
        for _ in range(KILLS):
            enough = caught(maildir) + draw.randint(0, 20)
            with subprocess.Popen(command, cwd=REPOSITORY) as job:
                while caught(maildir) <= enough and job.poll() is None:
                    time.sleep(0.001)
                time.sleep(draw.random() * 0.01)
                job.send_signal(signal.SIGKILL)
        subprocess.run(command, cwd=REPOSITORY, check=True)
    everybody = {plain_mail(guardian).recipient for guardian in guardians(NUMBER)}
    mails = mails_by_recipient(maildir)
    assert everybody == set(mails)
    assert NUMBER <= sum(map(len, mails.values())) <= NUMBER + KILLS
    with Ledger(path) as ledger:
        assert ledger.counts(WEEK)[State.SENT] == NUMBER


def caught(maildir: Path) -> int:
    return sum(1 for _ in (maildir / "new").iterdir())
