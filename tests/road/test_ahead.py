"""Posts that are written ahead: what makes a week anew before Friday shows none before its day."""

import pytest

from tests.road.roads import Road, open_letter
from tests.road.test_daily import BEFORE, FRIDAY, THURSDAY, TUESDAY, WEDNESDAY, at, done
from tests.road.test_empty_disk import wipe

WORDS = {
    "Tuesday's": "We zochten bladeren.",
    "Wednesday's": "We lezen elke dag.",
    "Thursday's": "Tafels!",
    "Friday's": "Nieuws voor iedereen.",
    "late": "Kom allemaal op tijd.",
}


@pytest.fixture
def road(road: Road) -> Road:
    """The school before its week and after another; Bram's mother reads on the day."""
    road.edit("school/guardians.csv", "g1@home.example,nl,weekly", "g1@home.example,nl,direct")
    road.school.post("groep-3/2026-11-12-eerder", "juf-sanne", "Vorige week.\n")
    at(road, BEFORE)
    done(road, "weekly")
    return road


def reads(road: Road, guardian: str) -> list[str]:
    """What of the week this guardian's newest link shows."""
    files = open_letter(road.link(guardian)).files.values()
    text = b"".join(files).decode(errors="replace")
    return [whose for whose, words in WORDS.items() if words in text]


def test_whatever_makes_the_week_anew_shows_no_post_before_its_day(road: Road) -> None:
    at(road, TUESDAY)
    done(road, "daily")
    assert ["Tuesday's"] == reads(road, "g1")
    folder = "content/groups/groep-3/2026-11-17-bos"
    for command in (
        f"takedown {folder}/plas.jpg",
        "revoke g4 --by directeur-els",
        "relink g1",
        "weekly --week 2026-W46",
    ):
        assert 0 == road.school.run(*command.split()).returncode
        assert ["Tuesday's"] == reads(road, "g1"), command
    at(road, WEDNESDAY)
    assert 0 == road.school.run("takedown", folder).returncode
    assert ["Wednesday's"] == reads(road, "g1")


def test_what_a_week_showed_before_its_day_stays_and_nothing_comes_with_it(road: Road) -> None:
    # Thursday and Friday are free, so the week goes out on Wednesday, all of it
    at(road, WEDNESDAY)
    done(road, "weekly")
    everything = [whose for whose in WORDS if whose != "late"]
    assert everything == reads(road, "g1")
    road.school.post("groep-3/2026-11-20-laat", "juf-sanne", f"{WORDS['late']}\n")
    wipe(road)
    assert 0 == road.school.run("takedown", "groep-3/2026-11-17-bos").returncode
    assert everything[1:] == reads(road, "g1")
    at(road, THURSDAY)
    assert {} == done(road, "daily")["mails"]
    assert everything[1:] == reads(road, "g1")
    at(road, FRIDAY)
    done(road, "daily")
    assert [*everything[1:], "late"] == reads(road, "g1")
