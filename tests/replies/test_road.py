"""From a form in a parent's browser to a file, a row and the next letter: all parts real."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from lichtbrief.jobs.answers.notes import Note, Notes
from tests.road.roads import Road, open_letter
from tests.school import MOMENT

pytestmark = pytest.mark.xdist_group("replies-road")

AT = datetime.fromisoformat(MOMENT).replace(tzinfo=UTC)


def inbox(road: Road, *arguments: str, status: int = 0) -> dict[str, Any]:
    result = road.school.run("inbox", "--json", *arguments)
    assert (status, "") == (result.returncode, result.stderr)
    value: dict[str, Any] = json.loads(result.stdout)
    return value


@pytest.fixture
def page(road: Road, phone: BrowserContext) -> Page:
    """The letter of g1, who decides about Anna and Bram, opened in a browser of that day."""
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
    word.locator("textarea").fill("Anna heeft slecht geslapen.\nGroet 🎈")
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
    expect(choices.locator(".told")).to_have_text("Dit is aangekomen. Dank u wel.")

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
    assert {"filed": 5, "aside": {}, **done, "told": 2, "untold": 0} == came
    shown = {one["kind"]: one["words"] for one in inbox(road, "--for", "juf-sanne")["replies"]}
    assert {"word": "Anna heeft slecht geslapen.\nGroet 🎈", "doubt": ""} == shown
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
