"""E-mail addresses as SMTP carries them without extensions, and text that is safe in a header."""

import re

from lichtbrief.errors import LichtbriefError
from lichtbrief.roster import is_address

TOKEN = "{token}"  # noqa: S105 -- the place of a mail's identity in an address
_ENDPOINT = re.compile(r"https://[A-Za-z0-9./?&=:_~%-]+")
LONGEST_ENDPOINT = 400


def check_address(address: str) -> str:
    """The address itself when SMTP can carry it; otherwise LichtbriefError, without the address."""
    if not is_address(address):
        raise LichtbriefError(
            "an e-mail address cannot be used",
            "write it as name@domain in plain letters; a domain with accents in its xn-- form",
        )
    return address


def domain_of(address: str) -> str:
    """What stands behind the `@`."""
    return address.rpartition("@")[2]


def check_line(text: str) -> str:
    """The text itself when it may stand in a header; LichtbriefError otherwise.

    `=?` is refused because a header parser would decode what follows (RFC 2047).
    """
    if not text.strip() or not text.isprintable() or "=?" in text or len(text) > 120:
        raise LichtbriefError(
            "the school's name cannot stand in a mail",
            "write it on one line, in at most 120 characters, without =?",
        )
    return text


def check_endpoint(url: str) -> str:
    """The address of a one-click unsubscription, with `{token}` once; LichtbriefError otherwise."""
    whole = _ENDPOINT.fullmatch(url.replace(TOKEN, "token", 1))
    if whole is None or TOKEN not in url or len(url) > LONGEST_ENDPOINT:
        raise LichtbriefError(
            "the address to unsubscribe at cannot be used",
            "write it as https://host/path?mail={token}",
        )
    return url
