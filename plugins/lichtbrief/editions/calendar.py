"""Invitations as iCalendar (RFC 5545) for parents' own calendars.

The reader puts a file together from the head, the entries that are wanted, and `END`: a file for
one, or one for all.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, timedelta

from icalendar import Calendar, Event, Timezone

from lichtbrief.editions.invitations import Invitation
from lichtbrief.roster import first_day_of, school_year

PRODUCT = "-//Lichtbrief//Lichtbrief//NL"
END = "END:VCALENDAR\r\n"
YEARS = 2  # what is announced lies within them; a zone's rules beyond are nobody's to know


def write_calendar(
    invitations: Sequence[Invitation], name: Callable[[str], str]
) -> dict[str, object]:
    """What an edition's index holds for calendars; empty without invitations.

    `name` makes of an entry's id a keyed hash, which is what its UID is.
    """
    if not invitations:
        return {}
    dates = []
    for one in invitations:
        uid = f"{name(one.id)}@lichtbrief"
        dates.append(
            {
                "uid": uid,
                "post": one.post,
                "lang": one.lang,
                "title": one.title,
                "start": one.start.replace(tzinfo=None),
                "end": one.end.replace(tzinfo=None) if one.end else None,
                "cancelled": one.cancelled,
                "ics": _entry(one, uid),
            }
        )
    return {"head": _head(invitations), "dates": dates}


def _head(invitations: Sequence[Invitation]) -> str:
    """The calendar up to its first entry, with the zone's rules for the years that matter."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_zone(invitations))
    text = str(calendar.to_ical(), "utf-8")
    return text.removesuffix(END)


def _zone(invitations: Sequence[Invitation]) -> Timezone:
    """The zone's rules from this school year on, as long as something is announced."""
    moments = [moment for one in invitations for moment in (one.start, one.end or one.start)]
    first, last = min(moments).date(), max(moments).date()
    year = school_year(first)
    until = max(first_day_of(year + YEARS), last + timedelta(days=1))
    zone = invitations[0].start.tzinfo or UTC
    return Timezone.from_tzinfo(zone, first_date=first_day_of(year), last_date=until)


def _entry(one: Invitation, uid: str) -> str:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", one.stamp.astimezone(UTC))
    event.add("sequence", one.sequence)
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    event.add("summary", one.title)
    event.add("dtstart", one.start)
    if one.end:
        event.add("dtend", one.end)
    if one.location:
        event.add("location", one.location)
    if one.bring:
        event.add("description", one.bring)
    return str(event.to_ical(), "utf-8")
