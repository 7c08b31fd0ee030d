import random
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.roster import (
    Answer,
    Answered,
    Audience,
    Block,
    BlockKind,
    Delivery,
    Guardian,
    Kind,
    Pupil,
    Relation,
    Role,
    Staff,
    read_roster,
)
from tests.roster.office import FILES, keep


def test_the_office_s_files_become_people(tmp_path: Path) -> None:
    roster = read_roster(keep(tmp_path))
    assert ["school", "groep-3", "groep-5"] == list(roster.groups)
    assert Pupil("tess-v", "Tess", "") == roster.pupils["tess-v"]
    anneke = Guardian("g01", "Anneke Kok", "anneke@example.org", "nl", Delivery.weekly)
    assert anneke == roster.guardians["g01"]
    karim = Staff("gym-karim", "Karim Aydin", "", Role.subject, frozenset(), photo=True)
    assert karim == roster.staff["gym-karim"]


def test_the_office_s_files_become_what_holds_between_people(tmp_path: Path) -> None:
    roster = read_roster(keep(tmp_path))
    assert Relation("g03", "tess-v", True, False, date(2024, 8, 1), None) == roster.relations[2]
    assert (
        Answer(
            pupil="tess-v",
            guardian="g03",
            audience=Audience.school,
            kind=Kind.video,
            decision=Answered.withdrawn,
            said_at=datetime(2026, 9, 1, 9),
            recorded_at=datetime(2026, 9, 2, 9, 5),
            form=2,
            source="form",
            recorded_by="kantoor-ria",
        )
        == (roster.answers[1])
    )
    assert Block("tess-v", BlockKind.safety, date(2026, 9, 1), None, "") == roster.blocks[1]
    assert frozenset({"sem-k"}) == roster.members("groep-5", date(2026, 11, 17))


def test_a_dutch_excel_saves_the_same_roster(tmp_path: Path) -> None:
    expected = read_roster(keep(tmp_path))
    dutch = {
        name: "\ufeff" + text.replace(",", ";").replace("\n", "\r\n")
        for name, text in FILES.items()
    }
    dutch["memberships"] = dutch["memberships"].replace("2026-11-02", "2-11-2026")
    assert expected == read_roster(keep(tmp_path, **dutch))


def test_a_school_without_blocks_or_answers_yet(tmp_path: Path) -> None:
    headers = {name: FILES[name].splitlines()[0] for name in ("consents", "blocks")}
    roster = read_roster(keep(tmp_path, **headers))
    assert ((), ()) == (roster.answers, roster.blocks)


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_says_nothing(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random
) -> None:
    folder = tmp_path_factory.getbasetemp()
    expected = read_roster(keep(folder))
    shuffled = {}
    for name, text in FILES.items():
        header, *rows = text.splitlines()
        chance.shuffle(rows)
        shuffled[name] = "\n".join((header, *rows))
    roster = read_roster(keep(folder, **shuffled))
    assert expected.pupils == roster.pupils
    assert set(expected.answers) == set(roster.answers)
    assert set(expected.memberships) == set(roster.memberships)
