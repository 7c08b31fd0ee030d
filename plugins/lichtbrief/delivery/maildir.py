"""Mails kept in a Maildir folder (https://cr.yp.to/proto/maildir.html): to look at, to try out."""

import os
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from email.parser import BytesHeaderParser
from email.policy import SMTP as SMTP_POLICY
from itertools import count
from pathlib import Path

from lichtbrief.delivery.mail import Mail
from lichtbrief.delivery.outcomes import Lost, Outcome, Sent
from lichtbrief.errors import LichtbriefError

FOR = "Delivered-To"  # the envelope's recipient, as mail servers write it on top of a mail
_numbers = count()  # of this process: no two mails of it have the same name


class MaildirTransport:
    """Puts every mail into the folder instead of sending it."""

    def __init__(self, maildir: Path) -> None:
        self._maildir = maildir

    def check(self) -> None:
        """Make the folder; raises LichtbriefError when that cannot be."""
        try:
            make_maildir(self._maildir)
        except OSError as error:
            raise LichtbriefError(
                f"the folder for mails cannot be made ({type(error).__name__})",
                "look at LICHTBRIEF_MAIL and at whose that folder is",
            ) from error

    def send(self, mail: Mail, before_data: Callable[[], None]) -> Outcome:
        """Keep the mail; it is there whole, or not at all."""
        before_data()
        try:
            make_maildir(self._maildir)
            keep_for(self._maildir, mail.recipient, mail.content)
        except OSError as error:
            return Lost(f"the folder for mails cannot be written ({type(error).__name__})")
        return Sent()

    def abort(self) -> None:
        """A disk is not broken off."""

    def close(self) -> None:
        """Nothing is open."""


def make_maildir(maildir: Path) -> None:
    """The three folders of a Maildir."""
    for folder in ("tmp", "new", "cur"):
        (maildir / folder).mkdir(parents=True, exist_ok=True)


def keep_for(maildir: Path, recipient: str, content: bytes) -> None:
    """Put a mail into the Maildir so that it is there after a power cut, or not at all."""
    name = f"{time.time_ns():020}.{os.getpid()}_{next(_numbers)}.localhost"
    temporary = maildir / "tmp" / name
    with temporary.open("xb") as file:
        file.write(f"{FOR}: {recipient}\r\n".encode() + content)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(maildir / "new" / name)
    folder = os.open(maildir / "new", os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def mails_by_recipient(maildir: Path) -> Mapping[str, list[Path]]:
    """The kept mails' files by the envelope's recipient, oldest first."""
    found: defaultdict[str, list[Path]] = defaultdict(list)
    paths = (path for folder in ("new", "cur") for path in (maildir / folder).glob("*"))
    for path in sorted(paths, key=lambda path: path.name):
        with path.open("rb") as file:
            head = BytesHeaderParser(policy=SMTP_POLICY).parse(file)
        found[str(head[FOR])].append(path)
    return dict(found)
