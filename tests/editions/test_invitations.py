"""What parents put in their calendar: an entry that is the same one whatever becomes of it."""

from datetime import datetime
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from lichtbrief.editions import Week, plan_edition
from lichtbrief.editions.calendar import END, write_calendar
from lichtbrief.editions.invitations import Invitation
from lichtbrief.sealing import Secret, name_of
from tests.editions.school import BOS, GROUPS, HEADER, STAFF, WEEK, ZONE, Desk, plan, segments

EVENT = HEADER + (
    "Kind: event\nStart: 2026-11-24 19:30\nEnd: 2026-11-24 21:00\nLocation: Het plein\n"
    "Bring: een lampion\n"
)
TALKS = HEADER + "Kind: talks\nDates: 2026-12-01 15:30-17:30, 2026-12-03 18:30-20:30\n"


def file_of(invitations: tuple[Invitation, ...]) -> str:
    """What the reader would save of all these."""
    made = write_calendar(invitations, partial(name_of, Secret(bytes(32)), "event"))
    dates = made["dates"]
    assert isinstance(dates, list)
    return str(made["head"]) + "".join(date["ics"] for date in dates) + END


def entries(desk: Desk) -> list[dict[str, Any]]:
    """The entries of the calendar that the desk's edition brings, as any program reads them."""
    calendar: Any = Calendar.from_ical(file_of(plan(desk).invitations))
    return [dict(entry) for entry in calendar.walk("VEVENT")]


def one_entry(desk: Desk) -> dict[str, Any]:
    (entry,) = entries(desk)
    return entry


def test_an_invitation_is_an_entry_with_day_hour_place_and_what_to_bring(desk: Desk) -> None:
    desk.write("Kom", EVENT)
    (invitation,) = plan(desk).invitations
    calendar: Any = Calendar.from_ical(file_of((invitation,)))
    assert ("PUBLISH", "2.0") == (str(calendar["METHOD"]), str(calendar["VERSION"]))
    entry = one_entry(desk)
    assert "Naar het bos" == str(entry["SUMMARY"])
    assert ("Het plein", "een lampion") == (str(entry["LOCATION"]), str(entry["DESCRIPTION"]))
    assert "CONFIRMED" == str(entry["STATUS"])
    text = file_of((invitation,))
    assert "DTSTART;TZID=Europe/Amsterdam:20261124T193000\r\n" in text
    assert "DTEND;TZID=Europe/Amsterdam:20261124T210000\r\n" in text


def test_the_rules_of_the_zone_cover_two_school_years_and_no_more(desk: Desk) -> None:
    desk.write("Kom", EVENT)
    text = file_of(plan(desk).invitations)
    assert 1 == text.count("BEGIN:VTIMEZONE")
    assert "DTSTART:20261025T030000" in text
    assert not [year for year in ("1970", "2029", "2037") if f"{year}10" in text]


def test_an_entry_is_the_same_one_when_it_is_changed_and_when_it_is_off(desk: Desk) -> None:
    def state(header: str) -> tuple[str, int, str]:
        desk.write("Kom", header)
        entry = one_entry(desk)
        return str(entry["UID"]), int(str(entry["SEQUENCE"])), str(entry["STATUS"])

    first = state(EVENT)
    later = EVENT.replace("19:30", "20:00")
    changed = state(f"{later}Changed: 2026-11-18 09:00\n")
    off = state(f"{later}Changed: 2026-11-18 09:00\nStatus: cancelled\n")
    on = state(f"{later}Changed: 2026-11-19 12:00\n")
    assert 0 == first[1]
    assert [first[1], changed[1], off[1], on[1]] == sorted({first[1], changed[1], off[1], on[1]})
    assert ["CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED"] == [
        s for _, _, s in (first, changed, off, on)
    ]
    assert 1 == len({uid for uid, _, _ in (first, changed, off, on)})


def test_calling_off_needs_no_more_than_its_status(desk: Desk) -> None:
    desk.write("Kom", f"{EVENT}Status: cancelled\n")
    assert ("CANCELLED", 1) == (str(one_entry(desk)["STATUS"]), one_entry(desk)["SEQUENCE"])
    assert () == tuple(post for post in plan(desk).posts if not post.cancelled)


def test_talks_are_an_entry_a_day_and_other_hours_are_the_same_entry(desk: Desk) -> None:
    desk.write("Kom", TALKS)
    before = {i.id for i in plan(desk).invitations}
    desk.write("Kom", TALKS.replace("15:30-17:30", "16:00-18:00"))
    assert before == {i.id for i in plan(desk).invitations}
    assert 2 == len(before)


def test_an_earlier_invitation_stays_in_the_calendar_until_it_is_over(desk: Desk) -> None:
    old = EVENT.replace("Date: 2026-11-17", "Date: 2026-11-10")
    desk.write("Kom", old, "groep-3/2026-11-10-avond")
    desk.write("Vandaag")
    posts, _ = desk.read()
    group = GROUPS["groep-3"]
    assert ["Naar het bos"] == [i.title for i in plan(desk).invitations]
    desk.write("Later", HEADER.replace("11-17", "11-30"), "groep-3/2026-11-30-later")
    posts, _ = desk.read()
    later = plan_edition(group, Week(2026, 49), posts, {}, STAFF, ZONE)
    assert () == later.invitations


def test_another_groups_invitation_is_not_theirs(desk: Desk) -> None:
    desk.write("Kom", EVENT.replace("juf-sanne", "els"), "groep-5/2026-11-17-avond")
    desk.write("Vandaag")
    assert () == plan(desk).invitations


def test_what_is_off_is_not_in_the_mail(desk: Desk) -> None:
    desk.write("Kom", f"{EVENT}Status: cancelled\n")
    assert b'"dates":[],' in segments(plan(desk))[0]


@pytest.mark.parametrize(
    ("lines", "column", "what"),
    [
        ("Changed: 2026-11-18 09:00\n", "Changed", "belongs to an invitation"),
        ("Status: cancelled\n", "Status", "belongs to an invitation"),
        (
            "Kind: event\nStart: 2026-11-24 19:30\nChanged: 2026-11-17 14:30\n",
            "Changed",
            "is not after Date",
        ),
        (
            "Kind: event\nStart: 2026-11-24 19:30\nChanged: gisteren\n",
            "Changed",
            "cannot be read",
        ),
    ],
)
def test_what_cannot_be_said_of_a_post(desk: Desk, lines: str, column: str, what: str) -> None:
    desk.write("Kom", HEADER + lines)
    assert [(column, what)] == [(one.column, one.what) for one in desk.read()[1]]


moments = st.datetimes(datetime(2026, 8, 1), datetime(2028, 6, 1)).map(
    lambda at: at.replace(second=0, microsecond=0, tzinfo=ZONE)
)
texts = st.text(min_size=1, max_size=90) | st.sampled_from(
    ["x\r\nEND:VEVENT\r\nBEGIN:VALARM", 'a;b,c:d\\n"', "BEGIN:VCALENDAR", "é" * 60, "\x00\x07"]
)


@given(moments, moments, texts, texts, texts)
def test_no_text_breaks_out_of_its_entry(
    start: datetime, stamp: datetime, title: str, location: str, bring: str
) -> None:
    one = Invitation(
        "id", "code", "nl", title, start, None, location, bring, stamp, 3, cancelled=False
    )
    text = file_of((one,))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n")), "RFC 5545, 3.1"
    assert "\n" not in text.replace("\r\n", "")
    calendar: Any = Calendar.from_ical(text)
    (entry,) = calendar.walk("VEVENT")
    assert start == entry["DTSTART"].dt
    assert [] == calendar.walk("VALARM")
    assert 1 == text.count("BEGIN:VEVENT\r\n")


def test_the_name_of_an_entry_tells_nothing(desk: Desk) -> None:
    desk.write("Kom", EVENT)
    assert BOS not in file_of(plan(desk).invitations)
    assert WEEK == plan(desk).week
