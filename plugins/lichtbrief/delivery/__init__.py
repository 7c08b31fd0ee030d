"""SENT: the ledger, the mails and the relay."""

from lichtbrief.delivery.bounces import Kind, Report, read_report
from lichtbrief.delivery.catcher import Catcher
from lichtbrief.delivery.copies import Snapshot, snapshot_in
from lichtbrief.delivery.crew import Transport
from lichtbrief.delivery.identity import bounce_address, identities_in, identity_of, mailed
from lichtbrief.delivery.ledger import Ledger
from lichtbrief.delivery.mail import Mail, Recipient, Sender, write_mail
from lichtbrief.delivery.mailbox import Mailbox, open_mailbox, parse_mailbox
from lichtbrief.delivery.maildir import MaildirTransport, mails_by_recipient
from lichtbrief.delivery.news import Coming, LetterNews, SignedLink
from lichtbrief.delivery.notice import write_notice
from lichtbrief.delivery.outcomes import Later, Lost, Outcome, Refused, Sent, Uncertain
from lichtbrief.delivery.pace import Pace, in_words
from lichtbrief.delivery.patience import SendingRules
from lichtbrief.delivery.relay import Relay, Security, parse_relay
from lichtbrief.delivery.returned import Bounced, Returned
from lichtbrief.delivery.rounds import Day, Round
from lichtbrief.delivery.rows import Mark, StoredLetter, Unsent
from lichtbrief.delivery.sending import WeekSent, send_week
from lichtbrief.delivery.smtp import SmtpTransport
from lichtbrief.delivery.states import DUE, State
from lichtbrief.delivery.stopping import stop_when_asked
from lichtbrief.delivery.told import NOTHING_HAD, Had
from lichtbrief.delivery.transports import MAILDIR, SES, open_transports

__all__ = [
    "DUE",
    "MAILDIR",
    "NOTHING_HAD",
    "SES",
    "Bounced",
    "Catcher",
    "Coming",
    "Day",
    "Had",
    "Kind",
    "Later",
    "Ledger",
    "LetterNews",
    "Lost",
    "Mail",
    "Mailbox",
    "MaildirTransport",
    "Mark",
    "Outcome",
    "Pace",
    "Recipient",
    "Refused",
    "Relay",
    "Report",
    "Returned",
    "Round",
    "Security",
    "Sender",
    "SendingRules",
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
    "bounce_address",
    "identities_in",
    "identity_of",
    "in_words",
    "mailed",
    "mails_by_recipient",
    "open_mailbox",
    "open_transports",
    "parse_mailbox",
    "parse_relay",
    "read_report",
    "send_week",
    "snapshot_in",
    "stop_when_asked",
    "write_mail",
    "write_notice",
]
