"""Parents of the shipped school answer in every way there is, and what becomes of each answer."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lichtbrief.jobs.answers.notes import Note, Notes
from tests.demo.answers import FIRST, LATER, THREE, Answer, own, post
from tests.demo.running import Demo
from tests.demo.screen import Watched
from tests.demo.shipped import copy_of, wait_for
from tests.letters.test_accessible import violations
from tests.road.roads import Road, edition_of, open_letter, open_road

pytestmark = pytest.mark.xdist_group("demo")

AT = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)  # half past three at school, after the mails
SURVEY = "school/2026-11-18-uw-mening"
STAFF = ("juf-sanne", "directeur-els", "meester-tom")
TWO = "Twee kinderen staan in het herfstbos tussen de gevallen bladeren"  # Anna and Sem
NEXT = "Title: Bijna zover\nDate: 2026-11-26 10:00\nAuthor: directeur-els\n\nTot vrijdag!\n"


@dataclass(frozen=True, slots=True)
class Played:
    """The school a week later: what its commands said, to whom of the staff what was shown, and two
    links of each who answered.
    """

    road: Road
    inboxes: Sequence[Mapping[str, Any]]
    surveys: Sequence[str]
    given: Mapping[str, Any]
    shown: Mapping[str, Sequence[Mapping[str, Any]]]
    phone: BrowserContext
    this_week: Mapping[str, str]
    next_week: Mapping[str, str]

    def table(self, name: str) -> list[list[str]]:
        """The rows of one of the office's files."""
        with (self.road.school.folder / f"school/{name}.csv").open(encoding="utf-8") as file:
            return list(csv.reader(file))

    def opened(self, who: str) -> Page:
        """The next letter of this guardian."""
        return opened(self.phone, self.next_week[who])


def opened(phone: BrowserContext, link: str) -> Page:
    """A letter in a browser of that Friday."""
    page = phone.new_page()
    page.clock.set_fixed_time(AT)
    page.goto(link)
    expect(page.locator(".answers")).to_be_visible()
    return page


def answer(
    road: Road,
    phone: BrowserContext,
    said: Mapping[str, Sequence[Answer]],
    links: Mapping[str, str],
) -> None:
    """Each opens the link in their mail, and answers; nothing on the page complains."""
    for who, answers in said.items():
        page = phone.new_page()
        page.clock.set_fixed_time(AT)
        watched = Watched(page)
        page.goto(links[who])
        expect(page.locator(".answers")).to_be_visible()
        for each in answers:
            each(page)
        assert [] == watched.complaints
        assert [] == [
            url for url in watched.asked if not url.startswith((road.server.endpoint, "blob:"))
        ]
        page.close()


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that several parents pass round."""
    with browser.new_context(viewport={"width": 360, "height": 740}, locale="nl-NL") as context:
        yield context


@pytest.fixture(scope="module")
def played(
    demo: Demo, phone: BrowserContext, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Played]:
    """From one Friday to the next."""
    folder = tmp_path_factory.mktemp("answered")
    with open_road(demo, folder, partial(copy_of, demo)) as road:
        wait_for(road, "2026-11-20T15:00")
        road.done()
        everybody = {**FIRST, **LATER, "g02": (), "g04": ()}
        this_week = {who: road.link(who) for who in everybody}
        wait_for(road, "2026-11-20T17:00")
        inboxes, surveys = [], []
        for said in (FIRST, LATER):
            answer(road, phone, said, this_week)
            inboxes.append(road.told("inbox"))
            surveys.append(road.school.run("survey", SURVEY).stdout)
        shown = {who: road.told("inbox", "--for", who)["replies"] for who in STAFF}
        note = Note("g01", "juf-sanne", AT.replace(tzinfo=None), "Dank voor uw bericht.")
        Notes(road.store, road.ring()).add(note)
        wait_for(road, "2026-11-26T16:00")
        given = road.told("talks", "assign")
        road.told("consents", "remind")
        road.school.write("content/groups/school/2026-11-26-nachtjes/post.md", NEXT)
        wait_for(road, "2026-11-27T15:00", "2026-W48")
        road.done()
        next_week = {who: road.link(who) for who in everybody}
        yield Played(road, inboxes, surveys, given, shown, phone, this_week, next_week)


def test_all_of_it_is_taken_in_and_nothing_kept_aside(played: Played) -> None:
    first, later = played.inboxes
    surveys = {"counted": 0, "waiting": 4, "refused": {}}
    assert {"filed": 10, "aside": {}, "answers": 1, "hidden": 2, "wishes": 1} == {
        name: first[name] for name in ("filed", "aside", "answers", "hidden", "wishes")
    }
    assert surveys == first["surveys"]
    assert {"counted": 6, "waiting": 0, "refused": {}} == later["surveys"]
    assert [] == list(played.road.store.list("replies/"))


def test_a_word_reaches_whom_it_is_for_and_nobody_else(played: Played) -> None:
    said = {
        who: [one["words"] for one in played.shown[who] if one["kind"] == "word"] for who in STAFF
    }
    assert {
        "juf-sanne": ["Anna heeft slecht geslapen."],
        "directeur-els": ["Kan ik u spreken over Bram?"],
        "meester-tom": [],
    } == said


def test_who_invited_sees_who_comes(played: Played) -> None:
    (party,) = (one for one in played.shown["juf-sanne"] if one["kind"] == "coming")
    assert ("g01", "2 people", "Oma is slecht ter been.") == (
        party["guardian"],
        party["about"]["coming"],
        party["words"],
    )
    said = (one for one in played.shown["directeur-els"] if one["guardian"] == "g11")
    assert [("coming", "nobody")] == [(one["kind"], one["about"]["coming"]) for one in said]


def photos_in(link: str) -> set[str]:
    """The descriptions of the photos of groep 3 in this week's letter."""
    index = edition_of(open_letter(link), "groep-3")["index"]
    return {photo["alt"] for photo in index["photos"]}


def assert_gone(played: Played, who: str, alt: str) -> None:
    """A photo is in neither of the two letters of this guardian, and others are in both."""
    left = photos_in(played.this_week[who])
    assert alt not in left
    page = played.opened(who)
    week = page.locator(".archive > details").first
    week.locator("summary").click()
    expect(week.locator(".post").first).to_be_visible()
    within = set(week.locator(".look img").evaluate_all("all => all.map((one) => one.alt)"))
    page.close()
    assert left <= within
    assert alt not in within


def test_a_no_is_a_row_and_the_photo_goes_from_other_families_letters(played: Played) -> None:
    rows = [row for row in played.table("consents") if row[7] == "letter"]
    assert [["sem-k", "g03", "group", "photo", "no"]] == [row[:5] for row in rows]
    assert_gone(played, "g01", TWO)
    assert_gone(played, "g04", TWO)


def test_a_photo_that_a_mother_doubts_is_hidden_from_everybody_and_the_teacher_knows(
    played: Played,
) -> None:
    assert_gone(played, "g01", THREE)
    (doubt,) = (one for one in played.shown["juf-sanne"] if one["kind"] == "doubt")
    assert (THREE, "Dit wil zij vast niet.") == (doubt["about"]["the photo"], doubt["words"])


def test_a_post_that_is_doubted_whole_is_hidden_whole(played: Played) -> None:
    page = opened(played.phone, played.this_week["g02"])
    expect(post(page, "Letterfeest")).to_have_count(1)
    expect(post(page, "Van wie is die blauwe jas?")).to_have_count(0)
    page.close()


def test_how_a_letter_comes_stands_in_the_office_s_table_and_the_next_one_comes_so(
    played: Played,
) -> None:
    (row,) = (row for row in played.table("guardians") if row[0] == "g17")
    assert ["nl", "direct"] == row[3:]
    page = played.opened("g17")
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    page.close()


def test_each_family_finds_its_own_times_in_the_next_letter_with_a_file_for_the_calendar(
    played: Played,
) -> None:
    assert (2, []) == (played.given["first"], played.given["without"])
    assert [
        ["groep-1-2/2026-11-18-gesprekken", "amira-e", "g11 g12", "2026-12-01T15:40"],
        ["groep-7/2026-11-16-gesprekken", "omar-e", "g11 g12", "2026-12-08T15:15"],
    ] == [[*row[:3], row[4]] for row in played.table("talks")[1:]]
    page = played.opened("g12")
    told = page.get_by_role("region", name="Uw gesprekken op school")
    expect(told.locator(".note")).to_contain_text(
        [
            "dinsdag 1 december om 15:40 tot 15:50",
            "dinsdag 8 december om 15:15 tot 15:30",
        ]
    )
    first = "(note) => note.compareDocumentPosition(document.querySelector('.record'))"
    assert 4 == told.evaluate(first), "what is soon stands above what is asked once a year"
    with page.expect_download() as download:
        told.get_by_role("button", name="Zet in mijn agenda").first.click()
    (event,) = Calendar.from_ical(download.value.path().read_bytes()).walk("VEVENT")
    assert b"20261201T154000" == event["DTSTART"].to_ical()
    assert [] == violations(page)
    page.close()
    assert 2 == len(open_letter(played.next_week["g11"]).about["replies"]["appointments"])
    assert [] == open_letter(played.next_week["g09"]).about["replies"]["appointments"]


def test_what_parents_think_is_counted_from_five_on_and_without_names(played: Played) -> None:
    early, late = played.surveys
    assert "Fewer than five have answered" in early
    assert "Fewer than five have answered" not in late
    told = played.road.told("survey", SURVEY)
    first, second, *_ = (one["said"] for one in told["questions"])
    assert {"yes": 2, "mostly": 3, "partly": 0, "hardly": 0, "no": 1} == first
    assert None is second, "two answered that one"
    assert ["Dank u", "More English, please"] == told["words"]


def test_the_next_letter_says_what_came_in_and_shows_what_is_on_record(played: Played) -> None:
    page = played.opened("g03")
    expect(page.locator(".answers li")).to_have_text(
        ["Keuzes over wat te zien is · vrijdag 20 november om 15:30"]
    )
    made = own(page, "Wat mag er van Sem te zien zijn?")
    made.locator("summary").click()
    expect(made.locator("select").first).to_have_value("no")
    page.goto("about:blank")
    page.goto(played.next_week["g01"])
    expect(page.locator(".answers li")).to_have_count(4)
    note = page.get_by_role("region", name="Van school, voor u alleen")
    expect(note).to_contain_text("Dank voor uw bericht.")
    page.close()
    others = [open_letter(link).about["replies"]["notes"] for link in played.next_week.values()]
    assert 1 == sum(map(len, others)), "it is for her alone"
