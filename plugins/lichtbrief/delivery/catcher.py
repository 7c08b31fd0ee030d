"""The demo's mail server: catches every mail on this machine and keeps it in a Maildir folder.

Nothing leaves the machine. It lives in a thread of the demo and ends with it.
"""

import os
import time
from collections import defaultdict
from collections.abc import Mapping
from contextlib import ExitStack
from email.parser import BytesHeaderParser
from email.policy import SMTP as SMTP_POLICY
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from lichtbrief.delivery.loopback import LOOPBACK, listening
from lichtbrief.errors import LichtbriefError

if TYPE_CHECKING:
    from aiosmtpd.smtp import SMTP, Envelope, Session

FOR = "Delivered-To"  # the envelope's recipient, as mail servers write it on top of a mail


class Catcher:
    """Listens on a free port of 127.0.0.1 while entered; mails land in `maildir`.

    Raises LichtbriefError on entering when the extra `demo` is not installed.
    """

    def __init__(self, maildir: Path) -> None:
        self._maildir = maildir
        self._open = ExitStack()
        self.port = 0

    @property
    def address(self) -> str:
        """Where to send: `smtp://127.0.0.1:port`; port 0 until it listens."""
        return f"smtp://{LOOPBACK}:{self.port}"

    def __enter__(self) -> Self:
        make_maildir(self._maildir)
        server = smtp_class()
        keeper = Keeper(self._maildir)
        listener = listening(lambda: server(keeper, hostname="localhost"))
        self.port = self._open.enter_context(listener)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._open.close()


def smtp_class() -> "type[SMTP]":
    """aiosmtpd's server; LichtbriefError when it is not installed."""
    try:
        from aiosmtpd.smtp import SMTP
    except ImportError as error:
        raise LichtbriefError(
            "the demo's mail server is not installed", 'run: pip install "lichtbrief[demo]"'
        ) from error
    return SMTP


class Keeper:
    """Keeps each mail, once per recipient of its envelope, and only then says 250."""

    def __init__(self, maildir: Path) -> None:
        self._maildir = maildir
        self._numbers = count()

    async def handle_DATA(  # noqa: N802 -- aiosmtpd looks for this name
        self, server: "SMTP", session: "Session", envelope: "Envelope"
    ) -> str:
        """Called by aiosmtpd when a mail is complete; its answer goes to the client."""
        for recipient in envelope.rcpt_tos:
            head = f"{FOR}: {recipient}\r\n".encode()
            name = f"{time.time_ns():020}.{os.getpid()}_{next(self._numbers)}.localhost"
            keep(self._maildir, name, head + (envelope.original_content or b""))
        return "250 kept"


def make_maildir(maildir: Path) -> None:
    """The three folders of a Maildir (https://cr.yp.to/proto/maildir.html)."""
    for folder in ("tmp", "new", "cur"):
        (maildir / folder).mkdir(parents=True, exist_ok=True)


def keep(maildir: Path, name: str, content: bytes) -> None:
    """Put a mail into the Maildir so that it is there after a power cut, or not at all."""
    temporary = maildir / "tmp" / name
    with temporary.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(maildir / "new" / name)
    folder = os.open(maildir / "new", os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def mails_by_recipient(maildir: Path) -> Mapping[str, list[Path]]:
    """The caught mails' files by the envelope's recipient, oldest first."""
    found: defaultdict[str, list[Path]] = defaultdict(list)
    paths = (path for folder in ("new", "cur") for path in (maildir / folder).glob("*"))
    for path in sorted(paths, key=lambda path: path.name):
        with path.open("rb") as file:
            head = BytesHeaderParser(policy=SMTP_POLICY).parse(file)
        found[str(head[FOR])].append(path)
    return dict(found)
