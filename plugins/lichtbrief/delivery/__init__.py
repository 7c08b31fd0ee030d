"""SENT: the ledger, the mails and the relay."""

from lichtbrief.delivery.catcher import Catcher, mails_by_recipient
from lichtbrief.delivery.copies import Snapshot, snapshot_in
from lichtbrief.delivery.ledger import Ledger, StoredLetter, Unsent
from lichtbrief.delivery.mail import Mail, Recipient, Sender, write_mail
from lichtbrief.delivery.mailbox import Mailbox, open_mailbox, parse_mailbox
from lichtbrief.delivery.news import Coming, LetterNews, SignedLink
from lichtbrief.delivery.notice import write_notice
from lichtbrief.delivery.outcomes import Later, Lost, Outcome, Refused, Sent, Uncertain
from lichtbrief.delivery.relay import Relay, Security, parse_relay
from lichtbrief.delivery.rounds import Round
from lichtbrief.delivery.sending import Transport, WeekSent, send_week
from lichtbrief.delivery.smtp import SmtpTransport
from lichtbrief.delivery.states import DUE, State

__all__ = [
    "DUE",
    "Catcher",
    "Coming",
    "Later",
    "Ledger",
    "LetterNews",
    "Lost",
    "Mail",
    "Mailbox",
    "Outcome",
    "Recipient",
    "Refused",
    "Relay",
    "Round",
    "Security",
    "Sender",
    "Sent",
    "SignedLink",
    "SmtpTransport",
    "Snapshot",
    "State",
    "StoredLetter",
    "Transport",
    "Uncertain",
    "Unsent",
    "WeekSent",
    "mails_by_recipient",
    "open_mailbox",
    "parse_mailbox",
    "parse_relay",
    "send_week",
    "snapshot_in",
    "write_mail",
    "write_notice",
]
