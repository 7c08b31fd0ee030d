"""A mailbox that a job may read: a Maildir folder, or one on an IMAP server over TLS.

Mails are given one by one and cut off where they are too large: what arrives there may come from
anybody.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import unquote, urlsplit

from lichtbrief.delivery.troubles import TRUST
from lichtbrief.errors import LichtbriefError

MOST_BYTES = 1_000_000
MOST_MAILS = 2_000
SECONDS = 30.0
IMAPS = 993  # RFC 8314
SHAPE = "write maildir:/var/mail/folder or imaps://user@host/INBOX"


class Mailbox(Protocol):
    """Mails by an id of the mailbox's own. Every refusal is a `LichtbriefError`."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None: ...

    def mails(self) -> Iterator[tuple[str, bytes]]:
        """Id and content of each mail, the newest first, at most MOST_MAILS of MOST_BYTES each."""
        ...

    def remove(self, mail: str) -> None:
        """Remove a mail for good; one that has gone meanwhile is fine."""
        ...


@dataclass(frozen=True, slots=True)
class Address:
    """Where a mailbox is: a Maildir's `folder`, or `user` at `host` and the IMAP folder's name."""

    folder: str
    host: str = ""
    port: int = IMAPS
    user: str = field(default="", repr=False)


def parse_mailbox(text: str) -> Address:
    """Read `maildir:/path` or `imaps://user@host[:port][/folder]`.

    Raises LichtbriefError, without the text: somebody may have put a password in it.
    """
    try:
        parts = urlsplit(text)
        port = parts.port or IMAPS
    except ValueError:
        raise LichtbriefError("the mailbox's address cannot be read", SHAPE) from None
    if parts.scheme == "maildir" and parts.path.startswith("/") and not parts.netloc:
        return Address(parts.path)
    user, folder = unquote(parts.username or ""), unquote(parts.path.strip("/")) or "INBOX"
    plain = (user + folder).isascii() and (user + folder).isprintable() and '"' not in folder
    if parts.password is not None or parts.scheme != "imaps" or not plain:
        raise LichtbriefError("the mailbox's address cannot be read", SHAPE)
    if not parts.hostname or not user:
        raise LichtbriefError("the mailbox's address has no user or no host", SHAPE)
    return Address(folder, parts.hostname, port, user)


def open_mailbox(
    address: Address, password: str | None = None, context: ssl.SSLContext | None = None
) -> Mailbox:
    """The mailbox there; `context` says which certificates are trusted (default: the system's)."""
    if not address.host:
        return MaildirBox(Path(address.folder))
    if not (password and password.isascii()):
        raise LichtbriefError(
            "the mailbox's password is missing, or not in plain letters",
            "set LICHTBRIEF_MAILBOX_PASSWORD",
        )
    return ImapBox(address, password, context or ssl.create_default_context())


class MaildirBox:
    """A Maildir folder (https://cr.yp.to/proto/maildir.html)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        if not (self._folder / "new").is_dir():
            raise LichtbriefError("the mailbox is no Maildir folder", "see LICHTBRIEF_MAILBOX")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        pass

    def mails(self) -> Iterator[tuple[str, bytes]]:
        """Id and content of each mail, the newest first."""
        paths = (path for part in ("new", "cur") for path in (self._folder / part).glob("*"))
        files = [path for path in paths if path.is_file() and not path.is_symlink()]
        files.sort(key=lambda path: path.name, reverse=True)
        for path in files[:MOST_MAILS]:
            # a mail reader may move one from new to cur while we look
            with suppress(FileNotFoundError), path.open("rb") as file:
                yield f"{path.parent.name}/{path.name}", file.read(MOST_BYTES)

    def remove(self, mail: str) -> None:
        """Remove a mail."""
        (self._folder / mail).unlink(missing_ok=True)


class ImapBox:
    """A folder on an IMAP server, over TLS from the first byte."""

    def __init__(self, address: Address, password: str, context: ssl.SSLContext) -> None:
        self._address, self._password, self._context = address, password, context
        self._client: imaplib.IMAP4_SSL | None = None

    def __enter__(self) -> Self:
        there = self._address
        try:
            self._client = client = imaplib.IMAP4_SSL(
                there.host, there.port, ssl_context=self._context, timeout=SECONDS
            )
            client.login(there.user, self._password)
            self._said(client.select(f'"{there.folder}"'))
        except (OSError, imaplib.IMAP4.error) as error:
            self._leave()
            raise _explain(error) from None
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._leave()

    def mails(self) -> Iterator[tuple[str, bytes]]:
        """Id and content of each mail, the newest first; none is marked as read."""
        (found,) = self._ask("SEARCH", "ALL")
        listed = found.decode("ascii", "replace").split() if isinstance(found, bytes) else []
        for uid in reversed(listed[-MOST_MAILS:]):
            reply = self._ask("FETCH", uid, f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
            for part in reply:
                if isinstance(part, tuple) and re.search(rb"\bBODY\[\]", part[0]):
                    yield uid, part[1]

    def remove(self, mail: str) -> None:
        """Remove a mail."""
        self._ask("STORE", mail, "+FLAGS", r"(\Deleted)")
        self._ask("EXPUNGE", mail)  # RFC 4315: this one only

    def _ask(self, *words: str) -> Sequence[bytes | tuple[bytes, bytes] | None]:
        assert self._client is not None, "entered before it is asked"  # noqa: S101 -- a programming error
        try:
            return self._said(self._client.uid(*words))
        except (OSError, imaplib.IMAP4.error) as error:
            raise _explain(error) from None

    def _said(
        self, reply: tuple[str, Sequence[bytes | tuple[bytes, bytes] | None]]
    ) -> Sequence[bytes | tuple[bytes, bytes] | None]:
        if reply[0] != "OK":
            raise imaplib.IMAP4.error
        return reply[1]

    def _leave(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with suppress(OSError, imaplib.IMAP4.error):
                client.logout()


def _explain(error: Exception) -> LichtbriefError:
    """In words, without the server's: they may hold an address."""
    if isinstance(error, ssl.SSLError):
        return LichtbriefError("the mailbox's certificate is not to be trusted", TRUST)
    if isinstance(error, imaplib.IMAP4.error):
        hint = "check user and folder in LICHTBRIEF_MAILBOX, and LICHTBRIEF_MAILBOX_PASSWORD"
        return LichtbriefError("the mailbox's server refused", hint)
    return LichtbriefError(
        f"the mailbox's server does not answer ({type(error).__name__})",
        "check the host in LICHTBRIEF_MAILBOX, and this machine's network",
    )
