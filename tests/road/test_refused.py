"""What the store and the seals refuse to whoever has something, but not the right thing."""

import base64
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.build.running import run_build
from lichtbrief.jobs.ground.keys import make_keys
from lichtbrief.jobs.ground.manifest import Entry
from lichtbrief.jobs.office.audit import open_object
from lichtbrief.jobs.runs.demo import demo_site
from lichtbrief.sealing import Refused, SealedReader, Secret
from lichtbrief.settings import read_settings
from tests.road.roads import READERS, Road, edition_of, fetch, name_in, open_letter
from tests.school import ROOT

HOUR = timedelta(hours=1)
WRONG_KEY = "this key does not open it"


@pytest.fixture(params=["letter", "edition"])
def link(request: pytest.FixtureRequest, sent: Road) -> str:
    """A signed link that works, to an object of each kind."""
    mailed = sent.link("g1")
    if request.param == "letter":
        return mailed.partition("#")[0]
    url: str = edition_of(open_letter(mailed), "groep-3")["url"]
    return url


def test_a_link_works_as_it_was_mailed(link: str) -> None:
    assert 200 == fetch(link)[0]
    assert 206 == fetch(link, Range="bytes=0-99")[0]


def test_no_character_of_the_signature_may_differ(link: str) -> None:
    start = link.index("X-Amz-Signature=") + len("X-Amz-Signature=")
    changed = (
        link[:at] + ("0" if link[at] != "0" else "1") + link[at + 1 :]
        for at in range(start, len(link))
    )
    with ThreadPoolExecutor(8) as pool:
        answers = [status for status, _ in pool.map(fetch, changed)]
    assert [403] * 64 == answers


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("X-Amz-Expires=", "X-Amz-Expires=1"),
        ("X-Amz-Date=2", "X-Amz-Date=3"),
        ("X-Amz-Signature=", "X-Amz-Signatur="),
        ("?", "?versionId=null&"),
    ],
)
def test_nothing_else_in_a_link_may_differ(link: str, old: str, new: str) -> None:
    assert 1 == link.count(old)
    status, body = fetch(link.replace(old, new))
    assert status in (400, 403)
    assert b"lichtbrief sealed" not in body


def test_an_address_without_signature_is_refused(link: str) -> None:
    address = link.partition("?")[0]
    folder = address.rpartition("/")[0]
    for url in (address, f"{folder}/", f"{address}?versions", f"{folder}?list-type=2"):
        assert 403 == fetch(url)[0]


def test_a_signature_opens_no_other_object(sent: Road, link: str) -> None:
    others = sent.objects().keys() - {name_in(link)}
    assert 6 == len(others)
    for other in others:
        assert 403 == fetch(link.replace(name_in(link), other))[0]


def test_a_link_works_until_its_time_is_over_and_no_longer(sent: Road) -> None:
    name, now = next(iter(sent.objects())), datetime.now(UTC)
    earlier = sent.server.signer(lambda: now - 2 * HOUR)
    key = sent.store.prefix + name
    assert 200 == fetch(earlier.sign(key, now + HOUR))[0]
    assert 403 == fetch(earlier.sign(key, now - HOUR))[0]


def test_no_guardians_key_opens_the_letter_of_another(sent: Road) -> None:
    links = [sent.link(guardian) for guardian in READERS]
    pages = [fetch(link.partition("#")[0])[1] for link in links]
    codes = [link.partition("#")[2] for link in links]
    assert len(links) == len(set(codes))
    for (mine, page), (yours, code) in product(enumerate(pages), enumerate(codes)):
        if mine == yours:
            assert "letter" == open_object(page, code).kind
        else:
            with pytest.raises(LichtbriefError, match=WRONG_KEY):
                open_object(page, code)


def test_a_letter_gives_the_keys_of_its_own_groups_only(sent: Road) -> None:
    of_group_5 = edition_of(open_letter(sent.link("g4")), "groep-5")
    _, sealed = fetch(of_group_5["url"])
    for entry in open_letter(sent.link("g2")).about["editions"]:
        with pytest.raises(LichtbriefError, match=WRONG_KEY):
            open_object(sealed, entry["key"])


@pytest.fixture(scope="module")
def editions(
    tmp_path_factory: pytest.TempPathFactory,
) -> list[tuple[Entry, SealedReader]]:
    """Every edition of the shipped school, each with the key that opens it."""
    work = tmp_path_factory.mktemp("shipped")
    site = demo_site(ROOT / "publishconf.py", work)
    ring = make_keys(read_settings(site), Week.parse(site["LICHTBRIEF_WEEK"]).school_year)
    build = run_build(site)
    found = []
    for entry in build.manifest.editions:
        data = (work / "output" / entry.name).read_bytes()
        secret = ring.year(Week.parse(entry.week).school_year)
        fields = ("edition", entry.group, entry.week)
        found.append((entry, SealedReader.unlock(data, secret, fields)))
    return found


def test_no_groups_key_opens_another_edition_of_the_shipped_school(
    editions: list[tuple[Entry, SealedReader]],
) -> None:
    assert {"groep", "school"} <= {entry.group.partition("-")[0] for entry, _ in editions}
    for (mine, locked), (yours, opener) in product(editions, editions):
        key = base64.urlsafe_b64encode(opener.key.reveal()).decode()
        if mine == yours:
            assert mine.group == open_object(locked.data, key).about["group"]
        else:
            with pytest.raises(LichtbriefError, match=WRONG_KEY):
                open_object(locked.data, key)


def test_the_years_secret_opens_an_edition_only_as_what_it_is(
    editions: list[tuple[Entry, SealedReader]],
) -> None:
    other = Secret(secrets.token_bytes(32))
    for entry, locked in editions:
        with pytest.raises(Refused):
            SealedReader.unlock(locked.data, other, ("edition", entry.group, entry.week))
