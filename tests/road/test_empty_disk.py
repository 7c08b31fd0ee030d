"""The job runs on a machine that has nothing but the keys, the roster, the posts and the store."""

import shutil
from pathlib import Path

from tests.road.roads import READERS, Road, alts_of, edition_of, open_letter
from tests.road.test_trouble import said

KEYS = "keys.json"


def wipe(road: Road) -> None:
    """A new machine with a copy of the repository and the keys."""
    state = road.school.folder / ".lichtbrief"
    keys = (state / KEYS).read_bytes()
    shutil.rmtree(road.school.folder / "output", ignore_errors=True)
    shutil.rmtree(state)
    state.mkdir()
    (state / KEYS).write_bytes(keys)
    (state / KEYS).chmod(0o600)


def mailed(road: Road) -> dict[str, int]:
    """How many mails each guardian has had."""
    return {guardian: len(mails) for guardian, mails in road.mails().items()}


def test_a_new_machine_mails_nobody_twice_and_changes_nothing(road: Road) -> None:
    road.done()
    before = road.objects()
    wipe(road)
    assert [] == road.done("--dry-run")["plan"]
    again = road.done()
    assert (0, {"sent": 4}, []) == (again["mailed_now"], again["mails"], again["plan"])
    assert before == road.objects()
    assert dict.fromkeys(READERS, 1) == mailed(road)


def test_a_new_machine_takes_away_what_a_father_withdrew(road: Road) -> None:
    road.done()
    wipe(road)
    road.edit("school/consents.csv", "anna-b,g1,group,photo,yes", "anna-b,g1,group,photo,withdrawn")
    assert 0 == road.done()["mailed_now"]
    entry = edition_of(open_letter(road.link("g1")), "groep-3")
    assert ["Twee laarzen in een plas"] == alts_of(entry)
    assert dict.fromkeys(READERS, 1) == mailed(road)


def test_a_restored_backup_of_the_ledger_is_refused_and_nothing_is_done(
    road: Road, tmp_path: Path
) -> None:
    state = road.school.folder / ".lichtbrief"
    road.done()
    shutil.copytree(state, tmp_path / "backup", ignore=shutil.ignore_patterns("cache"))
    road.done()
    (tmp_path / "backup/ledger.sqlite3").replace(state / "ledger.sqlite3")
    before = road.objects()
    for more in ((), ("--dry-run",)):
        text = said(road.weekly(*more))
        assert "the ledger on this machine is older (snapshot " in text
        assert "--restore-ledger" in text
    assert before == road.objects()
    assert 0 == road.done("--restore-ledger")["mailed_now"]
    assert 0 == road.done()["mailed_now"]
