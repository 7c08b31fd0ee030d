"""The demo as a child process, as a person starts it, and what it leaves behind when it ends."""

import json
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.parser import BytesParser
from pathlib import Path

import boto3
from botocore.credentials import Credentials

from lichtbrief.storage import S3Store, SigV4Signer
from lichtbrief.storage.s3 import DEFAULT_REGION, make_client
from lichtbrief.storage.signer import utc_now
from tests.school import COMMAND, ROOT

SERVING = "Ctrl-C takes in"
PATIENCE = 120  # seconds; only a demo that hangs meets it


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo in the work folder `work`; what it prints is kept in files beside it."""

    process: subprocess.Popen[bytes]
    work: Path

    @classmethod
    def start(cls, work: Path, school: Path = ROOT, before: Sequence[str | Path] = ()) -> "Demo":
        """Start `lichtbrief demo` on a school's folder, and wait for nothing.

        It has a session of its own, as a terminal would give it, so that its group can be told
        of Ctrl-C; `before` is a command that starts it.
        """
        work.parent.mkdir(parents=True, exist_ok=True)
        command = [*before, COMMAND, "demo", "--work", work]
        with _output(work).open("wb") as output, _errors(work).open("wb") as errors:
            process = subprocess.Popen(
                command, cwd=school, stdout=output, stderr=errors, start_new_session=True
            )
        return cls(process, work)

    @property
    def printed(self) -> str:
        """Standard output so far."""
        return _output(self.work).read_text(encoding="utf-8")

    @property
    def complaints(self) -> str:
        """Standard error so far."""
        return _errors(self.work).read_text(encoding="utf-8")

    @property
    def summary(self) -> Mapping[str, object]:
        """demo.json."""
        found: Mapping[str, object] = json.loads((self.work / "demo.json").read_bytes())
        return found

    @property
    def endpoint(self) -> str:
        """Where its store listens."""
        return str(self.summary["endpoint"])

    @property
    def folder(self) -> Path:
        """Its store's folder, with the keys of everybody."""
        return self.work / "state/store"

    @property
    def bucket(self) -> str:
        """The name of its store's bucket."""
        return "lichtbrief"

    def serving(self) -> "Demo":
        """Wait until it serves."""
        self.wait_until(lambda: SERVING in self.printed)
        return self

    def wait_until(self, done: Callable[[], bool]) -> None:
        """Wait for something that the demo does; fail with its words when it ends before."""

        def done_or_over() -> bool:
            return done() or self.process.poll() is not None

        wait_until(done_or_over)
        assert done(), f"the demo ended before that: {self.complaints}"

    def guardians(self) -> dict[str, Path]:
        """Everybody who got a mail, and the file it is in."""
        rows = self.summary["guardians"]
        assert isinstance(rows, list)
        return {row["guardian"]: Path(row["mail_file"]) for row in rows}

    def store(self) -> S3Store:
        """Its bucket, as the publisher."""
        access, secret = self.keys("publisher")
        session = boto3.Session(aws_access_key_id=access, aws_secret_access_key=secret)
        return S3Store(make_client(session, self.endpoint, DEFAULT_REGION), self.bucket)

    def signer(self, now: Callable[[], datetime] = utc_now) -> SigV4Signer:
        """What signs its links, at this moment or at another."""
        place = f"{self.endpoint}/{self.bucket}/"
        return SigV4Signer(place, DEFAULT_REGION, Credentials(*self.keys("signer")), now)

    def keys(self, name: str) -> tuple[str, str]:
        """The access key of one of its store's identities, and its secret."""
        found = json.loads((self.folder / "identities.json").read_bytes())["identities"]
        (keys,) = next(each["credentials"] for each in found if each["name"] == name)
        return keys["accessKey"], keys["secretKey"]


def _output(work: Path) -> Path:
    return work.with_name(f"{work.name}.out")


def _errors(work: Path) -> Path:
    return work.with_name(f"{work.name}.err")


def wait_until(done: Callable[[], bool]) -> None:
    """Wait for something that must come; fail when it never does."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@dataclass(frozen=True, slots=True)
class MailFile:
    """What a parent finds in the text of a mail: the link, the link without key, and the code."""

    link: str
    link_without_key: str
    code: str

    @classmethod
    def read(cls, path: Path) -> "MailFile":
        """The three, each alone on its line, of a caught mail."""
        message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
        body = message.get_body(("plain",))
        assert body is not None
        lines = body.get_content().splitlines()
        link, without = (line for line in lines if line.startswith("http"))
        (code,) = (line for line in lines if re.fullmatch(r"(?:[0-9A-Z]{4} ){6}[0-9A-Z]{4}", line))
        return cls(link, without, code)

    @property
    def key(self) -> str:
        """What stands after the # of the link."""
        return self.link.partition("#")[2]


def processes_in(folder: Path) -> set[int]:
    """The processes that work in this folder or below it: the demo's, its workers', its store's."""
    return {int(path.name) for path in Path("/proc").glob("[0-9]*") if _works_in(path, folder)}


def _works_in(process: Path, folder: Path) -> bool:
    with suppress(OSError):  # it ended while we looked, or is a zombie and works nowhere
        return (process / "cwd").readlink().is_relative_to(folder)
    return False


def ports_of(processes: Iterable[int]) -> set[int]:
    """The TCP ports on which these processes listen."""
    sockets: set[str] = set()
    for process in processes:
        for handle in Path(f"/proc/{process}/fd").iterdir():
            with suppress(OSError):  # closed while we looked
                sockets.add(str(handle.readlink()))
    tables = "".join(Path(f"/proc/net/{name}").read_text() for name in ("tcp", "tcp6"))
    rows = [line.split() for line in tables.splitlines()]
    listening = [row for row in rows if row[3] == "0A"]
    return {
        int(row[1].rpartition(":")[2], 16) for row in listening if f"socket:[{row[9]}]" in sockets
    }


def answers(port: int) -> bool:
    """Whether anybody listens on this port of this machine."""
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0
