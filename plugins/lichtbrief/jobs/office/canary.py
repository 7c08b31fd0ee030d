"""The canary: a real letter with nothing in it, mailed to the school itself."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from lichtbrief.delivery import (
    LetterNews,
    Mail,
    Mailbox,
    Recipient,
    Sender,
    Sent,
    SignedLink,
    Transport,
    write_mail,
)
from lichtbrief.delivery.canary import WHAT, compare, is_canary
from lichtbrief.editions import Week
from lichtbrief.findings import Finding, failed, warning
from lichtbrief.jobs.ground.letterhead import letterhead_of
from lichtbrief.jobs.ground.surroundings import Surroundings
from lichtbrief.letters import Letter, build_letter
from lichtbrief.sealing import Secret, code_of, name_of, seal
from lichtbrief.settings import Settings
from lichtbrief.theme import Theme

LASTING = timedelta(hours=1)
LOOKS = 30
PAUSE = 2.0  # seconds between two looks into the mailbox
FOLDER = "doctor"
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Canary:
    """A canary in its place: the object in the store, the link to it, and the mail that says it."""

    name: str
    link: SignedLink
    word: str
    identity: str
    mail: Mail


def write_canary(
    settings: Settings, theme: Theme, surroundings: Surroundings, sender: Sender, to: str
) -> Canary:
    """Put the letter into the store and write the mail to `to`; both end within the hour."""
    now = surroundings.now()
    key = Secret(secrets.token_bytes(16))
    token = name_of(Secret(secrets.token_bytes(32)), "canary")
    week, word = Week.of(now.date()), f"Lichtbrief {token[:4].upper()}"
    letter = Letter(token, week, now + LASTING, (), reader=word)
    page = build_letter(
        theme,
        settings.language,
        letterhead_of(settings),
        letter,
        lambda segments: seal(key, ("letter", token), segments),
    )
    name = f"{FOLDER}/{token}.html"
    surroundings.store.put(name, page, content_type=HTML)
    link = SignedLink(surroundings.signer.sign(name, now + LASTING), code_of(key))
    identity = f"canary.{token}"
    mail = write_mail(
        theme, sender, _news(week, now, settings), _to(settings, to, link, identity), now
    )
    return Canary(name, link, word, identity, mail)


def _news(week: Week, now: datetime, settings: Settings) -> LetterNews:
    until = (now + LASTING).astimezone(settings.zone)
    return LetterNews(week=week, until=until, posts=0, photos=0, films=0, events=0, dates=())


def _to(settings: Settings, to: str, link: SignedLink, identity: str) -> Recipient:
    return Recipient(to, settings.language, link, identity)


def send_canary(transport: Transport, canary: Canary) -> Finding | None:
    """Hand the mail over; what went wrong, or None."""
    outcome = transport.send(canary.mail, lambda: None)
    if isinstance(outcome, Sent):
        return None
    todo = "see what the relay says, and whether it lets this sender send"
    return failed(WHAT, f"was not taken by the relay: {outcome.words}", todo)


def look_for(
    mailbox: Mailbox, canary: Canary, pause: Callable[[float], None] = time.sleep
) -> Finding:
    """Wait for the mail in the mailbox, compare its link, and remove it there."""
    for number in range(LOOKS):
        if number:
            pause(PAUSE)
        with mailbox:
            for mail, content in mailbox.mails():
                if is_canary(content, canary.identity):
                    mailbox.remove(mail)
                    return compare(content, canary.link)
    todo = "look into its spam, and see that mail to LICHTBRIEF_MAIL_FROM lands in that mailbox"
    words = f"did not arrive in the mailbox within {LOOKS * PAUSE:.0f} s"
    return warning(WHAT, words, todo)


def click_on(canary: Canary) -> Finding:
    """What a person has to do, where there is no mailbox to read."""
    todo = (
        "open that mail on a telephone within the hour and click: you must see an empty letter"
        f" for “{canary.word}”; anything else is a gateway that rewrites links"
    )
    return warning(WHAT, "was sent, and nobody has looked at it yet", todo)
