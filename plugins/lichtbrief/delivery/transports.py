"""The transports that an address in the settings names."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from lichtbrief.delivery.crew import Transport
from lichtbrief.delivery.maildir import MaildirTransport
from lichtbrief.delivery.relay import parse_relay
from lichtbrief.delivery.smtp import SmtpTransport
from lichtbrief.errors import LichtbriefError

SES = "ses://"
MAILDIR = "maildir://"


def open_transports(address: str, password: str | None, connections: int) -> tuple[Transport, ...]:
    """As many connections to the same place, each opened by its first mail.

    `address` is `smtp://` or `smtps://` (see `parse_relay`), `ses://region/configuration-set`, or
    `maildir:///folder`. Raises LichtbriefError, without the address, for any other.
    """
    if address.startswith(SES):
        return _ses(address, connections)
    if address.startswith(MAILDIR):
        path = Path(unquote(address.removeprefix(MAILDIR)))
        if not path.is_absolute():
            raise LichtbriefError("the folder for mails cannot be read", "write maildir:///folder")
        return tuple(MaildirTransport(path) for _ in range(connections))
    relay = parse_relay(address)
    return tuple(SmtpTransport(relay, password) for _ in range(connections))


def _ses(address: str, connections: int) -> tuple[Transport, ...]:
    # botocore takes a third of a second to load, and most schools have a relay.
    from lichtbrief.delivery.ses import SesTransport, open_client

    parts = urlsplit(address)
    region, configuration = parts.netloc, parts.path.strip("/")
    if not region or not configuration or "/" in configuration or parts.query or parts.fragment:
        raise LichtbriefError(
            "the address of Amazon SES cannot be read",
            "write ses://region/configuration-set, such as ses://eu-central-1/weekbrief",
        )
    client = open_client(region, connections)
    return tuple(SesTransport(client, configuration) for _ in range(connections))
