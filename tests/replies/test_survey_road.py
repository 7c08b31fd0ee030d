"""A survey on its whole road: from a post to a form, to sums in the store, and to whoever asked."""

import json
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, expect

from lichtbrief.editions import code_of_post
from lichtbrief.replies import Letterbox
from tests.replies.given import write_reply
from tests.replies.office import OCTETS, reply_id
from tests.road.roads import Road, open_letter
from tests.school import MOMENT, WEEK

pytestmark = pytest.mark.xdist_group("replies-road")

AT = datetime.fromisoformat(MOMENT).replace(tzinfo=UTC)
SURVEY = "school/2026-11-20-vragen"
HEAD = "Kind: survey\nUntil: 2026-11-27\n"
OTHERS = ("g2", "g3", "g4", "g7")


def answer(road: Road, guardian: str, number: int) -> None:
    """What another parent's browser puts into the store."""
    box = Letterbox.of(road.ring().year(2026), 2026, guardian, WEEK)
    body = {"post": code_of_post(SURVEY), "answers": ["no", ""], "words": f"Ouder {number}"}
    content = {"id": reply_id(number), "kind": "survey", "at": "2026-11-20T14:55:00Z", "body": body}
    road.store.put(f"{box.prefix}{number}", write_reply(box, content), content_type=OCTETS)


def survey(road: Road, *arguments: str) -> str:
    told = road.school.run("survey", SURVEY, *arguments)
    assert (0, "") == (told.returncode, told.stderr)
    return told.stdout


def test_five_parents_answer_and_nobody_learns_who_said_what(
    road: Road, phone: BrowserContext
) -> None:
    road.school.post(SURVEY, "directeur-els", "1. Gaat uw kind graag?\n2. Genoeg?\n", HEAD)
    road.school.add("school/guardians.csv", "g7,Ouder Zeven,g7@home.example,nl,weekly\n")
    road.school.add("school/relations.csv", "g7,anna-b,no,yes,2020-01-01,\n")
    road.done()
    link = road.link("g1")
    page = phone.new_page()
    page.clock.set_fixed_time(AT)
    page.goto(link)
    made = page.locator(".post.survey details").first
    made.locator("summary").press("Enter")
    made.locator("select").first.select_option("yes")
    made.locator("textarea").fill("Zeker Anna")
    made.get_by_role("button").press("Enter")
    expect(made.get_by_role("status")).to_have_text("Dit is aangekomen. Dank u wel.")
    for number, guardian in enumerate(OTHERS, start=1):
        assert "Fewer than five have answered" in survey(road)
        answer(road, guardian, number)
    came = json.loads(road.school.run("inbox", "--json").stdout)
    assert (0, {"counted": 5, "waiting": 0, "refused": {}}) == (came["filed"], came["surveys"])
    assert not list(road.store.list("replies/"))
    assert not list(road.store.list("filed/"))
    assert 1 == len(road.store.list("surveys/"))
    told = json.loads(survey(road, "--json"))
    first, second = told["questions"]
    assert ("Gaat uw kind graag?", 1, 4) == (
        first["question"],
        first["said"]["yes"],
        first["said"]["no"],
    )
    assert None is second["said"], "fewer than five answered that one"
    assert ["Ouder 1", "Ouder 2", "Ouder 3", "Ouder 4", "Zeker Anna"] == told["words"]
    assert "  | Zeker Anna\n" in survey(road)
    road.done()
    letter = open_letter(link).about["replies"]
    assert {"kind": "survey", "at": ""} in letter["thanks"]
    assert "Zeker" not in json.dumps(letter)
    page.reload()
    expect(page.locator(".post.survey .told").first).to_have_text(
        "Uw antwoorden op deze vragen zijn geteld. Dank u wel."
    )
    expect(page.locator(".answers li")).to_have_text(["Antwoorden op vragen"])
