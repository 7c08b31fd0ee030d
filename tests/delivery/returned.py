"""Mails that come back, as servers write them; every one is invented."""

import json

from lichtbrief.delivery import bounce_address

BOUNCES = "bounce@dijk.example"
BOUNDARY = "=_report"


def delivery_report(
    identity: str,
    *,
    status: str = "5.1.1",
    action: str = "failed",
    to: str | None = None,
    returned: str | None = None,
) -> bytes:
    """A report as RFC 3464 has it, come back to the mail's own address (or to another, `to`)."""
    address = to or bounce_address(BOUNCES, identity)
    head = f"Message-ID: <{returned or identity}@dijk.example>\r\nSubject: Weekbrief\r\n"
    return _report(
        address,
        "delivery-status",
        "Reporting-MTA: dns; mx.home.example\r\n\r\n"
        "Final-Recipient: rfc822; somebody@home.example\r\n"
        f"Action: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: smtp; 550 {status} <somebody@home.example>: unknown\r\n",
        head,
    )


def complaint(identity: str, kind: str = "abuse") -> bytes:
    """A complaint as RFC 5965 has it; it comes to the address that the provider was told."""
    head = f"Message-ID: <{identity}@dijk.example>\r\nSubject: Weekbrief\r\n"
    fields = f"Feedback-Type: {kind}\r\nUser-Agent: Loop/1.0\r\nVersion: 1\r\n"
    return _report("abuse@dijk.example", "feedback-report", fields, head)


def _report(to: str, kind: str, fields: str, head: str) -> bytes:
    return (
        f"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.home.example\r\nTo: <{to}>\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/report; report-type={kind}; boundary="{BOUNDARY}"\r\n\r\n'
        f"--{BOUNDARY}\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\r\n"
        f"--{BOUNDARY}\r\nContent-Type: message/{kind}\r\n\r\n{fields}\r\n"
        f"--{BOUNDARY}\r\nContent-Type: text/rfc822-headers\r\n\r\n{head}\r\n"
        f"--{BOUNDARY}--\r\n"
    ).encode()


def notification(identity: str, what: str = "Bounce", *, enveloped: bool = False) -> bytes:
    """What Amazon SES says of a bounce or a complaint, by itself or in SNS's envelope."""
    value = {
        "notificationType": what,
        "mail": {
            "messageId": "0102018f-0000",
            "source": bounce_address(BOUNCES, identity),
            "destination": ["somebody@home.example"],
        },
        "bounce": {"bounceType": "Permanent", "bounceSubType": "General"},
        "complaint": {"complaintFeedbackType": "abuse"},
    }
    text = json.dumps(value)
    return (json.dumps({"Type": "Notification", "Message": text}) if enveloped else text).encode()


AWAY = (
    b"From: somebody@home.example\r\nTo: <%s>\r\nSubject: Afwezig\r\n"
    b"Auto-Submitted: auto-replied\r\n\r\nIk ben er niet.\r\n"
)
