"""A school whose links go to its own domain, which asks the bucket for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from playwright.sync_api import BrowserContext

from lichtbrief.consent.lines import What
from lichtbrief.jobs.ground.log import Log
from lichtbrief.storage import LocalStore
from tests.demo.screen import Watched, read_through
from tests.edge import Edge, open_edge
from tests.road.roads import (
    DENIED,
    READERS,
    SHOWN,
    Road,
    fetch,
    groups_of,
    open_letter,
    open_road,
)

FIRST, SECOND = "K1FIRST", "K2SECOND"


def key_named(edge: Edge, name: str) -> str:
    """Make a private key, and give the edge its public one under that id."""
    key = ec.generate_private_key(ec.SECP256R1())
    edge.keys[name] = key.public_key()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.fixture
def edged(store_server: LocalStore, tmp_path: Path) -> Iterator[tuple[Road, Edge]]:
    """The usual school with links of 100 days by its own domain, before its first run."""
    with open_road(store_server, tmp_path) as road, open_edge(road.store) as edge:
        road.school.settings(LICHTBRIEF_LINK_DAYS=100)
        for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY"):
            del road.school.environment[f"LICHTBRIEF_SIGNER_{name}"]
        road.school.environment.update(
            LICHTBRIEF_CLOUDFRONT=edge.address,
            LICHTBRIEF_CLOUDFRONT_KEY_PAIR=FIRST,
            LICHTBRIEF_CLOUDFRONT_KEY=key_named(edge, FIRST),
        )
        yield road, edge


def sign_with(road: Road, name: str, key: str) -> None:
    road.school.environment.update(
        LICHTBRIEF_CLOUDFRONT_KEY_PAIR=name, LICHTBRIEF_CLOUDFRONT_KEY=key
    )


def test_a_letter_at_the_schools_own_domain_and_the_end_of_all_its_links(
    edged: tuple[Road, Edge], phone: BrowserContext
) -> None:
    road, edge = edged
    assert {"sent": 4} == road.done()["mails"]
    link = road.link("g1")
    assert link.startswith(f"{edge.address}/letters/")
    page = phone.new_page()
    watched = Watched(page)
    page.goto(link)
    seen = read_through(page)
    alts = [shot.alt for group in seen.values() for news in group for shot in news.photos]
    assert sorted(alt for some in SHOWN.values() for alt in some) == sorted(alts)
    assert DENIED not in alts
    assert {edge.address} == {url[: len(edge.address)] for url in watched.fetched}
    assert [] == watched.complaints
    page.close()
    # Then all links end with their key, and everybody gets a new one
    links = {guardian: road.link(guardian) for guardian in READERS}
    held = [entry["url"] for entry in open_letter(links["g1"]).about["editions"]]
    everything = ("revoke", "--everything", "--by", "directeur-els")
    told = road.school.run(*everything)
    assert (1, "") == (told.returncode, told.stderr)
    assert f"Every link is signed by the key {FIRST}." in told.stdout
    assert "taking it out of the key group" in told.stdout
    # A new key alone ends nothing
    sign_with(road, SECOND, key_named(edge, SECOND))
    told = road.school.run(*everything)
    assert 1 == told.returncode
    assert f"links that the key {FIRST} has signed open still" in told.stderr
    assert 1 == len(road.mails()["g1"])
    del edge.keys[FIRST]
    told = road.school.run(*everything)
    assert (0, "") == (told.returncode, told.stderr)
    dead = [url.partition("#")[0] for url in links.values()] + held
    assert {403} == {fetch(url)[0] for url in dead}
    for guardian, groups in READERS.items():
        assert 2 == len(road.mails()[guardian])
        letter = open_letter(road.link(guardian))
        assert groups == groups_of(letter)
        assert {206} == {
            fetch(entry["url"], Range="bytes=0-99")[0] for entry in letter.about["editions"]
        }
    assert {} == road.store.list("revoking/")
    (line,) = (
        line
        for line in Log.of(road.school.folder / ".lichtbrief").read().lines
        if line.what is What.all_revoked
    )
    assert frozenset({"directeur-els"}) == line.people()
