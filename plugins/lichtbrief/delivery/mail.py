"""One guardian's mail: what it says, who it goes to, and the bytes that travel.

It names no child, group, title or guardian and loads nothing from anywhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, quote

from lichtbrief.delivery.addresses import (
    TOKEN,
    check_address,
    check_endpoint,
    check_line,
    domain_of,
)
from lichtbrief.delivery.identity import LONGEST_IDENTITY, bounce_address
from lichtbrief.delivery.mime import alternatives, encoded
from lichtbrief.delivery.news import LetterNews, SignedLink
from lichtbrief.errors import LichtbriefError
from lichtbrief.languages import Words
from lichtbrief.theme import Theme

_IDENTITY = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


@dataclass(frozen=True, slots=True, repr=False)
class Sender:
    """The school as a sender: its name, the address that sends and the one that answers.

    `bounces` is the mailbox to which a mail that cannot be delivered comes back (as
    `bounces+identity`; without it, to `address`); `unsubscribe` an https address with `{token}`,
    at which one click unsubscribes. Raises LichtbriefError for what cannot stand in a mail's head.
    """

    school: str
    address: str
    contact: str
    bounces: str | None = None
    unsubscribe: str | None = None

    def __post_init__(self) -> None:
        check_line(self.school)
        check_address(self.address)
        check_address(self.contact)
        if self.bounces is not None:
            check_address(self.envelope(LONGEST_IDENTITY))
        if self.unsubscribe is not None:
            check_endpoint(self.unsubscribe)

    def envelope(self, identity: str) -> str:
        """The envelope's sender of the mail with this identity."""
        return bounce_address(self.bounces, identity) if self.bounces else self.address


@dataclass(frozen=True, slots=True, repr=False)
class Recipient:
    """One guardian as a recipient: address, language (BCP 47), signed link.

    `identity` becomes the Message-ID before the `@`: the week, a dot and a keyed hash, so that
    it is the same in every run and tells nothing. Raises LichtbriefError for a bad address.
    """

    address: str
    language: str
    link: SignedLink
    identity: str

    def __post_init__(self) -> None:
        check_address(self.address)
        if not _IDENTITY.fullmatch(self.identity):
            raise LichtbriefError("a mail's identity is not one", "report this: a mistake of ours")


@dataclass(frozen=True, slots=True, repr=False)
class Mail:
    """A mail ready to be handed over: envelope addresses, identity, and its bytes (CRLF)."""

    sender: str
    recipient: str
    message_id: str
    content: bytes


def write_mail(
    theme: Theme, sender: Sender, news: LetterNews, recipient: Recipient, at: datetime
) -> Mail:
    """The mail with a guardian's signed link, written at `at` (aware).

    The same values give the same bytes. Raises LichtbriefError when the theme fails.
    """
    words = theme.words(recipient.language)
    subject = _subject(words, sender, news)
    context = _context(sender, news, recipient.link) | {"subject": subject}
    content = alternatives(
        _head(sender, recipient, subject, "daily" if news.day else "weekly", at),
        theme.render("mail.txt", recipient.language, **context),
        theme.render("mail.html", recipient.language, **context),
        language=words.tag,
        boundary=f"=_{recipient.identity}",
    )
    return Mail(sender.envelope(recipient.identity), recipient.address, recipient.identity, content)


def _subject(words: Words, sender: Sender, news: LetterNews) -> str:
    if news.day is not None:
        said = {"day": words.short_day(news.day), "school": sender.school}
        return words.gettext("News of %(day)s – %(school)s") % said
    subject = words.gettext("Newsletter week %(week)d – %(school)s")
    return subject % {"week": news.week.number, "school": sender.school}


def _context(sender: Sender, news: LetterNews, link: SignedLink) -> dict[str, object]:
    return {
        "school": sender.school,
        "contact": sender.contact,
        "week": news.week.number,
        "again": news.again,
        "is_of_a_day": news.day is not None,
        "posts": news.posts,
        "photos": news.photos,
        "films": news.films,
        "events": news.events,
        "dates": news.dates,
        "until": news.until,
        "link": link.whole,
        "link_without_key": link.url,
        "code": link.typed_code,
    }


def _head(
    sender: Sender, recipient: Recipient, subject: str, kind: str, at: datetime
) -> tuple[tuple[str, str], ...]:
    """The head of the mail: for whom, from whom, what about, and that a machine wrote it."""
    domain = domain_of(sender.address)
    return (
        ("Date", format_datetime(at)),
        ("From", f"{_phrase(sender.school)} <{sender.address}>"),
        ("To", recipient.address),
        ("Reply-To", sender.contact),
        ("Subject", encoded("Subject", subject)),
        ("Message-ID", f"<{recipient.identity}@{domain}>"),
        ("Auto-Submitted", "auto-generated"),  # RFC 3834: no holiday replies
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),  # Exchange's own name for the same
        ("List-Id", f"<weekbrief.{domain}>"),  # RFC 2919
        *_unsubscribing(sender, recipient.identity),
        # For Google's Postmaster Tools: the occasion, the kind of mail, who sends.
        ("Feedback-ID", f"{recipient.identity.partition('.')[0]}:{kind}:lichtbrief"),
    )


def _unsubscribing(sender: Sender, identity: str) -> Iterator[tuple[str, str]]:
    """RFC 2369; and RFC 8058 only where something answers to a click."""
    by_mail = f"<mailto:{sender.contact}>"
    if sender.unsubscribe is None:
        yield "List-Unsubscribe", by_mail
    else:
        yield "List-Unsubscribe", f"<{sender.unsubscribe.replace(TOKEN, identity)}>, {by_mail}"
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


def _phrase(name: str) -> str:
    """A name in front of an address: quoted, or in encoded words (RFC 5322 3.4, RFC 2047 5)."""
    return f'"{quote(name)}"' if name.isascii() else encoded("From", name)
