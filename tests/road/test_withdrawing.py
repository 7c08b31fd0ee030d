"""A father takes his yes back on a Wednesday, and all that follows from it."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from lichtbrief.storage import LocalStore
from tests.road.roads import Road, alts_of, edition_of, fetch, name_in, open_letter, open_road
from tests.road.roads import write_school as write_usual_school
from tests.school import SmallSchool, answer, photo

CIRCLE = "Een kring van zeven"
LAST_FRIDAY = {"groep-3": ["Een mand vol bladeren", "Twee laarzen in een plas", CIRCLE]}
WITHOUT_ANNA = ["Twee laarzen in een plas"]
FATHER = ("anna-b", "--guardian", "g7", "--by", "directeur-els")
FOREST = "groep-3/2026-11-17-bos"
GYM = "groep-3/2026-11-19-gym"
MORE = (("mees-p", "g8"), ("lot-w", "g9"))


def write_school(folder: Path) -> SmallSchool:
    """The usual school, where Anna's father decides too; and a photo of her with six others."""
    school = write_usual_school(folder)
    for pupil, guardian in (("anna-b", "g7"), *MORE):
        school.add("school/guardians.csv", f"{guardian},Ouder,,nl,paper\n")
        school.add("school/relations.csv", f"{guardian},{pupil},yes,yes,2020-01-01,\n")
    for pupil, _ in MORE:
        school.add("school/pupils.csv", f"{pupil},Kind,Kind\n")
        school.add("school/memberships.csv", f"{pupil},groep-3,2026-08-01,\n")
    for pupil, guardian in (("anna-b", "g7"), *MORE):
        school.add("school/consents.csv", answer(pupil, guardian, "yes"))
    everybody = "anna-b sem-k tess-v bram-b noor-d mees-p lot-w"
    circle = f'Een kring.\n\n![{CIRCLE}](kring.jpg){{: people="{everybody}" }}\n'
    school.post(GYM, "juf-sanne", circle, kring=photo(11))
    return school


@pytest.fixture
def road(store_server: LocalStore, tmp_path: Path) -> Iterator[Road]:
    """This school, whose letters of the week went out on Friday."""
    with open_road(store_server, tmp_path, write_school) as road:
        assert {"sent": 4} == road.done()["mails"]
        yield road


def at(road: Road, moment: str, week: str = "2026-W47") -> None:
    """Let it be another moment for the school."""
    road.school.settings(LICHTBRIEF_MOMENT=moment, LICHTBRIEF_WEEK=week)


def said(road: Road, *arguments: str, code: int = 0) -> str:
    """Run a command that must end so, and what it said."""
    result = road.school.run(*arguments)
    assert (code, "" if code == 0 else result.stderr) == (result.returncode, result.stderr)
    return result.stdout + result.stderr


def seen(road: Road, guardian: str = "g2", group: str = "groep-3") -> list[str]:
    """What the link that was mailed first shows of a group."""
    return alts_of(edition_of(open_letter(road.link(guardian)), group))


def old_edition(road: Road) -> Mapping[str, Any]:
    """The edition of groep-3 as the letter of Sem's mother has it now."""
    return edition_of(open_letter(road.link("g2")), "groep-3")


def test_a_father_withdraws_on_wednesday_and_it_holds(road: Road) -> None:
    link, old, mails = road.link("g2"), old_edition(road), road.mails()
    assert LAST_FRIDAY["groep-3"] == alts_of(old)
    assert 200 == fetch(old["url"])[0]
    at(road, "2026-11-25T10:00", "2026-W48")
    # A draft of this week that is not right yet must not hold it back, nor be published by it.
    road.school.post("groep-3/2026-11-24-half", "juf-niemand", "Nog niet af.\n")
    told = said(road, "withdraw", *FATHER, code=1)
    assert "Written into consents.csv: 12 answers, withdrawn as of now." in told
    assert "groep-3/2026-11-17-bos    1 photo" in told
    assert "groep-3/2026-11-19-gym    1 photo" in told
    assert "was in 3 mailed letters" in told
    assert "2026-11-24-half/post.md" in told
    # Thursday: the link of last Friday
    letter = open_letter(link)
    entry = edition_of(letter, "groep-3")
    assert WITHOUT_ANNA == alts_of(entry)
    assert 206 == fetch(entry["url"], Range="bytes=0-0")[0]
    assert fetch(old["url"])[0] in (403, 404)
    assert name_in(old["url"]) not in road.versions()
    assert mails == road.mails()
    # What the log says
    shutil.rmtree(road.school.folder / "content/groups/groep-3/2026-11-24-half")
    shown = said(road, "log", "show", "--pupil", "anna-b")
    assert 12 == shown.count("[pupil anna-b, guardian g7, staff directeur-els]")
    assert "withdrawn for group, photo" in shown
    assert "groep-3/2026-11-17-bos: not shown: " in shown
    assert "groep-3/2026-11-19-gym: not shown: " in shown
    assert f"gone with all versions: {name_in(old['url'])}" in said(road, "log", "show")
    assert "each as it was written" in said(road, "log", "verify", "--store")
    # The next Friday: neither the child alone, nor the child among six others
    everybody = "anna-b sem-k tess-v bram-b noor-d mees-p lot-w"
    body = (
        'Hoi!\n\n![Alleen](alleen.jpg){: people="anna-b" }\n\n'
        f'![Met zes anderen](samen.jpg){{: people="{everybody}" }}\n\n'
        '![Laarzen](laarzen.jpg){: people="tess-v" }\n'
    )
    park = "groep-3/2026-11-26-park"
    three = [photo(21), photo(22), photo(23)]
    road.school.post(park, "juf-sanne", body, alleen=three[0], samen=three[1], laarzen=three[2])
    at(road, "2026-11-27T15:00", "2026-W48")
    road.done()
    assert ["Laarzen"] == alts_of(edition_of(open_letter(road.link("g2")), "groep-3"))
    assert WITHOUT_ANNA == alts_of(edition_of(open_letter(link), "groep-3"))
    # The mother's yes changes nothing
    road.school.add("school/consents.csv", answer("anna-b", "g1", "yes", "2026-11-28T09:00"))
    at(road, "2026-11-28T10:00", "2026-W48")
    assert 0 == road.done()["uploaded"]


def test_a_later_yes_shows_nothing_until_staff_ask_for_it(road: Road) -> None:
    said(road, "withdraw", *FATHER, "--kind", "photo", "--audience", "group")
    assert WITHOUT_ANNA == seen(road)
    again = said(road, "withdraw", *FATHER, "--kind", "photo", "--audience", "group")
    assert "All of this was withdrawn or refused already." in again
    assert "Nothing that parents could see had to go." in again
    refused = said(road, "republish", "anna-b", "--by", "juf-sanne", code=1)
    assert "nothing of this is held back that everybody permits now" in refused
    road.school.add("school/consents.csv", answer("anna-b", "g7", "yes", "2026-11-20T16:00"))
    at(road, "2026-11-20T17:00")
    done = road.done()
    assert (0, {"held": 2, "refused": 1}) == (done["uploaded"], done["photos_left_out"])
    assert "does not come back by itself" in said(road, "check")
    assert "1 photo" in said(road, "republish", f"content/groups/{GYM}/", "--by", "juf-sanne")
    assert [*WITHOUT_ANNA, CIRCLE] == seen(road)
    assert "1 photo" in said(road, "republish", "anna-b", "--by", "juf-sanne")
    assert LAST_FRIDAY["groep-3"] == seen(road)
    assert 0 == road.done()["uploaded"]
    assert "each as it was written" in said(road, "log", "verify", "--store")


def test_a_machine_with_an_empty_disk_knows_what_was_hidden(road: Road) -> None:
    said(road, "withdraw", *FATHER)
    said(road, "takedown", "groep-5/2026-11-20-duinen")
    road.school.add("school/consents.csv", answer("anna-b", "g7", "yes", "2026-11-20T16:00"))
    at(road, "2026-11-20T17:00")
    state = road.school.folder / ".lichtbrief"
    for path in state.iterdir():
        if path.name != "keys.json":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert 2 == road.done()["photos_left_out"]["held"]
    assert WITHOUT_ANNA == seen(road)
    assert ["Een bord vol sommen"] == seen(road, "g4", "groep-5")
    assert "are not here" in said(road, "log", "verify", code=1)


def test_what_is_taken_down_is_gone_now_and_comes_back_on_purpose_only(road: Road) -> None:
    old = old_edition(road)
    picture = f"content/groups/{GYM}/kring.jpg"
    told = said(road, "takedown", picture, "--by", "directeur-els")
    assert "The photo is taken down, wherever it stands." in told
    assert LAST_FRIDAY["groep-3"][:2] == seen(road)
    assert fetch(old["url"])[0] in (403, 404)
    assert "was already taken down" in said(road, "takedown", picture)
    assert 1 == road.done()["photos_left_out"]["taken-down"]
    assert "it was taken down" in said(road, "check")
    said(road, "takedown", "groep-5/2026-11-20-duinen")
    assert ["Een bord vol sommen"] == seen(road, "g4", "groep-5")
    assert "Naar zee" not in str(open_letter(road.link("g4")).files)
    said(road, "takedown", "groep-5/2026-11-20-duinen", "--undo")
    said(road, "takedown", picture, "--undo")
    assert ["Een bord vol sommen", "Een kuil in het zand"] == seen(road, "g4", "groep-5")
    assert LAST_FRIDAY["groep-3"] == seen(road)
    assert "is not taken down" not in said(road, "takedown", picture, "--undo")


def test_a_store_that_is_down_keeps_the_word_and_says_so(road: Road) -> None:
    there = road.school.environment["LICHTBRIEF_S3_ENDPOINT"]
    road.school.environment["LICHTBRIEF_S3_ENDPOINT"] = "http://127.0.0.1:9"
    told = said(road, "withdraw", *FATHER, code=1)
    assert "But it is not carried out yet" in told
    assert "then run this again" in told
    road.school.environment["LICHTBRIEF_S3_ENDPOINT"] = there
    assert "All of this was withdrawn or refused already." in said(road, "withdraw", *FATHER)
    assert WITHOUT_ANNA == seen(road)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("withdraw", "anna-b", "--guardian", "g2", "--by", "directeur-els"), "no relation"),
        (("withdraw", "nobody", "--guardian", "g2", "--by", "directeur-els"), "no pupil"),
        (("withdraw", "anna-b", "--guardian", "g7", "--by", "g7"), "nobody on the staff"),
        (("takedown", "groep-3"), "neither a post nor a photo"),
        (("takedown", "../school/pupils.csv"), "neither a post nor a photo"),
        (("takedown", "groep-3/../groep-5/2026-11-20-duinen"), "neither a post nor a photo"),
        (("takedown", "groep-3/2026-11-20-niets"), "no such post"),
        (("takedown", f"{FOREST}/niets.jpg"), "no such photo"),
        (("republish", "nobody", "--by", "directeur-els"), "no pupil"),
        (("republish", FOREST, "--by", "directeur-els"), "nothing of this is held back"),
    ],
)
def test_who_or_what_is_not_there_changes_nothing(
    sent: Road, arguments: tuple[str, ...], words: str
) -> None:
    consents = (sent.school.folder / "school/consents.csv").read_bytes()
    log = (sent.school.folder / ".lichtbrief/log/log.jsonl").read_bytes()
    told = said(sent, *arguments, code=1)
    assert words in told
    assert "hint: " in told
    assert consents == (sent.school.folder / "school/consents.csv").read_bytes()
    assert log == (sent.school.folder / ".lichtbrief/log/log.jsonl").read_bytes()
