"""A letter that can be answered, on the small site that catches what is sent."""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from playwright.sync_api import Page, Route

from lichtbrief.letters import Letter, build_letter
from lichtbrief.replies import SIZES, Reply, open_reply
from lichtbrief.sealing import seal
from tests.letters.site import (
    CODE,
    KEY,
    LETTER_ID,
    LETTERHEAD,
    THEME,
    UNTIL,
    WEEK,
    Picture,
    Site,
    edition,
    page_of,
)
from tests.replies.given import MOTHER, public_of


def in_base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()


NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
EVENT = {
    "start": datetime(2026, 11, 24, 18, 30),
    "end": None,
    "is_one_day": True,
    "location": "de aula",
}
PHOTOS = '<figure data-photo="0"></figure><figure data-photo="1"></figure>'
TALK = {"start": datetime(2026, 12, 1, 15, 30), "end": datetime(2026, 12, 1, 16, 30)}
LAST = date(2026, 12, 4)
ASKED = "<ol><li>Graag?</li><li>Genoeg?</li></ol>"
PAGE = page_of(
    {"code": "bosbosbo", "title": "Naar het bos", "html": PHOTOS},
    {"code": "vragvrag", "kind": "survey", "title": "Vragen", "until": LAST, "html": ASKED},
    {"code": "feestfee", "kind": "event", "title": "Feest", "event": EVENT},
    {"code": "praatpra", "kind": "talks", "title": "Praten", "talks": [TALK]},
)
PICTURES = (Picture(alt="Bladeren\x07 \x85"), Picture(alt="Een kastanje"))
PURPOSES = [
    f"{audience}/{kind}"
    for audience in ("group", "school", "paper")
    for kind in ("photo", "video", "name", "work")
]
ANNA = {"id": "anna-b", "name": "Anna"}
ANNA_SAID = dict.fromkeys(PURPOSES, "")
SEM = {"id": "sem-k", "name": "Sem"}
TEACHERS = [
    {"id": who, "name": name, "key": in_base64(public_of(who)[who])}
    for who, name in (("juf-sanne", "Juf Sanne"), ("meester-tom", "Meester Tom"))
]
"""Of Sem, where a story gives them keys."""
NOTES = [{"by": "Juf Marieke", "at": "2026-11-19T16:00", "words": "Dag,\nhet ging vandaag goed."}]
HOURS = [f"2026-12-01T{hour}" for hour in ("15:30", "15:40", "15:50", "16:00")]
OFFER = {"post": "praatpra", "title": "Praten", "minutes": 10, "times": HOURS}
TALKS = [
    {**OFFER, "others": True, "chosen": {}},
    {**OFFER, "post": "eerderee", "title": "Advies", "others": False}
    | {"chosen": {"times": [HOURS[2]], "together": True, "elsewhere": False}},
]
ICS = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
ANNA_AT = {"child": "Anna", "teacher": "Juf Marieke", "cancelled": False, "ics": ICS}
APPOINTMENTS = [
    {**ANNA_AT, "start": "2026-12-01T15:30", "end": "2026-12-01T15:40"},
    {**ANNA_AT, "start": "2026-12-03T19:00", "end": "2026-12-03T19:15", "cancelled": True},
]
FORM = {"fields": {"policy": "the policy"}, "begins": MOTHER.prefix}
LANGUAGES = ["ar", "en", "nl", "pl", "tr", "uk"]
THANKS = [{"kind": "word", "at": "2026-11-19T08:15"}]


def puts(site: Site) -> dict[str, list[str]]:
    return {str(SIZES[0]): [f"{site.address}/bucket?{n}" for n in range(2)], str(SIZES[1]): []}


def put_letter(
    site: Site,
    language: str = "nl",
    until: datetime = UNTIL,
    *,
    forms: bool = True,
    answered: bool = False,
    keys: bool = False,
    recorded: str = "no",
) -> str:
    """The mother's letter: she decides about Anna, and reads about Sem; its link.

    Without `forms`, it has two addresses for small replies and no others; with `keys`, Sem's
    teachers have keys of their own. `recorded` is her answer about films of Anna on paper.
    """
    data, granted = edition("groep-3", "Groep 3", PAGE, PICTURES)
    site.put("/groep-3.sealed", data)
    anna = ANNA | {"answers": ANNA_SAID | {"paper/video": recorded}}
    replies = {
        "name": MOTHER.name,
        "year": str(MOTHER.year),
        "school": in_base64(MOTHER.public),
        "own": in_base64(MOTHER.own.reveal()),
        **(FORM | {"url": f"{site.address}/bucket"} if forms else {"puts": puts(site)}),
        "children": [anna, SEM | ({"readers": {"teacher": TEACHERS}} if keys else {})],
        "wishes": {"delivery": "weekly", "language": language, "languages": LANGUAGES},
        "thanks": THANKS,
        "notes": NOTES,
        "invited": ["feestfee"],
        "talks": TALKS,
        "appointments": APPOINTMENTS,
        "surveys": {"vragvrag": answered},
    }
    html = build_letter(
        THEME,
        language,
        LETTERHEAD,
        Letter(LETTER_ID, WEEK, until, [granted], reader="Ouder Een", replies=replies),
        lambda segments: seal(KEY, ("letter", LETTER_ID), segments),
    )
    return f"{site.put('/letter.html', html, 'text/html; charset=utf-8')}#{CODE}"


@dataclass
class Bucket:
    """What the browser puts, and how the store answers: a status, or None for no answer at all."""

    status: int | None = 204
    puts: list[tuple[str, Reply]] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        body = route.request.post_data_buffer or b""
        if route.request.method == "PUT":
            return self._answer_put(route, body)
        key, data = part(body, b"key"), part(body, b"file")
        assert b"the policy" == part(body, b"policy")
        if self.status is None:
            return route.abort("internetdisconnected")
        self.puts.append((key.decode(), open_reply(data, MOTHER)))
        return route.fulfill(status=self.status)

    def _answer_put(self, route: Route, body: bytes) -> None:
        """As a store that never replaces what is there."""
        assert "*" == route.request.headers["if-none-match"]
        if route.request.url in {address for address, _ in self.puts}:
            return route.fulfill(status=412)
        self.puts.append((route.request.url, open_reply(body, MOTHER)))
        return route.fulfill(status=200)


def part(body: bytes, name: bytes) -> bytes:
    """One field of a form as browsers send it (RFC 7578)."""
    boundary = body[: body.index(b"\r\n")]
    for each in body.split(boundary)[1:-1]:
        head, _, value = each.partition(b"\r\n\r\n")
        if re.search(rb'[ ;]name="' + name + rb'"', head):
            return value.removesuffix(b"\r\n")
    raise AssertionError(f"no field {name!r}")


Opening = Callable[..., Page]


def catch(page: Page) -> Bucket:
    """A bucket for this page, in which it is the afternoon of `NOW`."""
    bucket = Bucket()
    page.clock.set_fixed_time(NOW)
    page.route("**/bucket*", bucket.answer)
    return bucket
