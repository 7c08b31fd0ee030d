"""The yearly round on its whole road: asked for at the office, sent by the job's machine, read and
answered by a mother."""

import json
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, expect

from tests.replies.test_forms import CHOSEN, OPTIONS
from tests.road.roads import Road, open_letter
from tests.road.test_empty_disk import wipe
from tests.school import MOMENT

pytestmark = pytest.mark.xdist_group("replies-road")

AT = datetime.fromisoformat(MOMENT).replace(tzinfo=UTC)


def test_once_a_year_a_mother_finds_what_is_on_record_and_changes_it(
    road: Road, phone: BrowserContext
) -> None:
    for again in (False, True):
        asked = road.school.run("consents", "remind", "--json")
        assert (0, "") == (asked.returncode, asked.stderr)
        assert again is json.loads(asked.stdout)["again"]
    wipe(road)  # the job runs on another machine
    road.done()
    first = road.link("g1")
    page = phone.new_page()
    page.clock.set_fixed_time(AT)
    page.goto(first)
    record = page.locator(".record")
    expect(record.get_by_role("heading", level=3)).to_have_text(["Anna", "Bram"])
    expect(record.get_by_role("listitem").first).to_have_text(
        "Foto’s: ja, sinds dinsdag 1 september 2026"
    )
    found = Axe().run(page, options=OPTIONS).response["violations"]
    assert [] == [one["id"] for one in found]
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    record.get_by_role("button", name="Dit wijzigen voor Bram").press("Enter")
    form = page.locator(".answers details[open]")
    expect(form.locator("summary")).to_be_focused()
    form.locator("select").first.select_option("no")
    form.get_by_role("button").click()
    expect(form.get_by_role("status")).to_have_text(CHOSEN)
    assert 0 == road.school.run("inbox").returncode
    road.school.post("groep-3/2026-11-26-park", "juf-sanne", "Naar het park.\n")
    road.school.settings(
        LICHTBRIEF_REPLIES="post", LICHTBRIEF_MOMENT="2026-11-27T15:00", LICHTBRIEF_WEEK="2026-W48"
    )
    road.done()
    told = [open_letter(link).about["calendar"] for link in (first, road.link("g1"))]
    assert [True, False] == ['class="record"' in one for one in told]
    assert "nee, sinds vrijdag 20 november 2026" in told[0], "it is kept true while it is open"
