"""Two machines have the weekly job at one time: the second is refused, or takes over on purpose."""

import os
import shutil
import subprocess
from pathlib import Path
from threading import Event

from tests.delivery.relays import Manners, relay
from tests.road.roads import READERS, Road
from tests.school import COMMAND

PATIENCE = 120


def test_a_second_machine_waits_or_takes_over_and_the_first_one_notices(
    road: Road, tmp_path: Path
) -> None:
    reached, free = Event(), Event()

    def dawdle(_: str) -> None:
        reached.set()
        free.wait(PATIENCE)

    slow, other = Manners(rcpt=dawdle), tmp_path / "other"
    other.mkdir()
    shutil.copy2(road.school.folder / ".lichtbrief/keys.json", other)
    elsewhere = {"LICHTBRIEF_STATE": str(other)}
    with relay(slow) as there:
        at_work = {"LICHTBRIEF_MAIL": f"smtp://{there.host}:{there.port}"}
        first = subprocess.Popen(
            [COMMAND, "weekly"],
            cwd=road.school.folder,
            env=os.environ | road.school.environment | at_work,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert reached.wait(PATIENCE)
        before = road.objects()
        refused = road.weekly(**elsewhere)
        assert (1, "") == (refused.returncode, refused.stdout)
        error, hint = refused.stderr.splitlines()
        assert error.startswith("error: a job on another machine has been at work for ")
        assert hint == (
            "hint: wait until it has ended; if it surely has, run this again with --take-over"
        )
        told = road.school.run("status", **elsewhere)
        assert "A job is at work               on another machine" in told.stdout
        # The first is in the middle of all four mails: who takes over cannot know which went out
        taken = road.weekly("--take-over", "--uncertain", "hold", **elsewhere)
        assert 1 == taken.returncode
        for guardian in READERS:
            assert f"guardian {guardian} perhaps has the mail" in taken.stderr
        assert before == road.objects()
        free.set()
        _, stopped = first.communicate(timeout=PATIENCE)
    assert 1 == first.returncode
    assert "error: another job has taken the store over from this one" in stopped
    assert sorted(f"{who}@home.example" for who in READERS) == sorted(slow.recipients)
    assert {} == road.mails()
    # Where it was taken over from, it goes on with what the other machine knows, and on purpose
    stale = road.weekly()
    assert "the ledger on this machine" in stale.stderr
    assert "--restore-ledger" in stale.stderr
