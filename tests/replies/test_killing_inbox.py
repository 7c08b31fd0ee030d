"""The machine dies in the middle of `lichtbrief inbox`, again and again, and is started again."""

import random
import time
from collections.abc import Iterator

import pytest

from lichtbrief.editions import code_of_post
from lichtbrief.jobs.answers.surveys import Surveys
from lichtbrief.jobs.ground.filing import Cabinet
from lichtbrief.replies import Letterbox, Scale, Survey
from lichtbrief.roster import read_roster
from tests.jobs.given import folder_bytes
from tests.replies.given import write_reply
from tests.replies.office import OCTETS, choice, reply, word
from tests.road.roads import Road, fetch
from tests.road.test_killing_withdrawals import Seen
from tests.school import WEEK, photo

pytestmark = pytest.mark.xdist_group("replies-road")

KILLS, WAVES = 4, 5  # that many of each wave of replies
PORTRAITS = "groep-3/2026-11-16-portret"
QUESTIONS = "1. Gaat uw kind graag?\n2. Genoeg?\n"
UNTIL = "Kind: survey\nUntil: 2026-11-27\n"
FIVE = ("g1", "g2", "g3", "g4", "g7")
PURPOSES = ("group/photo", "school/photo", "paper/photo", "group/name", "school/name")


def survey_of(wave: int) -> str:
    return f"school/2026-11-16-vragen-{wave}"


def portrait_of(wave: int) -> str:
    return f"Portret nummer {wave}"


@pytest.fixture
def road(road: Road) -> Road:
    """The school whose letters can be answered, with a portrait and a survey for each wave."""
    school, lines = road.school, []
    for wave in range(WAVES + 1):
        school.post(survey_of(wave), "directeur-els", QUESTIONS, UNTIL)
        school.write(f"content/groups/{PORTRAITS}/{wave}.jpg", photo(40 + wave))
        lines.append(f'![{portrait_of(wave)}]({wave}.jpg){{: people="sem-k" }}\n')
    school.post(PORTRAITS, "juf-sanne", "Kijk!\n\n" + "\n".join(lines))
    school.add("school/guardians.csv", "g7,Ouder Zeven,g7@home.example,nl,weekly\n")
    school.add("school/relations.csv", "g7,anna-b,no,yes,2020-01-01,\n")
    return road


def sent(wave: int) -> Iterator[tuple[str, dict[str, object]]]:
    """What parents send at once: a doubt that hides a portrait, a no, a word, and five ballots."""
    number = wave * 10
    about = {"post": code_of_post(PORTRAITS), "photo": portrait_of(wave), "words": ""}
    yield "g2", reply(number, "doubt", about)
    answers = {PURPOSES[wave % 5].replace("/", "_"): "no"}
    yield "g1", choice(number + 1, ("anna-b", "bram-b")[wave % 2], ago=5 + wave, **answers)
    yield "g4", word(number + 2, "noor-d")
    for place, guardian in enumerate(FIVE):
        said = {"answers": [list(Scale)[place], "no"], "words": f"Woord {wave} {place}"}
        body = {"post": code_of_post(survey_of(wave)), **said}
        yield guardian, reply(number + 3 + place, "survey", body)


def run_to_its_end(road: Road) -> float:
    """How many seconds the inbox takes when nobody kills it."""
    began = time.monotonic()
    assert 0 == road.school.run("inbox").returncode
    return time.monotonic() - began


def put(road: Road, wave: int) -> None:
    for number, (guardian, content) in enumerate(sent(wave)):
        box = Letterbox.of(road.ring().year(2026), 2026, guardian, WEEK)
        place = f"{box.prefix}{wave}-{number}"
        road.store.put(place, write_reply(box, content), content_type=OCTETS)


def test_the_inbox_killed_at_twenty_instants_loses_no_reply_and_does_nothing_twice(
    road: Road,
) -> None:
    draw, seen = random.Random(7), Seen()
    road.done()
    links = [road.link(guardian) for guardian in ("g1", "g2")]
    put(road, 0)
    span = run_to_its_end(road)
    for wave in range(1, WAVES + 1):
        assert portrait_of(wave) in [alt for link in links for alt in seen.open(link)]
        put(road, wave)
        killed, within = 0, span
        while killed < KILLS:
            after = draw.uniform(0, within)
            if road.school.die(after, "inbox"):
                killed += 1
            else:
                within = after  # there was less to do, or the machine had less else to do
            for link in links:
                seen.open(link)  # every letter is whole at every instant, and so are its editions
        run_to_its_end(road)
        assert portrait_of(wave) not in [alt for link in links for alt in seen.open(link)]
        assert {403, 404} >= {fetch(url)[0] for url in seen.showing(portrait_of(wave))}
    assert_all_is_filed_and_carried_out(road, WAVES + 1)
    assert_all_is_counted_and_nobodys(road, WAVES + 1)
    assert 0 == road.school.run("log", "verify", "--store").returncode
    assert [] == road.done("--dry-run")["plan"]
    assert sorted(road.objects()) == road.versions()


def assert_all_is_filed_and_carried_out(road: Road, waves: int) -> None:
    """Each reply but for ballots once, with its row, and nothing is left to do."""
    replies = [content for wave in range(waves) for _, content in sent(wave)]
    filed = Cabinet(road.store, road.ring()).all()
    expected = sorted(str(one["id"]) for one in replies if one["kind"] != "survey")
    assert expected == sorted(one.reply.id for one in filed)
    assert all(one.done for one in filed)
    answers = read_roster(road.school.folder / "school").answers
    rows = [row for row in answers if row.source == "letter"]
    assert waves == len(rows) == len(set(rows))
    assert {} == road.store.list("replies/")


def assert_all_is_counted_and_nobodys(road: Road, waves: int) -> None:
    """Each ballot once, and nothing that was written tells whose."""
    tallies = Surveys(road.store, road.ring(), 2026).all()
    assert {code_of_post(survey_of(wave)) for wave in range(waves)} == tallies.keys()
    for wave in range(waves):
        tally = tallies[code_of_post(survey_of(wave))]
        assert (5, 5) == (tally.people, len(tally.tokens))
        assert dict.fromkeys(list(Scale)[:5], 1) == tally.sums[0]
        assert tuple(f"Woord {wave} {place}" for place in range(5)) == tally.words
    assert 1 == len(road.store.list("surveys/"))
    filed = Cabinet(road.store, road.ring()).all()
    assert not [one for one in filed if isinstance(one.reply.body, Survey)]
    kept = folder_bytes(road.school.folder / ".lichtbrief")
    assert [] == [name for name, data in kept.items() if "aside" in name or b"Woord" in data]
    assert b"survey" not in kept["log/log.jsonl"]
