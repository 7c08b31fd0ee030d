"""A plain mail from the job to the office: what happened, and what to do."""

from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP

from lichtbrief.delivery.addresses import check_address, check_line, domain_of
from lichtbrief.delivery.mail import Mail, Sender


def write_notice(
    sender: Sender, to: str, subject: str, lines: Sequence[str], at: datetime, identity: str
) -> Mail:
    """The mail, written at `at` (aware); `lines` are its paragraphs.

    Raises LichtbriefError for an address or a subject that a mail cannot carry.
    """
    message = EmailMessage(SMTP)
    message["Date"] = at
    message["From"] = sender.address
    message["To"] = check_address(to)
    message["Subject"] = check_line(subject)
    message["Message-ID"] = f"<{identity}@{domain_of(sender.address)}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies
    message.set_content("\n\n".join(lines) + "\n", cte="quoted-printable")
    return Mail(sender.address, to, identity, message.as_bytes())
