"""Why there is no conversation with the relay: its own or the system's error, in words."""

import smtplib
import socket
import ssl

from lichtbrief.errors import LichtbriefError

PASSWORD = "check the user in LICHTBRIEF_MAIL and the password in LICHTBRIEF_MAIL_PASSWORD"  # noqa: S105 -- the words of a hint
ADDRESS = "check the host and the port in LICHTBRIEF_MAIL, and this machine's network"
TRUST = "nothing was sent; ask the relay's owner for a certificate that carries its name"
REFUSAL = "nothing was sent; ask the relay's owner what it expects"


def explain(error: OSError) -> LichtbriefError:
    """The error as a person can act on it; the relay's own words are left out, its code is not."""
    match error:
        case ssl.SSLCertVerificationError():
            return LichtbriefError("the mail relay's certificate is not to be trusted", TRUST)
        case ssl.SSLError():
            return LichtbriefError("no private connection to the mail relay could be made", TRUST)
        case smtplib.SMTPNotSupportedError():
            what = "the mail relay offers no STARTTLS or no login"
            return LichtbriefError(what, "nothing was sent; try smtps:// or another port")
        case smtplib.SMTPAuthenticationError():
            what = f"the mail relay refused the login ({error.smtp_code})"
            return LichtbriefError(what, PASSWORD)
        case smtplib.SMTPSenderRefused():
            what = f"the mail relay refused the sender's address ({error.smtp_code})"
            return LichtbriefError(what, "check LICHTBRIEF_MAIL_FROM and whether a login is needed")
        case smtplib.SMTPResponseException():
            what = f"the mail relay turned us away ({error.smtp_code})"
            return LichtbriefError(what, REFUSAL)
        case socket.gaierror():
            return LichtbriefError("the mail relay's host name is not known", ADDRESS)
        case smtplib.SMTPServerDisconnected():
            return LichtbriefError("the mail relay broke the connection", REFUSAL)
        case smtplib.SMTPException():
            return LichtbriefError("the mail relay offers no login that is known here", REFUSAL)
    return LichtbriefError(f"the mail relay does not answer ({type(error).__name__})", ADDRESS)
