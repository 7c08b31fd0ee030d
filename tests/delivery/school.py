"""De Lichtbron as a sender of mails: the values that the tests of this folder share."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from lichtbrief.delivery import Coming, LetterNews, Mail, Recipient, Sender, SignedLink, write_mail
from lichtbrief.editions import Week
from lichtbrief.theme import Theme

REPOSITORY = Path(__file__).resolve().parents[2]
WEEK = Week.parse("2026-W47")
SENT_AT = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")

LICHTBRON = Sender("De Lichtbron", "weekbrief@lichtbron.example", "kantoor@lichtbron.example")
CODE = "7Q4XK2M9TBW3HRFN8CJD5VY6PA01"
URL = (
    "https://brieven.lichtbron.example/b/k4w7/letters/qv3ztm5x2rwy6c7dhbnlsfgu4e.html"
    "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20261120%2Feu-central-1"
    "%2Fs3%2Faws4_request&X-Amz-Date=20261120T140000Z&X-Amz-Expires=604800"
    "&X-Amz-SignedHeaders=host&X-Amz-Signature="
    "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
)
LINK = SignedLink(URL, CODE)

NEWS = LetterNews(
    week=WEEK,
    until=datetime(2026, 11, 27, 15, 0, tzinfo=AMSTERDAM),
    posts=4,
    photos=12,
    films=2,
    events=2,
    dates=(
        Coming(datetime(2026, 11, 24, 19, 30), "event"),
        Coming(datetime(2026, 12, 4, 8, 30), "talks"),
    ),
)


def theme() -> Theme:
    """The theme that the repository ships."""
    folder = REPOSITORY / "theme"
    return Theme([folder / "templates"], folder / "static", folder / "translations")


def recipient(address: str = "anna.bakker@mail.example", language: str = "nl") -> Recipient:
    """A guardian who gets the mail."""
    return Recipient(address, language, LINK, "2026-W47.k4w7qv3ztm5x2rwy6c7dhbnlsf")


def weekly_mail(address: str = "anna.bakker@mail.example", language: str = "nl") -> Mail:
    """This week's mail to one guardian."""
    return write_mail(theme(), LICHTBRON, NEWS, recipient(address, language), SENT_AT)


def plain_mail(guardian: str) -> Mail:
    """A short mail, where only the way it travels matters."""
    address = f"{guardian}@mail.example"
    return Mail(
        LICHTBRON.address, address, f"2026-W47.{guardian}", b"Subject: news\r\n\r\nHello\r\n"
    )


def nothing() -> None:
    """What to do just before DATA, where the test does not care."""


def guardians(number: int) -> list[str]:
    """Guardian ids: `g000`, `g001` and so on."""
    return [f"g{n:03}" for n in range(number)]


def ignore(_: object) -> None:
    """A listener that nobody needs."""
