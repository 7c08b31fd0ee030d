"""A mother has lost her mail, and then everybody needs a fresh link before the holidays."""

import json
from email import message_from_bytes, policy
from typing import Any

from tests.road.roads import Road, open_letter

PAPER = "g5"


def relink(road: Road, *arguments: str, said: str = "") -> dict[str, Any]:
    result = road.school.run("relink", "--json", *arguments)
    assert (0, said) == (result.returncode, result.stderr)
    value: dict[str, Any] = json.loads(result.stdout)
    return value


def mailed(road: Road) -> dict[str, int]:
    return {guardian: len(mails) for guardian, mails in road.mails().items()}


def test_fresh_links_for_one_for_all_and_for_nobody_who_may_not(road: Road) -> None:
    road.school.settings(LICHTBRIEF_LINK_DAYS=3)
    road.done()
    old = road.link("g1")
    others = {name: each.etag for name, each in road.objects().items()}
    road.school.settings(LICHTBRIEF_LINK_DAYS=7)
    done = relink(road, "g1")
    assert ("2026-W47-1", 1, {"sent": 1}) == (done["round"], done["mailed_now"], done["mails"])
    assert {"g1": 2, "g2": 1, "g3": 1, "g4": 1} == mailed(road)
    changed = [name for name, each in road.objects().items() if others[name] != each.etag]
    assert 1 == len(changed)
    # The letter is the same one, for longer; the lost link opens it until its own end
    assert old.partition("#")[2] == road.link("g1").partition("#")[2]
    assert open_letter(old).about["until"] == open_letter(road.link("g1")).about["until"]
    assert open_letter(road.link("g2")).about["until"] < open_letter(old).about["until"]
    first, second = (
        message_from_bytes(path.read_bytes(), policy=policy.SMTP) for path in road.mails()["g1"]
    )
    assert first["Message-ID"] != second["Message-ID"]
    assert "Hier is een nieuwe link" in str(second.get_body(("plain",)).get_content())  # type: ignore[union-attr] # policy.SMTP makes EmailMessages
    # For all: the relay is down, and the run after it goes on with the same round
    result = road.school.run("relink", "--all", LICHTBRIEF_MAIL="smtp://127.0.0.1:9")
    assert (1, 1) == (result.returncode, mailed(road)["g2"])
    road.school.settings(LICHTBRIEF_LINK_DAYS=7, LICHTBRIEF_MAIL_PACE={"second": 3})
    done = relink(road, "--all", said="3 a second: 4 mails take 2 s\n")
    assert ("2026-W47-2", 4, {"sent": 4}) == (done["round"], done["mailed_now"], done["mails"])
    assert {"g1": 3, "g2": 2, "g3": 2, "g4": 2} == mailed(road)
    # The weekly job has nothing to do with all that
    again = road.done()
    assert (0, {"sent": 4}, []) == (again["mailed_now"], again["mails"], again["plan"])
    before = mailed(road)
    result = road.school.run("relink", PAPER)
    assert 1 == result.returncode
    assert f"error: {PAPER} gets no link\nhint: they read on paper" in result.stderr
    assert before == mailed(road)
