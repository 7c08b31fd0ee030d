"""How far a week is can be asked at any time, on any machine that has the keys."""

import json
import sqlite3
from typing import Any

from lichtbrief.storage import Lease
from tests.delivery.relays import Manners, relay
from tests.road.roads import Road
from tests.road.test_empty_disk import wipe


def asked(road: Road, *, code: int = 0) -> dict[str, Any]:
    """What `lichtbrief status --json` says."""
    result = road.school.run("status", "--json")
    assert code == result.returncode, result.stderr
    value: dict[str, Any] = json.loads(result.stdout)
    value["states"] = {state: count for state, count in value["states"].items() if count}
    return value


def test_before_the_first_run_nobody_was_to_be_mailed(road: Road) -> None:
    result = road.school.run("status")
    assert (0, "") == (result.returncode, result.stderr)
    assert [
        "Mails of 2026-W47, by the ledger on this machine",
        "  Guardians to be mailed       0    nobody yet in this week",
        "  Last snapshot             none    the first job makes it",
    ] == result.stdout.splitlines()


def test_after_a_run_the_states_add_up_to_those_who_were_to_be_mailed(sent: Road) -> None:
    found = asked(sent)
    assert ("2026-W47", "machine", 4, {"sent": 4}) == (
        found["week"],
        found["source"],
        found["frozen"],
        found["states"],
    )
    assert found["snapshot"]["number"] >= 1
    assert found["at_work"] is None
    text = " ".join(sent.school.run("status").stdout.split())
    assert "Guardians: sent 4 have this week's mail Last snapshot " in text


def test_who_has_no_mail_is_listed_with_the_relays_words_on_a_new_machine_too(road: Road) -> None:
    gone = Manners(rcpt=lambda address: "550 no such mailbox" if address.startswith("g2") else None)
    with relay(gone) as there:
        first = road.weekly(LICHTBRIEF_MAIL=f"smtp://{there.host}:{there.port}")
    assert "Guardians to be mailed 4 " in " ".join(first.stdout.split())
    here = asked(road, code=1)
    wipe(road)
    elsewhere = asked(road, code=1)
    assert ("machine", "store") == (here.pop("source"), elsewhere.pop("source"))
    assert here == elsewhere
    assert {"sent": 3, "failed": 1} == here["states"]
    assert [("g2", "failed", "550 no such mailbox")] == [
        tuple(one.values()) for one in here["unsent"]
    ]


def test_a_job_that_is_at_work_elsewhere_shows_and_keeps_others_out(road: Road) -> None:
    with Lease(road.store, "another machine"):
        assert False is asked(road)["at_work"]["here"]
        assert "A job is at work" in road.school.run("status").stdout
        refused = road.weekly()
        assert 1 == refused.returncode
        assert refused.stderr.startswith(
            "error: a job on another machine has been at work for 1 min"
        )
        assert 0 == road.weekly("--dry-run").returncode
    assert {"sent": 4} == road.done()["mails"]
    assert asked(road)["at_work"] is None


def test_a_ledger_that_lost_somebody_is_noticed(road: Road) -> None:
    road.done()
    with sqlite3.connect(road.school.folder / ".lichtbrief/ledger.sqlite3") as ledger:
        ledger.execute("DELETE FROM recipients WHERE guardian = 'g2'")
    ledger.close()
    result = road.school.run("status")
    assert 1 == result.returncode
    assert "error: 4 were to be mailed, and the ledger tells of 3\n" in result.stderr
