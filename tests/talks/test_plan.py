"""A teacher's plan, as it is read in a terminal and on paper."""

from dataclasses import replace
from pathlib import Path

from lichtbrief.roster import Appointment, read_roster
from lichtbrief.talks import as_text, plan_of
from tests.school import SmallSchool
from tests.talks.evenings import times
from tests.talks.test_wishes import POST

TALKS = (
    Appointment(POST.id, "sem-k", ("g2", "g3"), "juf-sanne", times(1)[0], False, None),
    Appointment(POST.id, "anna-b", ("g1",), "juf-sanne", times(3)[0], False, None),
    Appointment(POST.id, "tess-v", ("g5",), "juf-sanne", times(0)[0], True, None),
)


def test_a_plan_says_who_comes_when_and_which_times_are_free(tmp_path: Path) -> None:
    roster = read_roster(SmallSchool.build(tmp_path).folder / "school")
    text = as_text("Juf Sanne", plan_of("juf-sanne", [POST], TALKS, roster))
    expected = (
        "Talks of Juf Sanne\n"
        "\n"
        "Tuesday 1 December 2026\n"
        "-----------------------\n"
        "15:30-15:40\n"
        "15:40-15:50  Sem Klaver (Groep 3)   Ouder Twee, Ouder Drie\n"
        "15:50-16:00\n"
        "16:00-16:10  Anna Bakker (Groep 3)  Ouder Een\n"
        "16:10-16:20\n"
        "16:20-16:30\n"
    )
    assert expected == text


def test_a_time_that_a_moved_talk_reaches_into_is_not_free(tmp_path: Path) -> None:
    roster = read_roster(SmallSchool.build(tmp_path).folder / "school")
    moved = replace(TALKS[1], start=times(3)[0].replace(minute=5))
    lines = plan_of("juf-sanne", [POST], [moved], roster)
    assert ["15:30", "15:40", "15:50", "16:05", "16:20"] == [f"{one.start:%H:%M}" for one in lines]


def test_nobody_comes(tmp_path: Path) -> None:
    assert "Talks of Meester Tom\n\nThere is none.\n" == as_text("Meester Tom", ())
