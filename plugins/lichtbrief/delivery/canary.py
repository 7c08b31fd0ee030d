"""A mail that the school sends to itself, and whether its link came through byte for byte."""

import html
import re
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Final

from lichtbrief.delivery.news import SignedLink
from lichtbrief.findings import Finding, failed, good

WHAT: Final = "Canary mail"
GATEWAY: Final = (
    "find the gateway that rewrites links (often called safe links) and exempt this sender;"
    " parents behind it need the address and the code that stand below in each mail"
)


def is_canary(content: bytes, identity: str) -> bool:
    """Whether a mail from the mailbox is the one with that identity.

    It stands in the Message-ID; Amazon SES writes another, so the name in its link will do too.
    """
    name = identity.rpartition(".")[2]
    try:
        message = BytesParser(policy=policy.default).parsebytes(content)
        said = str(message.get("Message-ID", "")), _part(message, "plain"), _part(message, "html")
        return said[0].strip().startswith(f"<{identity}@") or any(name in part for part in said[1:])
    except (MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError):
        return False


def compare(content: bytes, link: SignedLink) -> Finding:
    """Whether both parts of a canary that arrived hold the very link that was sent."""
    message = BytesParser(policy=policy.default).parsebytes(content)
    text, page = _part(message, "plain"), _part(message, "html")
    if link.whole in text.split() and link.whole in _targets(page):
        return good(WHAT, "arrived, and its link is the same byte for byte")
    return failed(WHAT, f"arrived, but {_change(text + page, link)}", GATEWAY)


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    try:
        return str(body.get_content()) if body is not None else ""
    except (LookupError, ValueError):  # a gateway may name a charset that nobody knows
        return ""


def _targets(page: str) -> list[str]:
    return [html.unescape(found) for found in re.findall(r'href="([^"]*)"', page)]


def _change(text: str, link: SignedLink) -> str:
    if f"%23{link.code}" in text:
        return "the # before the key in its link became %23"
    if link.url in html.unescape(text) and f"#{link.code}" not in text:
        return "the key behind the # of its link is gone"
    return "its link was rewritten on the way"
