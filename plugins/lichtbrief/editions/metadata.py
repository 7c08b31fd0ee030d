"""A post's header: from the fields a reader found to values that hold, or problems."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 -- a post's field is called `date`
from datetime import datetime

from lichtbrief.editions.moments import EXAMPLE, read_moment, read_talks
from lichtbrief.editions.offers import faults_of, read_offer
from lichtbrief.editions.places import Place
from lichtbrief.editions.post import Event, Offer, PostKind, Talk
from lichtbrief.editions.source import Source
from lichtbrief.editions.surveys import until_of
from lichtbrief.roster import Roster

_BELONGS = {
    "start": "event",
    "end": "event",
    "location": "event",
    "dates": "talks",
    "length": "talks",
    "teachers": "talks",
    "until": "survey",
}
_OWN = (
    "title",
    "date",
    "author",
    "groups",
    "kind",
    "status",
    "lang",
    "bring",
    "changed",
    "approved-by",
)
KEYS = (*_OWN, *_BELONGS)
STATUSES = ("published", "draft", "cancelled")
INVITATIONS = (PostKind.event, PostKind.talks)
LANGUAGE = "nl"

_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Header:
    """Everything a post says of itself before its text begins."""

    title: str
    at: datetime
    author: str
    groups: tuple[str, ...]
    kind: PostKind
    lang: str
    bring: str
    event: Event | None
    talks: tuple[Talk, ...]
    offer: Offer | None
    until: Day | None
    changed: datetime | None
    cancelled: bool
    approved_by: str


def is_draft(source: Source) -> bool:
    """Whether the teacher is still writing it: nothing else of it is then looked at."""
    return source.first("status").lower() == "draft"


def read_header(
    raw: Mapping[str, object], source: Source, place: Place, roster: Roster
) -> Header | None:
    """Every field of a header, or None when one is wrong; `source` then has the problems.

    Values come from `raw`, but only for keys that the file itself has: a reader adds its own.
    """
    before = len(source.problems)
    fields = _Fields({key: raw.get(key) for key in source.header}, source)
    fields.check_keys()
    author = fields.author(roster)
    kind = fields.kind()
    at = fields.date(place)
    groups = fields.groups(place, roster, author)
    talks = fields.talks() if kind is PostKind.talks else ()
    header = Header(
        title=fields.title(),
        at=at,
        author=author,
        groups=groups,
        kind=kind,
        lang=fields.lang(),
        bring=fields.text("bring"),
        event=fields.event() if kind is PostKind.event else None,
        talks=talks,
        offer=fields.offer(roster, author, groups, talks) if kind is PostKind.talks else None,
        until=fields.until(at) if kind is PostKind.survey else None,
        changed=fields.changed(at),
        cancelled=fields.text("status").lower() == "cancelled",
        approved_by=fields.text("approved-by"),
    )
    return header if len(source.problems) == before else None


class _Fields:
    """Reads field by field; what is wrong goes to `source`, and something harmless comes back."""

    def __init__(self, values: Mapping[str, object], source: Source) -> None:
        self.values = values
        self.source = source

    def text(self, key: str) -> str:
        """The field as text on one line; empty when it lacks."""
        value = self.values.get(key)
        return "" if value is None else " ".join(str(value).split())

    def check_keys(self) -> None:
        """Every key is known, stands once, and belongs to this kind of post."""
        for key in self.source.header:
            for what, todo in self._faults(key):
                self.source.in_header(key, what, todo)

    def _faults(self, key: str) -> Iterator[tuple[str, str]]:
        kind = (self.text("kind") or PostKind.message).lower()
        if key not in KEYS:
            known = ", ".join(key.capitalize() for key in KEYS)
            yield "is not something a post can say", f"use one of: {known}"
        elif len(self.source.header[key]) > 1:
            yield "stands on more than one line", "write it once, on one line"
        elif self._is_of_an_invitation(key) and kind not in INVITATIONS:
            yield "belongs to an invitation", "remove it, or write Kind: event or Kind: talks"
        elif self.text(key) and _BELONGS.get(key, kind) != kind:
            yield f"belongs to a post of another kind, not to {kind}", "remove it or correct Kind"
        elif key == "status" and self.text(key).lower() not in ("", *STATUSES):
            yield "is unknown", f"write {' or '.join(STATUSES)}, or leave the line out"

    def _is_of_an_invitation(self, key: str) -> bool:
        text = self.text(key).lower()
        return bool(text) and (key == "changed" or (key == "status" and text == "cancelled"))

    def changed(self, at: datetime) -> datetime | None:
        """When an invitation was last changed: its calendar entry must be newer than the first."""
        changed = self._time("changed")
        if changed and changed <= at:
            todo = "write when you changed it, as in " + EXAMPLE
            self.source.in_header("changed", "is not after Date", todo)
        return changed

    def title(self) -> str:
        title = self.text("title")
        if not title:
            self.source.in_header("title", "is missing", "write a line Title: …")
        return title

    def date(self, place: Place) -> datetime:
        at = read_moment(self.values.get("date"))
        if not self.text("date"):
            self.source.in_header("date", "is missing", f"write a line Date: {EXAMPLE}")
        elif at is None:
            self.source.in_header("date", "cannot be read", f"write it as {EXAMPLE}")
        elif at.date() != place.day:
            todo = f"write {place.day} in both, or rename the folder"
            self.source.in_header("date", "is another day than the folder's", todo)
        return at or datetime.min

    def author(self, roster: Roster) -> str:
        author = self.text("author")
        if not author:
            self.source.in_header("author", "is missing", "write a line Author: and your staff id")
        elif author not in roster.staff:
            self.source.in_header("author", "is nobody on the staff", "write an id from staff.csv")
        return author

    def groups(self, place: Place, roster: Roster, author: str) -> tuple[str, ...]:
        written = re.split(r"[,\s]+", self.text("groups").strip(", "))
        groups = tuple(dict.fromkeys((place.group, *(group for group in written if group))))
        staff = roster.staff.get(author)
        for group in groups:
            if group not in roster.groups:
                todo = f"write ids from groups.csv: {', '.join(roster.groups)}"
                self.source.in_header("groups", f"names {group}, which is no group", todo)
            elif staff is not None and not staff.may_post_to(group):
                todo = "ask the office to add the group in staff.csv, or change the author"
                self.source.in_header("author", f"may not post to {group}", todo)
        return groups

    def kind(self) -> PostKind:
        text = self.text("kind").lower() or PostKind.message
        if text in list(PostKind):
            return PostKind(text)
        self.source.in_header("kind", "is unknown", f"write one of: {', '.join(PostKind)}")
        return PostKind.message

    def lang(self) -> str:
        lang = self.text("lang").lower() or LANGUAGE
        if not _LANGUAGE.fullmatch(lang):
            self.source.in_header("lang", "is no code of a language", "write it as nl or en")
        return lang

    def event(self) -> Event:
        start, end = self._time("start"), self._time("end")
        if not self.text("start"):
            self.source.in_header("start", "is missing in an event", f"write Start: {EXAMPLE}")
        if start and end and end <= start:
            self.source.in_header("end", "is not after Start", "correct one of them")
        return Event(start or datetime.min, end, self.text("location"))

    def _time(self, key: str) -> datetime | None:
        moment = read_moment(self.values.get(key), needs_time=True)
        if moment is None and self.text(key):
            self.source.in_header(key, "cannot be read", f"write it as {EXAMPLE}")
        return moment

    def talks(self) -> tuple[Talk, ...]:
        example = "2026-12-01 15:30-17:30, 2026-12-03 18:30-20:30"
        try:
            talks = read_talks(self.text("dates"))
        except ValueError as error:
            self.source.in_header("dates", str(error), f"write them as {example}")
            return ()
        if not talks:
            self.source.in_header("dates", "are missing in talks", f"write Dates: {example}")
        return talks

    def until(self, at: datetime) -> Day | None:
        """The last day on which a survey can be answered."""
        until, fault = until_of(self.text("until"), at)
        if fault:
            self.source.in_header("until", *fault)
        return until

    def offer(
        self, roster: Roster, author: str, groups: tuple[str, ...], talks: tuple[Talk, ...]
    ) -> Offer | None:
        """What can be chosen from; None where the times are agreed on in another way."""
        offer, faults = read_offer(self.text("length"), self.text("teachers"), author)
        if offer is not None and author in roster.staff:
            faults = tuple(faults_of(offer, groups, talks, roster))
        for key, what, todo in faults:
            self.source.in_header(key, what, todo)
        return offer
