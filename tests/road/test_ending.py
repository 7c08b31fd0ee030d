"""What has come to its end goes: a week after its time, a school year when it is retired."""

import json
from datetime import UTC, datetime

from lichtbrief.jobs.answers.own_keys import OwnKeys
from tests.road.roads import Road, edition_of, fetch, name_in, open_letter
from tests.school import photo

AUTUMN = "groep-3/2026-10-28-herfst"


def test_a_week_goes_with_all_that_is_in_it_when_its_time_is_over(road: Road) -> None:
    shown = 'Herfst!\n\n![Een egel van kastanjes](egel.jpg){: people="anna-b" }\n'
    road.school.post(AUTUMN, "juf-sanne", shown, egel=photo(41))
    road.school.settings(LICHTBRIEF_MOMENT="2026-10-30T15:00", LICHTBRIEF_WEEK="2026-W44")
    road.done()
    old = edition_of(open_letter(road.link("g2")), "groep-3")
    assert 200 == fetch(old["url"])[0]
    road.school.settings(LICHTBRIEF_RETAIN=3)
    assert 4 == road.done()["editions"]
    assert 200 == fetch(old["url"])[0]
    road.school.settings(LICHTBRIEF_RETAIN=2)
    done = road.done()
    assert 3 == done["editions"]
    reasons = {step["name"]: step["reason"] for step in done["plan"] if step["action"] == "delete"}
    assert "expired" == reasons[name_in(old["url"])]
    assert fetch(old["url"])[0] in (403, 404)
    assert road.versions() == sorted(road.objects())
    assert [] == done["taken_back"], "nobody has taken anything back"
    assert 0 == road.done()["uploaded"]


def left_in(road: Road) -> list[str]:
    """What lies in the store, but for the leases: they tell of jobs, not of the year."""
    return [name for name in road.store.list() if not name.startswith("lease/")]


def test_a_retired_school_year_is_gone_for_good(road: Road) -> None:
    road.done()
    link = road.link("g2")
    old = edition_of(open_letter(link), "groep-3")
    OwnKeys(road.store, road.ring()).keep({"juf-sanne": "juf-sanne:B"}, 2026, datetime.now(UTC))
    asked = road.school.run("keys", "retire", "2026")
    assert (1, "") == (asked.returncode, asked.stdout)
    assert "run it again with --yes" in asked.stderr
    assert 200 == fetch(link)[0]
    unknown = road.school.run("keys", "retire", "2025", "--yes")
    assert "no secret for school year 2025" in unknown.stderr
    done = road.school.run("keys", "retire", "2026", "--yes", "--json")
    assert (0, "") == (done.returncode, done.stderr)
    assert {"retired": 2026, "years": []} == {
        key: value for key, value in json.loads(done.stdout).items() if key != "objects"
    }
    assert ([], []) == (left_in(road), road.versions())
    assert {403, 404} >= {fetch(url)[0] for url in (link, old["url"])}
    ring = json.loads((road.school.folder / ".lichtbrief/keys.json").read_text())
    assert {} == ring["years"]
    told = road.school.run("log", "show").stdout
    assert "key of school year 2026 destroyed" in told
    assert f"gone with all versions: {name_in(old['url'])}" in told
    stopped = road.weekly()
    assert (1, []) == (stopped.returncode, left_in(road))
    # Made anew, the year begins anew: under other names, and with the log going on.
    assert 0 == road.school.run("keys", "make").returncode
    road.done()
    assert name_in(old["url"]) not in road.objects()
    assert 0 == road.school.run("log", "verify", "--store").returncode
