"""A mother wants the news on the day and gets it on the day; all others hear of it on Friday."""

import json
import shutil
import time
from email import message_from_bytes, policy
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tests.delivery.relays import HANG_UP, Manners, relay
from tests.road.roads import Road, edition_of, fetch, groups_of, name_in, open_letter
from tests.road.test_empty_disk import wipe
from tests.school import answer

BEFORE = "2026-11-13"  # the Friday of the week before
MONDAY, TUESDAY, WEDNESDAY = "2026-11-16", "2026-11-17", "2026-11-18"
THURSDAY, FRIDAY, NEXT_MONDAY = "2026-11-19", "2026-11-20", "2026-11-23"
OTHERS = ("g2", "g3", "g4")
NO_RELAY = {"LICHTBRIEF_MAIL": "smtp://127.0.0.1:9"}


@pytest.fixture
def road(road: Road) -> Road:
    """The school before its week; Anna's and Bram's mother reads on the day."""
    road.edit("school/guardians.csv", "g1@home.example,nl,weekly", "g1@home.example,nl,direct")
    return road


def at(road: Road, day: str, hour: str = "15:30", **more: object) -> None:
    """Let the school's clock say this moment."""
    road.school.settings(LICHTBRIEF_MOMENT=f"{day}T{hour}", LICHTBRIEF_WEEK=None, **more)


def run(road: Road, command: str, *arguments: str, **environment: str) -> CompletedProcess[str]:
    return road.school.run(*command.split(), "--json", *arguments, **environment)


def done(road: Road, command: str, *arguments: str) -> dict[str, Any]:
    """What the command says, which must end well and without a word of trouble."""
    result = run(road, command, *arguments)
    assert (0, "") == (result.returncode, result.stderr)
    value: dict[str, Any] = json.loads(result.stdout)
    return value


def mailed(road: Road) -> dict[str, int]:
    return {guardian: len(mails) for guardian, mails in road.mails().items()}


def letters_in(road: Road) -> dict[str, str]:
    """The letters in the store, with their etags."""
    return {name: one.etag for name, one in road.objects().items() if name.startswith("letters/")}


def said(path: Path) -> tuple[str, str]:
    """A mail's subject and its plain text."""
    message = message_from_bytes(path.read_bytes(), policy=policy.SMTP)
    body = message.get_body(("plain",))
    assert body is not None
    return str(message["Subject"]), body.get_content().replace("\r\n", "\n")


def test_a_week_of_school_day_by_day(road: Road, phone: BrowserContext) -> None:
    at(road, TUESDAY)
    first = done(road, "daily")
    assert ("2026-W47-D2", {"sent": 1}, 1) == (first["day"], first["mails"], first["letters"])
    assert {"g1": 1} == mailed(road)
    ((letter, _),) = letters_in(road).items()
    link = road.link("g1")
    # Only Tuesday's post is there: those of later days are written ahead
    assert ["groep-3"] == groups_of(open_letter(link))
    subject, text = said(road.mails()["g1"][0])
    assert "Nieuws van dinsdag 17 november – De Kleine Dijk" == subject
    assert "Er is nieuws van school.\n" in text
    assert "Nieuw sinds uw vorige mail:\n- 1 bericht\n- 2 foto’s\n" in text
    page = phone.new_page()
    page.goto(link)
    page.get_by_text("We zochten bladeren.").wait_for()
    # An hour later, with nothing new
    again = done(road, "daily")
    assert (0, {"sent": 1}, []) == (again["mailed_now"], again["mails"], again["plan"])
    at(road, WEDNESDAY)
    second = done(road, "daily")
    assert ({"sent": 1}, {"g1": 2}) == (second["mails"], mailed(road))
    assert {letter} == letters_in(road).keys()
    assert "vorige mail:\n- 1 bericht\n\n" in said(road.mails()["g1"][1])[1]
    # Both links open the letter, which has grown
    assert link.partition("#")[2] == road.link("g1").partition("#")[2]
    page.goto("about:blank")
    page.goto(link)
    page.get_by_text("We lezen elke dag.").wait_for()
    # On Friday the others get the whole week, and she what came since Wednesday
    at(road, FRIDAY)
    week = done(road, "weekly")
    assert ({"sent": 4}, 4, 0) == (week["mails"], week["mailed_now"], week["had_all"])
    assert {"g1": 3, "g2": 1, "g3": 1, "g4": 1} == mailed(road)
    subject, text = said(road.mails()["g1"][2])
    assert "Nieuws van vrijdag 20 november – De Kleine Dijk" == subject
    assert "- 3 berichten\n- 2 foto’s\n" in text
    assert "Weekbrief week 47 – De Kleine Dijk" == said(road.mails()["g2"][0])[0]
    assert all("school" in groups_of(open_letter(road.link(who))) for who in ("g1", *OTHERS))
    # One mail a day: what comes in after it is the next school day's news
    road.school.post("school/2026-11-20-laat", "directeur-els", "Nog iets.\n")
    assert {} == done(road, "daily")["mails"]
    road.school.post("groep-5/2026-11-21-zaterdag", "meester-tom", "Een zaterdag.\n")
    at(road, NEXT_MONDAY)
    monday = done(road, "daily")
    assert ("2026-W48-D1", {"sent": 1}) == (monday["day"], monday["mails"])
    assert "- 2 berichten\n" in said(road.mails()["g1"][3])[1]
    # Nothing is written in this week yet: the link leads to last week's letter
    assert name_in(road.link("g1")) == letter
    assert "Een zaterdag." in open_letter(road.link("g1")).files["edition-2.html"].decode()


def test_before_friday_nobody_else_has_anything_of_the_week(road: Road) -> None:
    road.school.post("groep-3/2026-11-12-eerder", "juf-sanne", "Vorige week.\n")
    road.school.post("groep-5/2026-11-12-eerder", "meester-tom", "Vorige week.\n")
    at(road, BEFORE)
    # Where daily has never run, whoever reads on the day gets the week's mail
    assert ({"sent": 4}, 0) == (lambda one: (one["mails"], one["had_all"]))(done(road, "weekly"))
    assert "Weekbrief week 46" in said(road.mails()["g1"][0])[0]
    before, links = letters_in(road), {who: road.link(who) for who in OTHERS}
    at(road, TUESDAY)
    rehearsed = done(road, "daily", "--dry-run")
    assert ({"pending": 1}, before) == (rehearsed["mails"], letters_in(road))
    assert {"sent": 1} == done(road, "daily")["mails"]
    after = letters_in(road)
    assert 1 == len(after.keys() - before.keys())
    assert before == {name: etag for name, etag in after.items() if name in before}
    for link in links.values():
        assert {"2026-W46"} == {
            entry["index"]["week"] for entry in open_letter(link).about["editions"]
        }
        assert [] == open_letter(link).about.get("older", [])
    # A fresh link leads each to what they have had, and makes no letter that was not there
    fresh = done(road, "relink", "--all")
    assert ("2026-W47-1", {"sent": 4}) == (fresh["round"], fresh["mails"])
    assert after.keys() == letters_in(road).keys()
    assert {name_in(link) for link in links.values()} == {name_in(road.link(who)) for who in OTHERS}
    assert {name_in(road.link("g1"))} == after.keys() - before.keys()
    # Her access ends: her letters go, the others' links show what they did
    result = road.school.run("revoke", "g1", "--by", "directeur-els")
    assert 0 == result.returncode, result.stderr
    assert 3 == len(letters_in(road))
    assert all(fetch(link)[0] == 200 for link in links.values())
    at(road, WEDNESDAY)
    assert {} == done(road, "daily")["mails"]
    at(road, FRIDAY)
    assert {"sent": 3} == done(road, "weekly")["mails"]


def test_what_could_not_be_sent_is_made_good_and_nobody_is_mailed_twice(road: Road) -> None:
    at(road, TUESDAY)
    result = run(road, "daily", **NO_RELAY)
    assert (1, {}) == (result.returncode, mailed(road))
    assert {"2026-W47-D2": {"frozen": 1, "states": {"pending": 1}}} == done(road, "status")["days"]
    at(road, WEDNESDAY)
    assert {"sent": 1} == done(road, "daily")["mails"]
    assert "- 2 berichten\n- 2 foto’s\n" in said(road.mails()["g1"][0])[1]
    wipe(road)
    assert {"sent": 1} == done(road, "daily")["mails"]
    assert {"g1": 1} == mailed(road)
    assert {
        "2026-W47-D2": {"frozen": 1, "states": {"suppressed": 1}},
        "2026-W47-D3": {"frozen": 1, "states": {"sent": 1}},
    } == done(road, "status")["days"]
    at(road, THURSDAY)
    # Nobody writes on Friday, so that she has had it all by then
    for post in ("school/2026-11-20-nieuws", "groep-5/2026-11-20-duinen"):
        shutil.rmtree(road.school.folder / "content/groups" / post)
    assert {"sent": 1} == done(road, "daily")["mails"]
    at(road, FRIDAY)
    week = done(road, "weekly")
    assert ({"sent": 3, "suppressed": 1}, 4, 1) == (
        week["mails"],
        week["frozen"],
        week["had_all"],
    )
    text = " ".join(road.school.run("weekly").stdout.split())
    assert "Had it all already 1 by the mails of the days" in text
    assert {"g1": 2, "g2": 1, "g3": 1, "g4": 1} == mailed(road)


def test_on_free_days_at_night_and_for_nobody_it_does_nothing_and_says_so(road: Road) -> None:
    before = road.written()
    for day, hour, why in (
        ("2026-11-21", "12:00", "no school today"),
        (TUESDAY, "18:00", "quiet from 18:00 to 07:00"),
        (MONDAY, "12:00", "no school today"),
    ):
        at(road, day, hour, LICHTBRIEF_HOLIDAYS=[(MONDAY, MONDAY)])
        result = road.school.run("daily")
        assert (0, "") == (result.returncode, result.stderr)
        said_ = f"Nothing to do: {why}; what is new is mailed on the next school day.\n"
        assert said_ == result.stdout
    at(road, TUESDAY)
    road.edit("school/guardians.csv", "g1@home.example,nl,direct", "g1@home.example,nl,weekly")
    assert {"nothing": "nobody's delivery in guardians.csv is direct"} == done(road, "daily")
    assert before == road.written()


def test_whom_the_relay_refuses_is_asked_once_a_day_and_told_to_the_office(road: Road) -> None:
    at(road, TUESDAY, LICHTBRIEF_OFFICE="kantoor@dijk.example")
    asked: list[str] = []

    def refuse(address: str) -> str | None:
        asked.append(address.partition("@")[0])
        return "550 no such mailbox" if address.startswith("g1") else None

    no = Manners(rcpt=refuse)
    with relay(no) as there:
        address = {"LICHTBRIEF_MAIL": f"smtp://{there.host}:{there.port}"}
        for _ in range(2):
            result = run(road, "daily", **address)
            assert 1 == result.returncode
            assert "error: guardian g1 has no mail: failed, 550 no such mailbox" in result.stderr
            assert {"failed": 1} == json.loads(result.stdout)["mails"]
    assert ["g1", "kantoor", "kantoor"] == asked
    notices = [content for _, content in no.mails]
    assert b"lichtbrief daily failed in week 2026-W47." in notices[0]
    (one,) = done(road, "unreached")["unreached"]
    assert ("g1", "the relay refuses the address: 550 no such mailbox") == (
        one["guardian"],
        f"{one['why']}: {one['detail']}",
    )
    assert 1 == run(road, "status").returncode
    # The next day's mail brings both days, and nobody is to be telephoned any more
    at(road, WEDNESDAY)
    assert {"sent": 1} == done(road, "daily")["mails"]
    assert [] == done(road, "unreached")["unreached"]
    assert "- 2 berichten\n" in said(road.mails()["g1"][0])[1]


def test_a_mail_that_is_in_doubt_is_held_and_the_next_day_tells_only_what_is_new(
    road: Road,
) -> None:
    at(road, TUESDAY)
    with relay(Manners.at("dot", lambda _: HANG_UP)) as there:
        address = {"LICHTBRIEF_MAIL": f"smtp://{there.host}:{there.port}"}
        result = run(road, "daily", "--uncertain", "hold", **address)
    assert (1, {"uncertain": 1}) == (result.returncode, json.loads(result.stdout)["mails"])
    assert 1 == run(road, "daily", "--uncertain", "hold").returncode
    assert {} == mailed(road)
    at(road, WEDNESDAY)
    assert {"sent": 1} == done(road, "daily", "--uncertain", "hold")["mails"]
    assert "- 1 bericht\n\n" in said(road.mails()["g1"][0])[1]


def test_a_photo_that_a_mother_withdraws_on_wednesday_is_gone_from_tuesdays_letter(
    road: Road,
) -> None:
    at(road, TUESDAY)
    done(road, "daily")
    link = road.link("g1")
    old = edition_of(open_letter(link), "groep-3")
    assert 2 == len(old["index"]["photos"])
    # Nothing is new on Wednesday but that she took her yes back
    shutil.rmtree(road.school.folder / "content/groups/groep-3/2026-11-18-lezen")
    said_ = f"{WEDNESDAY}T09:00"
    road.school.add("school/consents.csv", answer("tess-v", "g5", "withdrawn", said_))
    at(road, WEDNESDAY)
    again = done(road, "daily")
    assert ({}, 1) == (again["mails"], again["deleted"])
    assert [1] == [one["letters"] for one in again["taken_back"]]
    assert fetch(old["url"])[0] in (403, 404)
    assert 1 == len(edition_of(open_letter(link), "groep-3")["index"]["photos"])
    assert {"g1": 1} == mailed(road)


@pytest.fixture
def crowd(road: Road) -> Road:
    """The same school with twenty more who read on the day, so that there is time to die."""
    for number in range(20):
        row = f"h{number},Ouder {number},h{number}@home.example,nl,direct\n"
        road.school.add("school/guardians.csv", row)
        road.school.add("school/relations.csv", f"h{number},anna-b,no,yes,2020-01-01,\n")
    return road


def test_a_day_killed_again_and_again_mails_everybody_and_hardly_anybody_twice(
    crowd: Road,
) -> None:
    at(crowd, TUESDAY)
    everybody = {"g1", *(f"h{number}" for number in range(20))}
    kills = 0
    for mails in (0, 5, 12):
        job = crowd.school.start("daily")
        while job.poll() is None and sum(mailed(crowd).values()) < mails + 1:
            time.sleep(0.002)
        kills += job.poll() is None
        job.kill()
        job.wait()
    result = crowd.school.run("daily", "--json")
    assert 0 == result.returncode, result.stderr
    assert {"sent": 21} == json.loads(result.stdout)["mails"]
    counts = mailed(crowd)
    assert everybody == counts.keys()
    assert sum(counts.values()) <= len(everybody) + 2 * kills
    assert kills >= 1
    before = mailed(crowd)
    assert 0 == crowd.school.run("daily").returncode
    assert before == mailed(crowd)
