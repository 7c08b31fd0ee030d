"""The store on this computer: a real S3 server for trying out, previews and tests."""

import json
import os
import secrets
import shutil
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

import boto3
from botocore.credentials import Credentials
from botocore.exceptions import BotoCoreError, ClientError

from lichtbrief.errors import LichtbriefError
from lichtbrief.files import write_whole
from lichtbrief.storage.posting import PostSigner
from lichtbrief.storage.refusals import code_of
from lichtbrief.storage.s3 import DEFAULT_REGION, S3Store, make_client
from lichtbrief.storage.signer import SigV4Signer, place_of, utc_now
from lichtbrief.storage.weed import S3_LISTENER, Weed, choose_ports

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

BUCKET: Final = "lichtbrief"
START_SECONDS: Final = 60
ATTEMPTS: Final = 3

# https://github.com/seaweedfs/seaweedfs/wiki/Amazon-S3-API: "action:bucket/objects"
ACTIONS: Final = {
    "publisher": [f"{action}:{BUCKET}" for action in ("Read", "Write", "List", "Admin")],
    "signer": [f"Read:{BUCKET}/*"],
    # Before it reads a form, weed asks for the right to write the bucket; the form then bounds it.
    "replies": [f"Write:{BUCKET}"],
}


class LocalStore:
    """SeaweedFS in `folder`, running inside a `with`; nobody but this computer reaches it.

    With `keep` the folder outlives the run, with its keys and (where they are still free) its
    ports, so that links made earlier work again. Without it the folder must be new or empty, and
    is removed in the end.

    It always ends by SIGKILL. That is safe: weed has handed to the system what it acknowledged
    (killed 8 times amid 8 writers, it had lost or garbled none of the 902 objects it had
    answered for), and with `keep` the system then writes it to the disk. A SIGTERM takes 17 s.
    """

    bucket: Final = BUCKET

    def __init__(self, folder: Path, *, keep: bool) -> None:
        self.folder = folder
        self._keep = keep
        self._weed: Weed | None = None
        self._keys: Mapping[str, tuple[str, str]] = {}
        self._client: tuple[tuple[int, str], S3Client] | None = None
        self.endpoint = ""

    def __enter__(self) -> Self:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._keep and any(self.folder.iterdir()):
            raise LichtbriefError(
                "the folder of a passing store is not empty", "it would be removed; give a new one"
            )
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stop()

    @property
    def pid(self) -> int | None:
        """The server's process, while it runs."""
        return self._weed.pid if self._weed else None

    def store(self) -> S3Store:
        """The bucket, for the publisher; one client for all, for boto3 takes 0.2 s to make one."""
        maker = os.getpid(), self.endpoint  # a forked process must not share our connections
        if self._client is None or self._client[0] != maker:
            client = make_client(self._session(), self.endpoint, DEFAULT_REGION)
            self._client = maker, client
        return S3Store(self._client[1], self.bucket)

    def signer(self, now: Callable[[], datetime] = utc_now) -> SigV4Signer:
        """A signer with an identity that may read objects and do nothing else."""
        return SigV4Signer(
            place_of(self.store()), DEFAULT_REGION, Credentials(*self._keys["signer"]), now
        )

    def post_signer(self, now: Callable[[], datetime] = utc_now) -> PostSigner:
        """A signer of forms with an identity that may put replies and do nothing else."""
        return PostSigner(self.store(), Credentials(*self._keys["replies"]), now)

    def _session(self) -> boto3.Session:
        access, secret = self._keys["publisher"]
        return boto3.Session(aws_access_key_id=access, aws_secret_access_key=secret)

    def _start(self) -> None:
        identities = self.folder / "identities.json"
        self._keys = _read_keys(identities)
        known = self.folder / "ports.json"
        wished = json.loads(known.read_bytes()) if known.exists() else []
        for _ in range(ATTEMPTS):
            ports = choose_ports(wished)
            self.endpoint = f"http://127.0.0.1:{ports[S3_LISTENER]}"
            weed = self._weed = Weed(self.folder, identities, ports)
            if self._wait_for_write(weed):
                write_whole(known, json.dumps(ports).encode())
                return
            if "address already in use" not in weed.last_words():
                break
            weed.kill()  # somebody took a port between our look and weed's
        raise _failure(weed)

    def _wait_for_write(self, weed: Weed) -> bool:
        """Whether a write succeeds within a minute; /healthz answers before the first one does."""
        # On a busy computer the first write may hang: ask again soon instead of waiting for it.
        client = make_client(self._session(), self.endpoint, DEFAULT_REGION, attempts=1, seconds=5)
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and not weed.has_ended():
            try:
                _write_once(client)
            except (BotoCoreError, ClientError):
                time.sleep(0.1)
            else:
                return True
        return False

    def _stop(self) -> None:
        if self._weed is not None:
            self._weed.kill()
            self._weed = None
        if self._keep:
            _write_out(self.folder)
        else:
            shutil.rmtree(self.folder)


def _failure(weed: Weed) -> LichtbriefError:
    words = weed.last_words()
    if "temporarily unavailable" in words:
        return LichtbriefError(
            "another run is using the local store's folder", "end that run, then try again"
        )
    return LichtbriefError(
        f"the local store did not start: {words or f'no write within {START_SECONDS} s'}",
        "its log is weed.log in the folder of the store",
    )


def _read_keys(path: Path) -> dict[str, tuple[str, str]]:
    """The access keys in weed's file of identities; the first run makes it."""
    if not path.exists():
        _make_keys(path)
    found: list[dict[str, Any]] = json.loads(path.read_bytes())["identities"]
    if missing := ACTIONS.keys() - {each["name"] for each in found}:  # a folder of an earlier time
        found += [_identity(name) for name in sorted(missing)]
        write_whole(path, _as_file(found))
    keys = {each["name"]: each["credentials"][0] for each in found}
    return {name: (key["accessKey"], key["secretKey"]) for name, key in keys.items()}


def _make_keys(path: Path) -> None:
    """Draw keys, once: of two runs that begin together, the first one's stay."""
    draft = path.with_name(f"{path.name}-{secrets.token_hex(8)}")
    write_whole(draft, _as_file([_identity(name) for name in ACTIONS]))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _identity(name: str) -> dict[str, Any]:
    keys = {"accessKey": secrets.token_hex(10), "secretKey": secrets.token_hex(32)}
    return {"name": name, "credentials": [keys], "actions": ACTIONS[name]}


def _as_file(identities: list[dict[str, Any]]) -> bytes:
    return json.dumps({"identities": identities}, indent=1).encode()


def _write_once(client: "S3Client") -> None:
    """Make the bucket if it is not there, write an object and remove it."""
    try:
        client.create_bucket(Bucket=BUCKET)
    except ClientError as error:
        if code_of(error) != "BucketAlreadyOwnedByYou":
            raise
    client.put_object(Bucket=BUCKET, Key=".started", Body=b"an empty object needs no volume")
    client.delete_object(Bucket=BUCKET, Key=".started")


def _write_out(folder: Path) -> None:
    """Have the system write every file of the folder to the disk."""
    for path in folder.rglob("*"):
        if path.is_file():
            handle = os.open(path, os.O_RDWR)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
