"""The address of the mail relay, as it stands in the settings."""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from lichtbrief.errors import LichtbriefError
from lichtbrief.hosts import is_loopback

SUBMISSION = 587  # RFC 6409
SUBMISSIONS = 465  # RFC 8314


class Security(StrEnum):
    """How the conversation with the relay is kept private."""

    TLS = "tls"
    """TLS from the first byte (RFC 8314)."""
    STARTTLS = "starttls"
    """TLS after a greeting in clear (RFC 3207); without it nothing is said."""
    LOOPBACK = "loopback"
    """In clear, because it never leaves this machine."""


@dataclass(frozen=True, slots=True)
class Relay:
    """Where mails are handed over; `user` logs in when it is not None."""

    host: str
    port: int
    security: Security
    user: str | None = field(default=None, repr=False)


def parse_relay(text: str) -> Relay:
    """Read `smtp://[user@]host[:port]` or `smtps://…`; a user's own `@` may be `%40` or `@`.

    Raises LichtbriefError, without the text: somebody may have put a password in it.
    """
    try:
        parts = urlsplit(text)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError:
        raise _refusal("cannot be read") from None
    if parts.password is not None:
        raise _refusal("holds a password, or a colon in the user's name")
    extra = parts.path.strip("/") or parts.query or parts.fragment
    if parts.scheme not in ("smtp", "smtps") or not host or extra or port == 0:
        raise _refusal("cannot be read")
    security = _security(parts.scheme, host)
    standard = SUBMISSIONS if security is Security.TLS else SUBMISSION
    user = unquote(parts.username or "") or None
    if user is not None and not user.isascii():
        raise _refusal("has a user that is not in plain letters")
    return Relay(host, port or standard, security, user)


def _refusal(what: str) -> LichtbriefError:
    return LichtbriefError(
        f"the mail relay's address {what}",
        "write smtp://user@host:587 or smtps://user@host:465;"
        " the password goes in LICHTBRIEF_MAIL_PASSWORD",
    )


def _security(scheme: str, host: str) -> Security:
    if scheme == "smtps":
        return Security.TLS
    return Security.LOOPBACK if is_loopback(host) else Security.STARTTLS
