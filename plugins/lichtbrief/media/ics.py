"""ICS (RFC 5545): the dates themselves, without whom they were made by or sent to."""

import hashlib
from collections.abc import Iterator

from icalendar import Calendar, Component

from lichtbrief.media.refused import RefusedFile

PRODUCT = "-//Lichtbrief//NONSGML Lichtbrief//EN"
_MOST_BYTES = 1_000_000
_TIME = {"DTSTART", "DTEND", "DUE", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}
_KEPT = {
    "VEVENT": {
        *_TIME,
        "DTSTAMP",
        "SUMMARY",
        "DESCRIPTION",
        "LOCATION",
        "STATUS",
        "SEQUENCE",
        "URL",
    },
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"},
}
_KEPT["DAYLIGHT"] = _KEPT["STANDARD"]
_PARAMETERS = {"TZID", "VALUE", "LANGUAGE"}


def clean(data: bytes, _: str) -> bytes:
    """The events of a calendar; raises RefusedFile, and what icalendar raises."""
    if len(data) > _MOST_BYTES:
        raise RefusedFile("is larger than 1 MB", "save fewer events in it")
    given = Calendar.from_ical(data)
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    for component in _cleaned(given):
        made.add_component(component)
    if not made.walk("VEVENT"):
        raise RefusedFile("holds no event", "save the events in it, or write them in the post")
    written: bytes = made.to_ical()
    return written


def _cleaned(given: Component) -> Iterator[Component]:
    """The components within one that are events or time zones, with what belongs in them."""
    for component in given.subcomponents:
        kept = _KEPT.get(component.name or "")
        if kept is None:
            continue
        made = type(component)()
        made.clear()
        for name, value in component.property_items(recursive=False, sorted=True):
            if name in kept:
                _forget_parameters(value)
                made.add(name, value, encode=False)
        if component.name == "VEVENT":
            # A calendar needs it to know the event again, and it often holds an address.
            made.add("uid", hashlib.sha256(str(component.get("UID")).encode()).hexdigest()[:32])
        for inner in _cleaned(component):
            made.add_component(inner)
        yield made


def _forget_parameters(value: object) -> None:
    parameters = getattr(value, "params", {})
    for name in [name for name in parameters if name.upper() not in _PARAMETERS]:
        del parameters[name]
