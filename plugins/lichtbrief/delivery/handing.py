"""Hands one mail to the relay step by step, and knows how far it came.

smtplib's own `sendmail` cannot tell a connection lost before the final dot (send again) from one
lost behind it (perhaps sent), so RCPT, DATA and the dot are driven one by one here
(RFC 5321 3.3 and 4.1.1).
"""

import re
import smtplib
from collections.abc import Callable

from lichtbrief.delivery.mail import Mail
from lichtbrief.delivery.outcomes import Later, Lost, Outcome, Refused, Sent, Uncertain, scrub

# RFC 5321 4.5.3.2.6: giving up sooner after the dot is how mails arrive twice.
SECONDS_AFTER_DOT = 600.0
CLOSING = 421
GO_AHEAD = 354


Reply = tuple[int, bytes]


def offer(client: smtplib.SMTP, mail: Mail) -> tuple[Reply, Reply]:
    """What the relay says to MAIL and to RCPT, asked at once where it allows that (RFC 2920).

    DATA is asked by itself: a refused address is then never `sending` in the ledger. Raises
    smtplib's or the system's errors.
    """
    if client.has_extn("pipelining"):
        client.send(f"MAIL FROM:<{mail.sender}>\r\nRCPT TO:<{mail.recipient}>\r\n")
        return client.getreply(), client.getreply()
    said = client.mail(mail.sender)
    return said, client.rcpt(mail.recipient) if is_good(said[0]) else said


def hand_over(
    client: smtplib.SMTP, mail: Mail, accepted: Reply, before_data: Callable[[], None]
) -> Outcome:
    """DATA, the mail and its dot, if RCPT was `accepted`.

    Raises smtplib's or the system's errors before the dot.
    """
    if not is_good(accepted[0]):
        return _declined(*accepted, mail)
    before_data()
    code, said = client.docmd("DATA")
    if code != GO_AHEAD:
        return _declined(code, said, mail)
    client.send(dot_stuffed(mail.content))
    return _finish(client, mail)


def _finish(client: smtplib.SMTP, mail: Mail) -> Outcome:
    """Write the dot and wait for the answer: whatever breaks from here on leaves us not knowing."""
    try:
        if client.sock is not None:
            client.sock.settimeout(SECONDS_AFTER_DOT)
        client.send(b".\r\n")
        code, said = client.getreply()
        if client.sock is not None:
            client.sock.settimeout(client.timeout)
    except OSError:
        return Uncertain("the connection broke before the relay confirmed the mail")
    if is_good(code):
        return Sent()
    if not 400 <= code < 600:
        return Uncertain("the relay's answer to the mail could not be understood")
    return _declined(code, said, mail)


def _declined(code: int, said: bytes, mail: Mail) -> Outcome:
    words = f"{code} {scrub(said, mail.recipient)}"
    if 500 <= code < 600:
        return Refused(code, words)
    if 400 <= code < 500 and code != CLOSING:
        return Later(code, words)
    return Lost(words)


def is_good(code: int) -> bool:
    """Whether the relay's reply says yes."""
    return 200 <= code < 300


def dot_stuffed(content: bytes) -> bytes:
    r"""The mail as it travels behind DATA (RFC 5321 4.5.2), without the final dot.

    Every line ends in CRLF, so that no relay sees the end of the mail in a lone `\n` or `\r`.

    >>> dot_stuffed(b".a\nb")
    b'..a\r\nb\r\n'
    """
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    whole = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", whole)
