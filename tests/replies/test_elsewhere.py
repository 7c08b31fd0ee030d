"""Replies on several machines, the job's, the office's, a teacher's: all is kept in the store."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from lichtbrief.cli.main import main
from lichtbrief.sealing import write_ring
from tests.jobs.given import RING, decide_now
from tests.replies.office import Office, word
from tests.school import SmallSchool
from tests.stores import Shelf

pytestmark = pytest.mark.xdist_group("replies-road")


@pytest.fixture
def office(shelf: Shelf, tmp_path: Path) -> Office:
    """The job's machine, with a corner of a real store."""
    school = SmallSchool.build(tmp_path / "school")
    return Office(decide_now(school, LICHTBRIEF_REPLIES="post"), shelf.store)


@pytest.fixture
def laptop(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallSchool:
    """A checkout on another machine, with the keys and the way to the store; it is gone into."""
    school = SmallSchool.build(tmp_path / "laptop")
    school.settings(LICHTBRIEF_REPLIES="post")
    write_ring(school.folder / ".lichtbrief/keys.json", RING)
    identities = json.loads((shelf.server.folder / "identities.json").read_bytes())["identities"]
    (key,) = (each["credentials"][0] for each in identities if each["name"] == "publisher")
    environment = {
        "LICHTBRIEF_STORE": f"s3://{shelf.server.bucket}/{shelf.store.prefix}",
        "LICHTBRIEF_S3_ENDPOINT": shelf.server.endpoint,
        "AWS_ACCESS_KEY_ID": key["accessKey"],
        "AWS_SECRET_ACCESS_KEY": key["secretKey"],
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(school.folder)
    return school


def said(capsys: pytest.CaptureFixture[str], arguments: Sequence[str]) -> str:
    """What a command prints, which must end well."""
    status, printed = main(arguments), capsys.readouterr()
    assert (0, "") == (status, printed.err)
    return printed.out


@pytest.mark.usefixtures("laptop")
def test_a_teacher_reads_who_when_about_whom_and_the_words(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.put("g1", word(1, "anna-b", "Anna is moe"))
    office.empty()
    assert (
        "00000000  2026-11-20 14:55  Ouder Een (g1)\n"
        "  to the teacher, about: anna-b\n"
        "  | Anna is moe\n"
    ) == said(capsys, ["inbox", "--for", "juf-sanne"])
    unsuitable = ["inbox", "--for", "juf-sanne", "--unsuitable", "00000000"]
    assert "Nothing has come in for juf-sanne.\n" == said(capsys, unsuitable)
    assert office.cabinet.all()[0].unsuitable, "on the job's machine too"
