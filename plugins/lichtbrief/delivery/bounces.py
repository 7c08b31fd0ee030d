"""What comes back: reports of mails that did not arrive, or were not wanted. Bytes in, values out.

Read are delivery reports (RFC 3464), complaints (RFC 5965) and Amazon SES's notifications. All of
it may come from anybody: nothing of a report is believed but the identity in it, which only who got
that mail can know, and its kind.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesParser
from enum import StrEnum
from typing import Final

from lichtbrief.delivery.identity import identities_in
from lichtbrief.delivery.notifications import read_notification

MOST_PARTS: Final = 60
TO: Final = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
_STATUS: Final = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")  # RFC 3463
# The address is wrong, moved or closed (X.1.x, 5.2.1), or nobody knows its host (5.4.4).
_OF_THE_ADDRESS: Final = re.compile(r"5\.(?:0\.0|1\.[0-46]|1\.10|2\.1|4\.4)")


class Kind(StrEnum):
    """What a report says."""

    HARD = "hard"
    """There is no such mailbox: it will not be otherwise next week."""
    SOFT = "soft"
    """Not delivered this time: a full mailbox, a busy host, a filter."""
    COMPLAINT = "complaint"
    """The reader has called it unwanted."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its kind, a code without personal data, and the identities of the mail it names."""

    kind: Kind
    code: str
    identities: tuple[str, ...]


def read_report(content: bytes) -> Report | None:
    """The report in a mail or a notification; None for whatever is none, or cannot be read."""
    if content.lstrip()[:1] == b"{":
        return _notified(content)
    # A parser that meets thousands of parts within parts is busy for long, or runs out of stack.
    lower = content.lower()
    if lower.count(b"boundary") + lower.count(b"message/") > MOST_PARTS:
        return None
    try:
        return _read_mail(BytesParser(policy=policy.compat32).parsebytes(content))
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError):
        return None


def _read_mail(mail: Message) -> Report | None:
    if mail.get_content_type() == "text/plain":
        return _notified(mail.get_payload(decode=True))  # SNS by mail: JSON, and a word below it
    if mail.get_content_type() != "multipart/report":
        return None
    parts = {part.get_content_type(): part for part in reversed(list(mail.walk()))}
    identities = _identities(mail, parts)
    if status := parts.get("message/delivery-status"):
        worst = _worst(_blocks(status))
        return Report(*worst, identities) if worst else None
    if feedback := parts.get("message/feedback-report"):
        kinds = {str(block.get("Feedback-Type", "")).lower() for block in _blocks(feedback)}
        unwanted = kinds & {"abuse", "fraud", "virus", "other"}
        return Report(Kind.COMPLAINT, sorted(unwanted)[0], identities) if unwanted else None
    return None


def _notified(content: object) -> Report | None:
    found = read_notification(content) if isinstance(content, bytes) else None
    return Report(Kind(found.kind), found.code, found.identities) if found else None


def _blocks(part: Message) -> Iterator[Message]:
    """The groups of fields of a report: the parser takes those of a delivery's apart itself."""
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (block for block in payload if isinstance(block, Message))
    elif isinstance(payload, str):
        yield BytesParser(policy=policy.compat32).parsebytes(payload.encode())


def _worst(blocks: Iterator[Message]) -> tuple[Kind, str] | None:
    """The kind and code of the failures in a delivery report; None when there is none."""
    failures = [block for block in blocks if _action(block) == "failed"]
    found = [_STATUS.search(str(block.get("Status", ""))) for block in failures]
    codes = [match[0] if match else "0.0.0" for match in found]
    hard = [code for code in codes if _OF_THE_ADDRESS.fullmatch(code)]
    if hard:
        return Kind.HARD, hard[0]
    return (Kind.SOFT, codes[0]) if codes else None


def _action(block: Message) -> str:
    return str(block.get("Action", "")).split("(")[0].strip().lower()


def _identities(mail: Message, parts: dict[str, Message]) -> tuple[str, ...]:
    """Whose mail it is: by the address it came back to, else by the mail's head that it holds."""
    addressed = " ".join(str(value) for name in TO for value in mail.get_all(name, []))
    if found := identities_in(addressed):
        return found
    for kind in ("message/rfc822", "text/rfc822-headers"):
        if part := parts.get(kind):
            head = next(_blocks(part), None)
            if head is not None and (found := identities_in(str(head.get("Message-ID", "")))):
                return found
    return ()
