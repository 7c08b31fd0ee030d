"""The demo's mail server: catches every mail on this machine and keeps it in a Maildir folder.

Nothing leaves the machine. It lives in a thread of the demo and ends with it.
"""

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from lichtbrief.delivery.loopback import LOOPBACK, listening
from lichtbrief.delivery.maildir import keep_for, make_maildir
from lichtbrief.errors import LichtbriefError

if TYPE_CHECKING:
    from aiosmtpd.smtp import SMTP, Envelope, Session


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

    async def handle_DATA(  # noqa: N802 -- aiosmtpd looks for this name
        self, server: "SMTP", session: "Session", envelope: "Envelope"
    ) -> str:
        """Called by aiosmtpd when a mail is complete; its answer goes to the client."""
        for recipient in envelope.rcpt_tos:
            keep_for(self._maildir, recipient, envelope.original_content or b"")
        return "250 kept"
