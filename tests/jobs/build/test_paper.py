"""The families without a screen: what goes on paper is decided for paper."""

import stat
import sys
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from lichtbrief.consent.lines import Event, What
from lichtbrief.consent.standing import photo_id
from lichtbrief.delivery.paper import print_pdf
from lichtbrief.errors import LichtbriefError, ProblemsError
from lichtbrief.jobs.build.paper import Printed, print_week
from lichtbrief.jobs.ground.heads import put_head
from lichtbrief.jobs.ground.log import Log
from lichtbrief.sealing import write_ring
from lichtbrief.settings import read_settings
from lichtbrief.site import post_reader
from tests.jobs.given import RING, THEME, decide_now, site_of
from tests.school import YES, SmallSchool, answer, photo
from tests.stores import Shelf

WOODS = "groep-3/2026-11-17-bos"


def printed(school: SmallSchool, **more: object) -> Printed:
    site = site_of(school, **more)
    return print_week(read_settings(site), post_reader(site), THEME, lambda *_: None)


def words_of(path: Path) -> str:
    """All text of a PDF, what it says of itself too, on one line."""
    pdf = PdfReader(path)
    text = [page.extract_text() for page in pdf.pages] + [str(pdf.metadata)]
    return " ".join(" ".join(text).split())


def pictures_in(path: Path) -> set[bytes]:
    """The bytes of every picture, each once."""
    return {image.data for page in PdfReader(path).pages for image in page.images}


def allow_paper(school: SmallSchool) -> None:
    """Everybody says yes to paper as well."""
    for pupil, guardian in YES:
        school.add("school/consents.csv", answer(pupil, guardian, "yes", audience="paper"))


def test_a_yes_for_the_group_is_no_yes_for_paper(school: SmallSchool) -> None:
    done = printed(school)
    sheet = done.folder / "groep-3.nl.pdf"
    assert 2 == done.left_out
    assert set() == pictures_in(sheet)
    assert "We zochten bladeren." in words_of(sheet)
    assert "mand" not in words_of(sheet)
    assert b"/Alt" not in sheet.read_bytes()


def test_what_is_permitted_on_paper_is_printed_and_the_rest_leaves_no_trace(
    school: SmallSchool,
) -> None:
    allow_paper(school)
    line = answer("tess-v", "g6", "no", said="2026-11-20T14:00", audience="paper")
    school.add("school/consents.csv", line)
    done = printed(school)
    assert (1, 1) == (done.left_out, len(pictures_in(done.folder / "groep-3.nl.pdf")))


def hidden(school: SmallSchool, *files: str) -> list[Event]:
    """What a job writes of photos in the woods: the first taken down, the second withdrawn."""
    ids = {
        one.file: photo_id(one.digest) for each in decide_now(school).posts for one in each.photos
    }
    down, withdrawn = (ids[file] for file in files)
    denied = {"post": WOODS, "photo": withdrawn, "reason": "refused"}
    return [
        Event(What.permitted, {"post": WOODS, "photos": list(ids.values())}),
        Event(What.taken_down, {"post": "", "photo": down}),
        Event(What.denied, denied),
    ]


def test_what_was_hidden_on_another_machine_is_hidden_on_paper_too(
    school: SmallSchool, shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The office prints with an older copy of the roster, and has no log but its own."""
    allow_paper(school)
    log = Log.of(tmp_path / "job")
    log.add(hidden(school, "mand.jpg", "plas.jpg"))
    put_head(log, shelf.store, RING)
    there = shelf.environment()
    for name, value in there.items():
        monkeypatch.setenv(name, value)
    school.settings(**{name: there[name] for name in there if name.startswith("LICHTBRIEF")})
    write_ring(school.folder / ".lichtbrief/keys.json", RING)
    assert 2 == printed(school).left_out
    assert not Log.of(school.folder / ".lichtbrief").path.exists()
    # Its own log, of another course, takes nothing of that away
    Log.of(school.folder / ".lichtbrief").add([Event(What.key_made, {"year": 2026})] * 5)
    assert 2 == printed(school).left_out
    (school.folder / ".lichtbrief/keys.json").unlink()
    with pytest.raises(LichtbriefError):
        printed(school)
    assert not (school.folder / ".lichtbrief/paper").exists()


def test_a_yes_that_came_back_waits_on_paper_as_on_screens(school: SmallSchool) -> None:
    allow_paper(school)
    events = hidden(school, "mand.jpg", "plas.jpg")
    Log.of(school.folder / ".lichtbrief").add([events[0], events[2]])
    assert 1 == printed(school).left_out


def test_a_photo_on_paper_is_drawn_anew_and_no_original(school: SmallSchool) -> None:
    allow_paper(school)
    marked = photo(1, marks="made by a telephone")
    school.write("content/groups/groep-3/2026-11-17-bos/mand.jpg", marked)
    done = printed(school)
    pictures = pictures_in(done.folder / "groep-3.nl.pdf")
    assert 2 == len(pictures)
    assert not [data for data in pictures if b"telephone" in data or b"Exif" in data]


def test_there_are_as_many_copies_as_families_that_read_the_group_on_paper(
    school: SmallSchool,
) -> None:
    school.add("school/guardians.csv", "g7,Ouder Zeven,,tr,paper\n")
    school.add("school/relations.csv", "g7,tess-v,no,yes,2020-01-01,\n")
    done = printed(school)
    expected = {
        ("groep-3", "nl"): 1,
        ("groep-3", "tr"): 1,
        ("school", "nl"): 1,
        ("school", "tr"): 1,
    }
    assert expected == {(s.group, s.language): s.copies for s in done.sheets}
    families = [(one.guardian, one.groups, one.language) for one in done.families]
    assert [("g5", ("groep-3", "school"), "nl"), ("g7", ("groep-3", "school"), "tr")] == families
    assert "Ouder Zeven" not in str(done)
    assert "47. hafta" in words_of(done.folder / "groep-3.tr.pdf")


def test_the_office_is_told_who_gets_them_and_by_name_if_it_asks(school: SmallSchool) -> None:
    told = school.run("paper")
    assert (0, "") == (told.returncode, told.stderr)
    assert "To be handed to" in told.stdout
    assert ["g5", "groep-3,", "school", "(nl)"] == told.stdout.splitlines()[-1].split()
    named = school.run("paper", "--names")
    assert "Ouder Vijf" in named.stdout.splitlines()[-1]
    assert "Ouder Vijf" not in told.stdout


def test_the_cover_sheet_counts_and_names_nobody(school: SmallSchool) -> None:
    cover = words_of(printed(school).folder / "cover.pdf")
    assert "Voor 1 gezin op papier." in cover
    assert "Groep 3 Nederlands 1" in cover
    assert not [name for name in ("Ouder", "Tess", "g5", "#", "http") if name in cover]


def test_only_the_job_can_read_them_and_nothing_lies_in_the_output(school: SmallSchool) -> None:
    done = printed(school)
    files = sorted(done.folder.iterdir())
    assert ["cover.pdf", "groep-3.nl.pdf", "school.nl.pdf"] == [path.name for path in files]
    assert {0o600} == {stat.S_IMODE(path.stat().st_mode) for path in files}
    assert {0o700} == {stat.S_IMODE(p.stat().st_mode) for p in (done.folder, done.folder.parent)}
    assert [] == list(school.folder.glob("output/**/*.pdf"))


def test_what_was_printed_before_is_gone_whatever_becomes_of_this_run(school: SmallSchool) -> None:
    folder = printed(school).folder
    school.post("groep-3/2026-11-19-stuk", "niemand", "Een bericht van niemand.\n")
    with pytest.raises(ProblemsError):
        printed(school)
    assert not folder.exists()


def test_a_week_without_families_on_paper_is_an_error_with_words(school: SmallSchool) -> None:
    with pytest.raises(LichtbriefError, match="nothing to print of week 2026-W40"):
        printed(school, LICHTBRIEF_WEEK="2026-W40")


def test_a_photo_that_cannot_be_read_is_left_out_and_told(school: SmallSchool) -> None:
    allow_paper(school)
    school.write("content/groups/groep-3/2026-11-17-bos/mand.jpg", photo(1)[:900])
    done = printed(school)
    assert ["groep-3/2026-11-17-bos/mand.jpg"] == [name for name, _ in done.unreadable]
    assert 1 == len(pictures_in(done.folder / "groep-3.nl.pdf"))


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://example.org/a.jpg">',
        '<img src="file:///etc/hostname">',
        '<img src="photo:7">',
        "<style>@import 'https://example.org/a.css';</style>",
        "<style>body { background: url(file:///etc/hostname) }</style><p>a",
        '<link rel="stylesheet" href="https://example.org/a.css">',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/hostname"/></svg>',
        '<object data="file:///etc/hostname"></object>',
        '<link rel="attachment" href="file:///etc/hostname">',
        "<style>@font-face { font-family: a; src: url(file:///etc/hostname) }</style><p>a",
    ],
)
def test_a_page_that_asks_for_something_else_is_not_printed(html: str) -> None:
    with pytest.raises(LichtbriefError, match="asks for something"):
        print_pdf(html, {"photo:0": b""})


def test_a_page_prints_its_own_photo() -> None:
    data = print_pdf('<img src="photo:0" alt="Een bord">', {"photo:0": photo(1)})
    assert 1 == len(PdfReader(BytesIO(data)).pages[0].images)


def test_without_the_library_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(LichtbriefError) as refusal:
        print_pdf("<p>a", {})
    assert refusal.value.hint is not None
    assert "lichtbrief[paper]" in refusal.value.hint


def test_the_command_says_what_to_print_and_how_often(school: SmallSchool) -> None:
    done = school.run("paper")
    assert 0 == done.returncode, done.stderr
    assert "Week 2026-W47 for 1 guardian on paper" in done.stdout
    assert "groep-3.nl.pdf" in done.stdout
