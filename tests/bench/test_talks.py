"""`bench.talks` on a small school: the same steps, and a peer that is fair."""

import json
from pathlib import Path
from random import Random

import pytest

from bench.evenings import Evenings, answers
from bench.measuring import Options
from bench.talks import first_come, main, most_possible, refuse_doubles
from tests.talks.evenings import hours, wanted

SMALL = Evenings(families=12, teachers=3, talks=4)


def test_a_whole_benchmark_of_a_small_school(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.json"
    assert 0 == main(Options(quick=True, json=file), SMALL, 1)
    figures = json.loads(file.read_bytes())
    assert {"of_possible", "solve_s", "near", "late_s", "first_come_chosen"} <= set(figures)
    assert figures["first_come_chosen"] <= figures["chosen"]
    assert 0.9 < figures["of_possible"] <= 1
    assert "first come, first served" in capsys.readouterr().out


def test_the_school_is_as_it_was_asked_for() -> None:
    asked = answers(Evenings(), Random(1))
    guardians = {one.guardians[0] for one in asked}
    children = {one.pupil for one in asked}
    families = {name.split("-")[0] for name in guardians}
    assert (300, 10) == (len(families), len({one.teachers for one in asked}))
    assert 0.06 < len(guardians) / len(families) - 1 < 0.14
    assert 0.35 < (sum(name.endswith("-1") for name in children)) / len(families) < 0.45
    assert all(3 == len(one.choices) for one in asked)


def test_first_come_first_served_gives_each_the_best_that_is_left() -> None:
    found = first_come([wanted("g1", 0), wanted("g2", 0, 1), wanted("g3", 1, elsewhere=True)])
    expected = {"child-of-g1": "15:30", "child-of-g2": "15:40", "child-of-g3": "15:50"}
    assert expected == hours(found)
    assert 2 == most_possible([wanted("g1", 0), wanted("g2", 0, 1), wanted("g3", 1)])


def test_a_plan_with_somebody_in_two_talks_ends_the_benchmark() -> None:
    one, other = (wanted(who, 0).at("juf-sanne", wanted(who, 0).choices[0]) for who in ("a", "b"))
    with pytest.raises(RuntimeError, match="two talks at once"):
        refuse_doubles([one, other])
