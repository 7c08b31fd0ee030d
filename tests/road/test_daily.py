"""A mother wants the news on the day and gets it on the day; all others hear of it on Friday."""

import json
from email import message_from_bytes, policy
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.road.roads import Road, groups_of, open_letter

TUESDAY, WEDNESDAY, THURSDAY = "2026-11-17", "2026-11-18", "2026-11-19"
FRIDAY, MONDAY = "2026-11-20", "2026-11-23"


@pytest.fixture
def road(road: Road) -> Road:
    """The school before its week; Bram's and Anna's mother reads on the day."""
    road.edit("school/guardians.csv", "g1@home.example,nl,weekly", "g1@home.example,nl,direct")
    return road


def at(road: Road, day: str, hour: str = "15:30", **more: object) -> None:
    """Let the school's clock say this moment."""
    road.school.settings(LICHTBRIEF_MOMENT=f"{day}T{hour}", LICHTBRIEF_WEEK=None, **more)


def run(road: Road, command: str, *arguments: str, **environment: str) -> CompletedProcess[str]:
    return road.school.run(command, "--json", *arguments, **environment)


def done(road: Road, command: str, *arguments: str) -> dict[str, Any]:
    result = run(road, command, *arguments)
    assert (0, "") == (result.returncode, result.stderr)
    value: dict[str, Any] = json.loads(result.stdout)
    return value


def mailed(road: Road) -> dict[str, int]:
    return {guardian: len(mails) for guardian, mails in road.mails().items()}


def letters_in(road: Road) -> set[str]:
    return {name for name in road.objects() if name.startswith("letters/")}


def said(path: Path) -> tuple[str, str]:
    """A mail's subject and its plain text."""
    message = message_from_bytes(path.read_bytes(), policy=policy.SMTP)
    return str(message["Subject"]), str(message.get_body(("plain",)).get_content())  # type: ignore[union-attr] # policy.SMTP makes EmailMessages


def test_a_week_of_school_day_by_day(road: Road) -> None:
    at(road, TUESDAY)
    first = done(road, "daily")
    assert ("2026-W47-D2", {"sent": 1}, 1) == (first["day"], first["mails"], first["letters"])
    assert {"g1": 1} == mailed(road)
    (letter,) = letters_in(road)
    link = road.link("g1")
    assert ["groep-3"] == groups_of(open_letter(link))
    subject, text = said(road.mails()["g1"][0])
    assert "Nieuws van dinsdag 17 november – De Kleine Dijk" == subject
    assert "- 1 bericht\n- 2 foto’s\n" in text.replace("\r", "")
    # An hour later there is a further photo, and tomorrow's mail will tell of it
    again = done(road, "daily")
    assert (0, {"sent": 1}) == (again["mailed_now"], again["mails"])
    at(road, WEDNESDAY)
    second = done(road, "daily")
    assert ({"sent": 1}, {"g1": 2}) == (second["mails"], mailed(road))
    assert {letter} == letters_in(road)
    assert "- 1 bericht\n\n" in said(road.mails()["g1"][1])[1].replace("\r", "")
    assert link.partition("#")[2] == road.link("g1").partition("#")[2]
    assert "We lezen elke dag." in open_letter(link).files["edition-1.html"].decode()
    # On Friday the others get the whole week, and she what Friday brought
    at(road, THURSDAY)
    assert 1 == done(road, "daily")["mailed_now"]
    at(road, FRIDAY)
    week = done(road, "weekly")
    assert ({"sent": 4}, 4, 0) == (week["mails"], week["mailed_now"], week["had_all"])
    assert {"g1": 4, "g2": 1, "g3": 1, "g4": 1} == mailed(road)
    assert "Nieuws van vrijdag 20 november" in said(road.mails()["g1"][3])[0]
    assert "Weekbrief week 47" in said(road.mails()["g2"][0])[0]
    for guardian in ("g1", "g2", "g3", "g4"):
        assert "school" in groups_of(open_letter(road.link(guardian)))
    # One mail a day: what Friday's weekly told is not told again
    assert {} == done(road, "daily")["mails"]
