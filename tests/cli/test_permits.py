"""The teachers' copy of the roster: made by the office, enough to look, never to publish."""

import json
import re

import pytest

from lichtbrief.cli.weekly import as_json, status_of
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.people import office_roster, out_of_date, people_of
from lichtbrief.jobs.publish.publication import Publication
from lichtbrief.jobs.runs.published import Published
from lichtbrief.settings import read_settings
from lichtbrief.storage import Plan
from tests.jobs.given import decide_now, folder_bytes, site_of
from tests.school import SmallSchool, answer


@pytest.fixture
def office(school: SmallSchool) -> SmallSchool:
    """A school where Tess may not be shown, nor Sem be named, and somebody is in no group yet."""
    school.add("school/blocks.csv", "tess-v,safety,2026-09-01,,directeur-els\n")
    school.add("school/consents.csv", answer("sem-k", "g2", "no", kind="name"))
    school.post("groep-3/2026-11-19-nieuws", "juf-sanne", "Vandaag las Sem voor.\n")
    return school


def hand_over(office: SmallSchool) -> SmallSchool:
    """The teachers' checkout: everything but the tables of the office, and the office's copy."""
    made = office.run("permits")
    assert (0, "") == (made.returncode, made.stderr)
    for table in (office.folder / "school").glob("*.csv"):
        table.rename(office.folder / table.name)
    assert ["permits.json"] == [path.name for path in (office.folder / "school").iterdir()]
    return office


def test_the_office_reads_what_it_made_and_what_it_does_not_hold(office: SmallSchool) -> None:
    result = office.run("permits")
    assert result.stdout.startswith("5 pupils and 3 of the staff, as of 2026-11-20 15:00, are in ")
    copy = (office.folder / "school/permits.json").read_text(encoding="utf-8")
    assert not re.search(r"\bg[1-6]\b|@|home\.example|safety|withdrawn|\bno\b", copy)
    assert ["group/photo", "school/photo"] == json.loads(copy)["pupils"]["anna-b"]["yes"]
    assert [] == json.loads(copy)["pupils"]["tess-v"]["yes"]


def test_a_teacher_reads_the_same_as_the_office(office: SmallSchool) -> None:
    with_tables = office.run("check")
    teacher = hand_over(office)
    with_copy = teacher.run("check")
    assert (with_tables.stdout, with_tables.stderr) == (with_copy.stdout, with_copy.stderr)
    assert "there is no permission to show tess-v here" in with_copy.stdout
    assert "names sem-k, who may not be named here" in with_copy.stdout


def test_a_preview_with_the_copy_is_the_same_to_the_byte(office: SmallSchool) -> None:
    command = ("build", "--settings", "pelicanconf.py")
    office.run(*command)
    with_tables = folder_bytes(office.folder / "preview/editions")
    hand_over(office).run(*command)
    assert with_tables == folder_bytes(office.folder / "preview/editions") != {}


@pytest.mark.parametrize(
    "command",
    [("build",), ("paper",), ("permits",), ("consents", "tess-v"), ("weekly", "--dry-run")],
)
def test_nothing_is_published_or_told_of_answers_with_the_copy(
    office: SmallSchool, command: tuple[str, ...]
) -> None:
    teacher = hand_over(office)
    teacher.run("keys", "make")
    result = teacher.run(*command, LICHTBRIEF_MAIL="smtp://127.0.0.1:9")
    assert (1, "") == (result.returncode, result.stdout)
    assert re.search(r"needs the office's roster; here is the teachers' copy\n", result.stderr)


def test_a_copy_that_is_spoilt_stops_everything_at_once(office: SmallSchool) -> None:
    teacher = hand_over(office)
    teacher.write("school/permits.json", b"\xff{}")
    result = teacher.run("check")
    assert (
        "error: the teachers' copy permits.json cannot be read\n"
        "hint: get it again from the office, who make it with lichtbrief permits\n"
    ) == result.stderr
    assert (1, "") == (result.returncode, result.stdout)


def test_the_tables_count_where_both_lie_together(office: SmallSchool) -> None:
    office.run("permits")
    settings = read_settings(site_of(office))
    assert office_roster(settings, "this") == people_of(settings) == decide_now(office).roster
    assert len(people_of(settings).guardians) == 6
    for table in (office.folder / "school").glob("*.csv"):
        table.unlink()
    with pytest.raises(LichtbriefError, match="publishing needs the office's roster"):
        people_of(settings)
    with pytest.raises(LichtbriefError, match="this needs the office's roster"):
        office_roster(settings, "this")


def test_the_weekly_job_sees_that_the_copy_is_out_of_date(office: SmallSchool) -> None:
    def count() -> int:
        decided = decide_now(office)
        return out_of_date(decided.settings, decided.roster, decided.moment)

    assert 0 == count()  # a school without teachers' copies is not bothered
    office.run("permits")
    assert 0 == count()
    office.add("school/consents.csv", answer("anna-b", "g1", "withdrawn", "2026-11-20T14:00"))
    assert 1 == count()
    office.write("school/permits.json", "{")
    assert count() > 5


def test_it_says_so_in_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    publication = Publication((), {}, Plan(()), {}, out_of_date=2)
    done = Published(publication, uploaded=0, deleted=0, mails=None, seconds={})
    assert 0 == status_of(done)
    assert (
        "hint: the teachers' copy of the roster is out of date in 2 places:"
        " run lichtbrief permits and give it to them\n"
    ) == capsys.readouterr().err
    assert 2 == as_json(done)["permits_out_of_date"]
