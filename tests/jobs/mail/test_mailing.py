"""What a mail says of the weeks ahead: what is on, and nothing that is past or off."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from lichtbrief.delivery import Sender
from lichtbrief.jobs.mail.mailing import Mailing
from lichtbrief.jobs.publish.granting import LetterTask
from lichtbrief.jobs.publish.opening import OpenEdition
from lichtbrief.sealing import Secret
from tests.jobs.given import RING, THEME, W47, decide_now, entry
from tests.school import SmallSchool

NOW = datetime(2026, 11, 20, 14, tzinfo=UTC)
DATES = [
    {"start": "2026-11-17T09:00", "end": None, "kind": "event"},
    {"start": "2026-11-20T08:30", "end": None, "kind": "event"},
    {"start": "2026-12-01T15:30", "end": "2026-12-01T17:30", "kind": "talks"},
]


class NoSigner:
    """Signs nothing: where the link leads does not matter here."""

    key_id = "none"

    def check(self, until: datetime) -> None:
        """Every moment is as good as another."""

    def sign(self, name: str, until: datetime) -> str:
        del until
        return f"https://brieven.dijk.example/{name}?signed"


def test_a_mail_lists_what_is_on_from_today_on(school: SmallSchool) -> None:
    decided = decide_now(school)
    index = {"counts": {"posts": 3, "photos": 0, "films": 0, "events": 3}, "dates": DATES}
    one, other = entry("groep-3"), entry("school")
    opened = {
        each.name: OpenEdition(each, Secret(bytes(32)), 496, index, "") for each in (one, other)
    }
    sender = Sender("De Kleine Dijk", "weekbrief@dijk.example", "kantoor@dijk.example")
    mailing = Mailing(decided, RING, THEME, NoSigner(), sender, opened, lambda: NOW)
    task = LetterTask(
        "letters/a.html", "a", W47, "g1", "nl", (one, other), (), "", NOW, "", stored=None
    )
    message = message_from_bytes(mailing.write(task).content, policy=SMTP)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    assert body is not None
    said = [line for line in body.get_content().splitlines() if "2026, " in line and "- " in line]
    assert [
        "- vrijdag 20 november 2026, 08:30\u00a0uur: activiteit",
        "- dinsdag 1 december 2026, 15:30\u00a0uur: oudergesprekken",
    ] == said
