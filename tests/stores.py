"""The S3 server that tests talk to: one real SeaweedFS for each test process.

moto accepts tampered and expired links, so it would prove nothing about who can read what.
"""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from lichtbrief.storage import LocalStore, S3Store, SigV4Signer
from lichtbrief.storage.signer import utc_now


@dataclass(frozen=True, slots=True)
class CornerSigner:
    """A `Signer` for the names of one corner."""

    signer: SigV4Signer
    corner: str

    @property
    def key_id(self) -> str:
        return self.signer.key_id

    def check(self, until: datetime) -> None:
        self.signer.check(until)

    def sign(self, name: str, until: datetime) -> str:
        return self.signer.sign(self.corner + name, until)


@dataclass(frozen=True, slots=True)
class Shelf:
    """One test's own corner of the server."""

    server: LocalStore
    store: S3Store

    def signer(self, now: Callable[[], datetime] = utc_now) -> CornerSigner:
        return CornerSigner(self.server.signer(now), self.store.prefix)


@pytest.fixture(scope="session")
def store_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStore]:
    """A started server, gone when the tests of this process end."""
    with LocalStore(tmp_path_factory.mktemp("weed"), keep=False) as server:
        yield server


@pytest.fixture
def shelf(store_server: LocalStore) -> Shelf:
    """An empty corner of the server for one test."""
    corner = f"{secrets.token_hex(6)}/"
    return Shelf(store_server, replace(store_server.store(), prefix=corner))
