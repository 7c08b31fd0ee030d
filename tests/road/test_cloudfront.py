"""A school whose links go to its own domain, which asks the bucket for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from playwright.sync_api import BrowserContext

from lichtbrief.storage import LocalStore
from tests.demo.screen import Watched, read_through
from tests.edge import Edge, open_edge
from tests.road.roads import DENIED, SHOWN, Road, open_road

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


def test_a_mother_reads_her_letter_with_all_photos_at_the_schools_own_domain(
    edged: tuple[Road, Edge], phone: BrowserContext
) -> None:
    road, edge = edged
    assert {"sent": 4} == road.done()["mails"]
    link = road.link("g1")
    assert link.startswith(f"{edge.address}/letters/")
    page = phone.new_page()
    watched = Watched(page)
    page.goto(link)
    letter = read_through(page)
    alts = [shot.alt for group in letter.values() for news in group for shot in news.photos]
    assert sorted(alt for some in SHOWN.values() for alt in some) == sorted(alts)
    assert DENIED not in alts
    assert {edge.address} == {url[: len(edge.address)] for url in watched.fetched}
    assert [] == watched.complaints
