"""`python -m bench.programs.mail_prepare MAILS LINKS`: writing mails and signing links, as JSON."""

import json
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from botocore.credentials import Credentials

from lichtbrief.delivery import (
    Coming,
    LetterNews,
    Recipient,
    Sender,
    SignedLink,
    identity_of,
    write_mail,
)
from lichtbrief.editions import Week
from lichtbrief.sealing import Secret, code_of, letter_key, name_of
from lichtbrief.storage.signer import SigV4Signer
from lichtbrief.theme import Theme

THEME = Path(__file__).parents[2] / "theme"
WEEK = Week(2026, 47)
NOW = datetime(2026, 11, 20, 14, tzinfo=UTC)
UNTIL = NOW + timedelta(days=7)
NEWS = LetterNews(
    week=WEEK,
    until=UNTIL,
    posts=4,
    photos=12,
    films=1,
    events=2,
    dates=(Coming(datetime(2026, 11, 24, 19), "event"), Coming(datetime(2026, 12, 4, 8), "talks")),
)
SENDER = Sender("De Lichtbron", "weekbrief@lichtbron.example", "kantoor@lichtbron.example")
LANGUAGES = ("nl", "nl", "nl", "en", "tr", "ar", "pl", "uk")


def signer() -> SigV4Signer:
    """One that signs as of the same moment always."""
    place = "https://brieven.s3.eu-central-1.amazonaws.com/lichtbron/"
    return SigV4Signer(place, "eu-central-1", Credentials("AKIDEXAMPLE", "secret"), lambda: NOW)


def prepare(mails: int) -> tuple[float, int]:
    """Seconds of processor for keys, links, words and bytes of all; and the bytes of one."""
    theme = Theme([THEME / "templates"], THEME / "static", THEME / "translations")
    secret, signs = Secret(bytes(32)), signer()
    began, size = time.process_time(), 0
    for number in range(mails):
        guardian = f"g{number}"
        name = f"letters/{name_of(secret, 'letter', guardian, str(WEEK))}.html"
        code = code_of(letter_key(secret, guardian, str(WEEK)))
        link = SignedLink(signs.sign(name, UNTIL), code)
        language = LANGUAGES[number % len(LANGUAGES)]
        identity = identity_of(secret, guardian, WEEK)
        recipient = Recipient(f"{guardian}@mail.example", language, link, identity)
        size = len(write_mail(theme, SENDER, NEWS, recipient, NOW).content)
    return time.process_time() - began, size


def sign(links: int) -> float:
    """Seconds for so many signed links."""
    signs = signer()
    began = time.perf_counter()
    for number in range(links):
        signs.sign(f"letters/{number:026}.html", UNTIL)
    return time.perf_counter() - began


if __name__ == "__main__":
    seconds, size = prepare(int(sys.argv[1]))
    print(json.dumps({"prepare": seconds, "bytes": size, "sign": sign(int(sys.argv[2]))}))
