"""The S3 server that tests talk to: one real SeaweedFS for each test process.

moto accepts tampered and expired links, so it would prove nothing about who can read what.
"""

import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

import boto3
import pytest

from lichtbrief.storage import POLICIES, LocalStore, S3Store, SigV4Signer, open_signer
from lichtbrief.storage.local import ACTIONS
from lichtbrief.storage.s3 import make_client
from lichtbrief.storage.signer import utc_now

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


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

    def environment(self) -> dict[str, str]:
        """What a command must be told to find this corner, with the publisher's key."""
        identities = json.loads((self.server.folder / "identities.json").read_bytes())["identities"]
        (key,) = (each["credentials"][0] for each in identities if each["name"] == "publisher")
        return {
            "LICHTBRIEF_STORE": f"s3://{self.server.bucket}/{self.store.prefix}",
            "LICHTBRIEF_S3_ENDPOINT": self.server.endpoint,
            "AWS_ACCESS_KEY_ID": key["accessKey"],
            "AWS_SECRET_ACCESS_KEY": key["secretKey"],
        }


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


GUARDED = "brief/"
"""The prefix below which the keys of `Guarded` may do what their policies say."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """A server with an administrator, and for each of our policies a key with it and no more."""

    server: LocalStore

    def key(self, who: str) -> tuple[str, str]:
        """The access key of `admin`, or of somebody with a policy, and its secret."""
        return f"{who}-access", f"{who}-secret"

    def store(self, who: str, bucket: str = LocalStore.bucket, prefix: str = GUARDED) -> S3Store:
        """A bucket as `who` meets it."""
        return S3Store(_client(self.server.endpoint, *self.key(who)), bucket, prefix)

    def signer(self, who: str, now: Callable[[], datetime] = utc_now) -> SigV4Signer:
        """Signs with the key of `who`."""
        key = self.key(who)
        environ = {
            "LICHTBRIEF_SIGNER_ACCESS_KEY_ID": key[0],
            "LICHTBRIEF_SIGNER_SECRET_ACCESS_KEY": key[1],
        }
        return open_signer(self.store("publisher"), None, environ, now)

    def environment(self) -> dict[str, str]:
        """What a command must be told to work with the least rights."""
        (access, secret), (signer, shown) = self.key("publisher"), self.key("signer")
        return {
            "LICHTBRIEF_STORE": f"s3://{self.server.bucket}/{GUARDED}",
            "LICHTBRIEF_S3_ENDPOINT": self.server.endpoint,
            "AWS_ACCESS_KEY_ID": access,
            "AWS_SECRET_ACCESS_KEY": secret,
            "LICHTBRIEF_SIGNER_ACCESS_KEY_ID": signer,
            "LICHTBRIEF_SIGNER_SECRET_ACCESS_KEY": shown,
            "LICHTBRIEF_REPLIES_ACCESS_KEY_ID": self.key("replies")[0],
            "LICHTBRIEF_REPLIES_SECRET_ACCESS_KEY": self.key("replies")[1],
        }


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """A server whose keys have our policies; one for all tests of the group `guarded`."""
    folder = tmp_path_factory.mktemp("guarded")
    names = {who: f"policy-{who}" for who in POLICIES}
    identities = [_identity(who, f"local-{who}", actions=acts) for who, acts in ACTIONS.items()]
    identities += [_identity("admin", "admin", actions=["Admin", "Read", "Write", "List"])]
    identities += [_identity(name, who, policyNames=[who]) for who, name in names.items()]
    policies = [
        {"name": who, "content": json.dumps(policy(LocalStore.bucket, GUARDED))}
        for who, policy in POLICIES.items()
    ]
    known = {"identities": identities, "policies": policies}
    (folder / "identities.json").write_text(json.dumps(known))
    with LocalStore(folder, keep=True) as server:
        yield Guarded(server)


@cache
def _client(endpoint: str, access: str, secret: str) -> "S3Client":
    """One client for all who ask: boto3 takes a quarter of a second to make one."""
    return make_client(boto3.Session(access, secret), endpoint, None, attempts=2)


def _identity(name: str, who: str, **rights: object) -> dict[str, object]:
    key = {"accessKey": f"{who}-access", "secretKey": f"{who}-secret"}
    return {"name": name, "credentials": [key], **rights}
