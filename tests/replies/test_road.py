"""From a form in a parent's browser to a file, a row and the next letter: all parts real."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from lichtbrief.jobs.answers.notes import Note, Notes
from lichtbrief.jobs.ground.kept import open_kept
from tests.replies.test_forms import CHOSEN
from tests.road.roads import Road, open_letter
from tests.school import MOMENT

pytestmark = pytest.mark.xdist_group("replies-road")

AT = datetime.fromisoformat(MOMENT).replace(tzinfo=UTC)
PASSPHRASE = "vier woorden en een fiets"
SECRET_WORDS = "Anna heeft slecht geslapen.\nGroet 🎈"


def inbox(road: Road, *arguments: str, typed: str = "") -> dict[str, Any]:
    result = road.school.run_typing(typed, "inbox", "--json", *arguments)
    assert (0, "") == (result.returncode, result.stderr)
    value: dict[str, Any] = json.loads(result.stdout)
    return value


def only_the_teacher_reads(road: Road) -> None:
    """The word to the teacher; that to the director, who has no key, is shown to them."""
    kept = [open_kept(road.store, road.ring(), name) for name in road.store.list("filed/")]
    bodies = [json.loads(json.loads(data)["reply"])["body"] for data in kept]
    words = {body["to"]: body for body in bodies if "to" in body}
    assert "Een vraag" == words["director"]["words"]
    assert {"to", "pupil", "sealed"} == words["teacher"].keys()
    sealed = words["teacher"]["sealed"]
    assert ["juf-sanne"] == list(sealed["keys"])
    files = [path.read_bytes() for path in road.school.folder.rglob("*") if path.is_file()]
    for data in (*kept, *files, base64.b64decode(sealed["text"])):
        assert b"slecht geslapen" not in data
    away = {"XDG_CONFIG_HOME": str(road.school.folder / "elsewhere")}
    for who in ("juf-sanne", "directeur-els", "meester-tom"):
        result = road.school.run("inbox", "--for", who, **away)
        assert (0, "") == (result.returncode, result.stderr)
        assert "slecht geslapen" not in result.stdout
        assert ("1 message can be opened with your own key only" in result.stdout) == (
            who == "juf-sanne"
        )
        assert ("Een vraag" in result.stdout) == (who == "directeur-els")
    own = inbox(road, "--for", "juf-sanne", typed=f"{PASSPHRASE}\n")["replies"]
    assert {"word": SECRET_WORDS, "doubt": ""} == {one["kind"]: one["words"] for one in own}
    (code,) = (one["code"] for one in own if one["kind"] == "word")
    aside = ("--for", "juf-sanne", "--unsuitable", code)
    assert ["doubt"] == [
        one["kind"] for one in inbox(road, *aside, typed=f"{PASSPHRASE}\n")["replies"]
    ]
    handed = inbox(road, "--for", "directeur-els")["replies"]
    assert SECRET_WORDS in [one["words"] for one in handed if one["unsuitable"]]


@pytest.fixture
def page(road: Road, phone: BrowserContext) -> Page:
    """The letter of g1, who decides about Anna and Bram, opened in a browser of that day.

    Anna's teacher has made an own key, on a machine of her own.
    """
    road.school.environment["XDG_CONFIG_HOME"] = str(road.maildir.parent / "home of sanne")
    made = road.school.run_typing(f"{PASSPHRASE}\n" * 2, "keys", "own", "juf-sanne")
    assert (0, "") == (made.returncode, made.stderr)
    (key,) = (each for each in made.stdout.split() if each.startswith("juf-sanne:"))
    rows = (road.school.folder / "school/staff.csv").read_text().splitlines()
    ends = [",key", f",{key}", ",", ","]
    staff = "".join(f"{row}{end}\n" for row, end in zip(rows, ends, strict=True))
    road.school.write("school/staff.csv", staff)
    road.done()
    page = phone.new_page()
    page.clock.set_fixed_time(AT)
    page.goto(road.link("g1"))
    expect(page.locator(".answers")).to_be_visible()
    return page


def test_what_a_mother_sends_reaches_the_school_and_her_next_letter(road: Road, page: Page) -> None:
    word = page.locator(".answers details").first
    word.locator("summary").click()
    word.locator("select").nth(1).select_option("anna-b")
    word.locator("textarea").fill(SECRET_WORDS)
    word.locator("button").click()
    expect(word.locator(".told")).to_have_text("Dit is aangekomen. Dank u wel.")
    # Nobody of Bram's groups, nor the director, has a key: as plain as it ever was.
    word.locator("select").first.select_option("director")
    word.locator("textarea").fill("Een vraag")
    word.locator("button").click()
    expect(word.locator(".told")).to_have_text("Dit is aangekomen. Dank u wel.")

    event = page.locator(".post.event details").first
    event.locator("summary").click()
    event.locator("select").select_option("yes")
    event.locator("input").fill("3")
    event.locator("button").click()
    expect(event.locator(".told")).to_have_text("Dit is aangekomen. Dank u wel.")

    choices = page.locator(".answers details", has_text="Anna te zien").first
    choices.locator("summary").click()
    choices.locator("select").first.select_option("no")
    choices.locator("button").click()
    expect(choices.locator(".told")).to_have_text(CHOSEN)

    doubt = page.locator(".post", has=page.locator("figure")).locator(".doubting").first
    doubt.locator("summary").click()
    doubt.locator("button").click()
    expect(doubt.locator(".told")).to_have_text("Dit is aangekomen. Dank u wel.")

    wishes = page.locator(".answers details", has_text="Hoe wilt u").first
    wishes.locator("summary").click()
    wishes.locator("select").last.select_option("tr")
    wishes.locator("button").click()
    expect(wishes.locator(".told")).to_have_text("Dit is aangekomen. Dank u wel.")

    link, others = road.link("g1"), road.link("g2")
    came = inbox(road)
    uncounted = {"counted": 0, "waiting": 0, "refused": {}}
    done = {"answers": 1, "hidden": 1, "wishes": 1, "surveys": uncounted}
    assert {"filed": 6, "aside": {}, "more": False, **done, "told": 3, "untold": 0} == came
    only_the_teacher_reads(road)
    row = (road.school.folder / "school/consents.csv").read_text().splitlines()[-1].split(",")
    assert ["anna-b", "g1", "group", "photo", "no"] == row[:5]
    assert "letter" == row[7]
    assert not list(road.store.list("replies/"))

    note = Note("g2", "juf-sanne", AT.replace(tzinfo=None), "Dag, tot morgen.")
    Notes(road.store, road.ring()).add(note)
    road.done()
    letter, other = open_letter(link), open_letter(others)
    assert [] == letter.about["replies"]["notes"]
    assert ["Dag, tot morgen."] == [one["words"] for one in other.about["replies"]["notes"]]
    assert {"word", "coming", "preferences", "doubt", "wishes"} == {
        one["kind"] for one in letter.about["replies"]["thanks"]
    }
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "tr")
