"""The yearly round: once a year, whoever asks for it and however often; in one letter of each."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lichtbrief.delivery import Ledger, State
from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.answers.reminding import FOLDER, Reminded, Round, remind, reminding, round_of
from lichtbrief.jobs.ground.surroundings import Surroundings
from lichtbrief.sealing import KeyRing, Secret, write_ring
from lichtbrief.settings import read_settings
from tests.jobs.given import RING, W46, W47, decide_now, site_of
from tests.replies.shelves import MemoryStore
from tests.school import SmallSchool, answer

NOW = datetime(2026, 11, 20, 14, tzinfo=UTC)
W48 = Week.parse("2026-W48")


@pytest.fixture
def around() -> Surroundings:
    """A store in memory; nothing here signs links."""
    return Surroundings(MemoryStore(), None, lambda: NOW)  # type: ignore[arg-type] # not asked


def ask(school: SmallSchool, around: Surroundings, **more: object) -> Reminded:
    """As the office does, on a machine with the keys."""
    settings = read_settings(site_of(school, **more))
    write_ring(settings.key_ring, RING)
    return remind(settings, around)


def record(
    school: SmallSchool, around: Surroundings, ledger: Ledger, week: Week, guardian: str = "g1"
) -> str:
    """What the weekly job puts into a letter of this week."""
    found = reminding(decide_now(school), RING, ledger, around)
    return found.record(guardian, week) if found else "no round"


def test_the_office_reads_whom_it_reaches_and_who_is_silent(
    school: SmallSchool, around: Surroundings
) -> None:
    school.add("school/consents.csv", answer("tess-v", "g6", "no"))
    text = (school.folder / "school/consents.csv").read_text()
    kept = [line for line in text.splitlines(keepends=True) if not line.startswith("noor-d")]
    school.write("school/consents.csv", "".join(kept))
    done = ask(school, around)
    assert ("g1", "g2", "g4") == done.by_letter
    assert (("g5",), ("g6",)) == (done.on_paper, done.without)
    assert (("noor-d", frozenset({"g4"})),) == done.silent
    assert done.file is not None
    sheets = done.file.read_text()
    assert ["Ouder Vijf" in sheets, "Ouder Zes" in sheets, "Ouder Een" in sheets] == [1, 1, 0]


def test_asked_again_on_any_machine_it_is_the_same_round(
    school: SmallSchool, around: Surroundings, tmp_path: Path
) -> None:
    first = ask(school, around)
    later = replace(around, now=lambda: NOW + timedelta(days=3))
    again = ask(SmallSchool.build(tmp_path / "office"), later)
    assert (False, True) == (first.again, again.again)
    assert Round(2026, W47, NOW) == first.round == again.round
    assert 1 == len(around.store.list(f"{FOLDER}/"))


def test_each_school_year_has_its_own(school: SmallSchool, around: Surroundings) -> None:
    ask(school, around)
    assert None is round_of(around.store, RING, 2027)
    newer = KeyRing({**RING.years, 2027: Secret(b"2" * 32)})
    assert Round(2026, W47, NOW) == round_of(around.store, newer, 2026)


def test_it_stands_in_the_first_letter_that_is_mailed_and_in_no_other(
    school: SmallSchool, around: Surroundings, tmp_path: Path
) -> None:
    with Ledger(tmp_path / "ledger", lambda: NOW + timedelta(hours=1)) as ledger:
        assert "no round" == record(school, around, ledger, W47)
        ask(school, around)
        told = {week: record(school, around, ledger, week) for week in (W46, W47, W48)}
        assert ("", told[W48]) == (told[W46], told[W47])
        assert "Anna" in told[W47]
        ledger.freeze(W47, ["g1"])
        for state in (State.SENDING, State.SENT):
            ledger.mark(W47, "g1", state)
        again = {week: record(school, around, ledger, week) for week in (W46, W47, W48)}
        assert {**told, W48: ""} == again


def test_a_letter_that_was_mailed_before_the_round_does_not_count(
    school: SmallSchool, around: Surroundings, tmp_path: Path
) -> None:
    with Ledger(tmp_path / "ledger", lambda: NOW - timedelta(hours=1)) as ledger:
        ledger.freeze(W47, ["g1"])
        for state in (State.SENDING, State.SENT):
            ledger.mark(W47, "g1", state)
        ask(school, around)
        assert record(school, around, ledger, W48)


def test_nobody_reads_it_who_does_not_decide(
    school: SmallSchool, around: Surroundings, tmp_path: Path
) -> None:
    ask(school, around)
    with Ledger(tmp_path / "ledger") as ledger:
        told = {g: record(school, around, ledger, W47, g) for g in ("g1", "g2", "g3")}
    assert "" == told["g3"]
    assert ("Sem" in told["g1"], "Sem" in told["g2"]) == (False, True)


def test_teachers_cannot_ask_for_it(school: SmallSchool, around: Surroundings) -> None:
    for path in (school.folder / "school").glob("*.csv"):
        path.unlink()
    school.write("school/permits.json", "{}")
    with pytest.raises(LichtbriefError, match="needs the office's roster"):
        ask(school, around)
