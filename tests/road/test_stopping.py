"""Somebody presses Ctrl-C while the week is mailed: it ends cleanly, and the next run goes on."""

import os
import signal
import subprocess
import time

from tests.road.roads import READERS, Road
from tests.school import COMMAND

PATIENCE = 120


def test_whoever_stops_the_week_is_told_what_is_left_and_nobody_is_lost(road: Road) -> None:
    road.school.settings(LICHTBRIEF_MAIL_PACE={"minute": 1})
    job = subprocess.Popen(
        [COMMAND, "weekly"],
        cwd=road.school.folder,
        env=os.environ | road.school.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while job.poll() is None and not road.mails():
        time.sleep(0.01)
    job.send_signal(signal.SIGINT)
    out, err = job.communicate(timeout=PATIENCE)
    assert 75 == job.returncode
    assert [
        "1 a minute: 4 mails take 4 minutes",
        "error: sending stopped as asked: 3 still to be mailed",
        "hint: run this again: it goes on where it was",
    ] == err.splitlines()
    assert "Guardians: pending        3" in out
    road.school.settings()
    assert {"sent": 4} == road.done()["mails"]
    assert dict.fromkeys(READERS, 1) == {who: len(mails) for who, mails in road.mails().items()}
