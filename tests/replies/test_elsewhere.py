"""Replies on several machines, the job's, the office's, a teacher's: all is kept in the store."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from lichtbrief.cli.main import main
from lichtbrief.replies import Letterbox
from lichtbrief.sealing import write_ring
from tests.jobs.given import RING, decide_now
from tests.replies.given import write_reply
from tests.replies.office import OCTETS, Office, choice, word
from tests.road.roads import Road, edition_of, open_letter
from tests.school import WEEK, SmallSchool
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
    for name, value in shelf.environment().items():
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


def send(road: Road, guardian: str, content: dict[str, object]) -> None:
    """What a browser does with that guardian's letter."""
    box = Letterbox.of(road.ring().year(2026), 2026, guardian, WEEK)
    road.store.put(f"{box.prefix}x", write_reply(box, content), content_type=OCTETS)


def seen(road: Road) -> list[str]:
    """What the mother of Bram sees of his group."""
    entry = edition_of(open_letter(road.link("g1")), "groep-5")
    return [photo["alt"] for photo in entry["index"]["photos"]]


def test_a_no_holds_from_the_next_weekly_run_on_whatever_becomes_of_the_checkout(
    road: Road,
) -> None:
    """A job in CI: each run has the keys, the posts, and the roster as it once was; and no disk."""
    consents = road.school.folder / "school/consents.csv"
    export, keys = consents.read_bytes(), road.ring()
    road.done()
    assert ["Een bord vol sommen", "Een kuil in het zand"] == seen(road)
    send(road, "g1", choice(1, "bram-b", group_photo="no"))
    done = road.done()
    assert {"filed": 1, "answers": 1} == {n: done["replies"][n] for n in ("filed", "answers")}
    assert [] == seen(road), "Bram is in both"
    assert [] == list(road.store.list("replies/"))
    shutil.rmtree(road.school.folder / ".lichtbrief")
    write_ring(road.school.folder / ".lichtbrief/keys.json", keys)
    consents.write_bytes(export)
    assert 1 == road.done()["replies"]["answers"]
    assert [] == seen(road), "Bram is in both"
    assert b"letter" in consents.read_bytes()


def test_a_no_that_lies_unread_stops_a_build_from_before_it(road: Road) -> None:
    road.done()
    assert 0 == road.school.run("build").returncode
    send(road, "g1", choice(1, "bram-b", group_photo="no"))
    refused = road.school.run("publish")
    assert (1, True) == (refused.returncode, "have changed since the build" in refused.stderr)


def test_paper_that_is_printed_elsewhere_keeps_to_what_was_filed(
    office: Office, laptop: SmallSchool
) -> None:
    office.put("g4", choice(1, "noor-d", paper_photo="no"))
    office.empty()
    assert b"letter" not in (laptop.folder / "school/consents.csv").read_bytes()
    assert 1 == main(["paper", "--week", "2026-W40"]), "there is nothing to print of that week"
    assert b"letter" in (laptop.folder / "school/consents.csv").read_bytes()
