"""A guardian's access is ended on a Saturday: theirs alone, at once, and until it is given back."""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from lichtbrief.consent.lines import What
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.office.audit import open_object
from lichtbrief.jobs.runs.demo import link_in
from lichtbrief.storage import LocalStore
from tests.demo.screen import read_through
from tests.road.roads import (
    READERS,
    Road,
    alts_of,
    fetch,
    groups_of,
    name_in,
    open_edition,
    open_letter,
    open_road,
    write_school,
)
from tests.road.test_killing_withdrawals import kill_within
from tests.school import SmallSchool, photo

REVOKED = "g3"
REVOKE = ("revoke", REVOKED, "--by", "directeur-els")
OTHERS = sorted(READERS.keys() - {REVOKED})
GONE = {403, 404}
KILLS = 3


def write_two_weeks(folder: Path) -> SmallSchool:
    """The usual school, which wrote in the week before as well."""
    school = write_school(folder)
    body = 'Egels!\n\n![Een egel van klei](egel.jpg){: people="sem-k" }\n'
    school.post("groep-3/2026-11-10-egels", "juf-sanne", body, egel=photo(9))
    return school


@pytest.fixture
def road(store_server: LocalStore, tmp_path: Path) -> Iterator[Road]:
    """This school, whose letters went out on two Fridays."""
    with open_road(store_server, tmp_path, write_two_weeks) as road:
        road.school.settings(LICHTBRIEF_MOMENT="2026-11-13T15:00", LICHTBRIEF_WEEK="2026-W46")
        assert {"sent": 3} == road.done()["mails"]
        road.school.settings()
        assert {"sent": 4} == road.done()["mails"]
        yield road


@dataclass(frozen=True, slots=True)
class Held:
    """All that a guardian holds who has kept the mail and everything in the letter."""

    urls: list[str]
    keys: list[str]

    @classmethod
    def of(cls, *links: str) -> "Held":
        letters = [open_letter(link).about for link in links]
        entries = [each for one in letters for each in (*one["editions"], *one.get("older", ()))]
        urls = [*(link.partition("#")[0] for link in links), *(entry["url"] for entry in entries)]
        return cls(urls, sorted({entry["key"] for entry in entries}))


def shown(link: str) -> dict[str, list[str]]:
    """What a letter shows of each group, with every edition fetched and opened to its end."""
    letter = open_letter(link)
    for entry in letter.about["editions"]:
        assert 1 + 2 * len(alts_of(entry)) == len(open_edition(entry).files)
    for entry in letter.about["older"]:
        open_edition(entry)
    alts = [alts_of(entry) for entry in letter.about["editions"]]
    return dict(zip(groups_of(letter), alts, strict=True))


def said(road: Road, *arguments: str, code: int = 0) -> str:
    result = road.school.run(*arguments)
    assert code == result.returncode, result.stderr
    return result.stdout + result.stderr


def test_a_revoked_guardian_holds_nothing_that_opens_and_nobody_else_notices(
    road: Road, phone: BrowserContext
) -> None:
    held = Held.of(*map(link_in, road.mails()[REVOKED]))
    assert 2 + 1 + 3 == len(held.urls)
    assert [200] * len(held.urls) == [fetch(url)[0] for url in held.urls]
    assert len({"groep-3", "school"}) + len({"egels"}) == len(held.keys)
    links = {who: road.link(who) for who in OTHERS}
    before = {who: shown(link) for who, link in links.items()}
    mails = road.mails()
    earlier = {link: shown(link) for link in (link_in(mails[who][0]) for who in ("g1", "g2"))}
    assert "g3 gets nothing any more, and no link of theirs opens." in said(road, *REVOKE)
    assert set() == {fetch(url)[0] for url in held.urls} - GONE
    editions = [road.store.get(name) for name in road.objects() if name.startswith("editions/")]
    assert len(editions) > len(held.keys)
    for sealed in editions:
        for key in held.keys:
            with pytest.raises(LichtbriefError):
                open_object(sealed, key)
    # The others follow the links that they were mailed
    assert before == {who: shown(link) for who, link in links.items()}
    assert earlier == {link: shown(link) for link in earlier}
    for who, link in links.items():
        page = phone.new_page()
        page.goto(link)
        letter = read_through(page)
        assert sum(map(len, before[who].values())) == sum(
            len(news.photos) for group in letter.values() for news in group
        )
        page.close()
    page = phone.new_page()
    page.goto(road.link(REVOKED))
    assert 0 == page.locator("#letter").count()
    assert mails == road.mails()
    assert sorted(road.objects()) == road.versions()
    # Given back, what was held stays dead: no old link comes to life under the same name and key
    undo = ("revoke", REVOKED, "--by", "directeur-els", "--undo")
    assert "g3 gets letters again" in said(road, *undo)
    said(road, "relink", REVOKED)
    anew = Held.of(road.link(REVOKED))
    assert shown(road.link(REVOKED)) == before["g2"]
    assert set() == {fetch(url)[0] for url in held.urls} - GONE
    assert "g3 gets nothing any more" in said(road, *REVOKE)
    assert set() == {fetch(url)[0] for url in anew.urls} - GONE
    assert before == {who: shown(link) for who, link in links.items()}
    lines = Log.of(road.school.folder / ".lichtbrief").read().lines
    about = [line.about for line in lines if line.what is What.revoked]
    assert [{"groups": ["groep-3", "school"], "week": "2026-W47"}] * 2 == about
    by = [line for line in lines if line.people() == {"g3", "directeur-els"}]
    assert [What.revoked, What.restored, What.revoked] == [line.what for line in by]
    # Another machine next Friday
    wipe(road)
    road.school.post("groep-3/2026-11-24-zee", "juf-sanne", "Naar zee.\n")
    road.school.settings(LICHTBRIEF_MOMENT="2026-11-27T15:00", LICHTBRIEF_WEEK="2026-W48")
    assert {"sent": 2} == road.done()["mails"]
    assert 3 == len(road.mails()[REVOKED])
    assert {name_in(url) for url in held.urls}.isdisjoint(road.objects())


def wipe(road: Road) -> None:
    """Take the disk away, but for the keys."""
    state = road.school.folder / ".lichtbrief"
    for path in state.iterdir():
        if path.name != "keys.json":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def test_a_revocation_that_is_killed_is_finished_by_the_next(road: Road) -> None:
    draw, held, links = random.Random(3), Held.of(road.link(REVOKED)), map(road.link, OTHERS)
    mailed = {link: shown(link) for link in links}
    for _ in range(KILLS):
        kill_within(road, REVOKE, draw.random())
        assert mailed == {link: shown(link) for link in mailed}
    assert "g3 had been revoked already" in said(road, *REVOKE)
    assert set() == {fetch(url)[0] for url in held.urls} - GONE
    assert mailed == {link: shown(link) for link in mailed}
    assert sorted(road.objects()) == road.versions()
    assert Log.of(road.school.folder / ".lichtbrief").check().verdict.sound


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("revoke", "g77", "--by", "directeur-els"), "no guardian of that id"),
        (("revoke", "g3", "--by", "g3"), "nobody on the staff"),
        (("revoke", "anna-b", "--by", "directeur-els"), "no guardian of that id"),
    ],
)
def test_who_is_not_there_changes_nothing(
    sent: Road, arguments: tuple[str, ...], words: str
) -> None:
    log = (sent.school.folder / ".lichtbrief/log/log.jsonl").read_bytes()
    told = said(sent, *arguments, code=1)
    assert words in told
    assert "Written down" not in told
    assert log == (sent.school.folder / ".lichtbrief/log/log.jsonl").read_bytes()


def test_another_key_does_not_help_while_the_old_one_still_opens_links(sent: Road) -> None:
    link, everything = sent.link("g1"), ("revoke", "--everything", "--by", "directeur-els")
    key = sent.school.environment["LICHTBRIEF_SIGNER_ACCESS_KEY_ID"]
    assert f"Every link is signed by the key {key}." in said(sent, *everything, code=1)
    names = ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY")
    publisher = {f"LICHTBRIEF_SIGNER_{n}": sent.school.environment[f"AWS_{n}"] for n in names}
    told = sent.school.run(*everything, **publisher)
    assert f"links that the key {key} has signed open still" in told.stderr
    assert (1, 200) == (told.returncode, fetch(link.partition("#")[0])[0])
    assert 1 == len(sent.mails()["g1"])
    # A link that ended by itself says nothing about its key
    sent.school.settings(LICHTBRIEF_LINK_DAYS=0.02)
    said(sent, *everything, code=1)
    sent.school.settings()
    told = sent.school.run(*everything, **publisher)
    assert f"whether the key {key} is dead ended by itself at" in told.stderr
    assert f"{key} is deactivated, then run lichtbrief relink --all" in told.stderr
    # Nor does one that never opened: this key may not read what is left for the next run
    told = sent.school.run(*everything, **dict.fromkeys(publisher, "nobody"))
    assert "a link that the key nobody signs does not open" in told.stderr
    assert (1, {}) == (told.returncode, sent.store.list("revoking/"))
    assert 1 == len(sent.mails()["g1"])
