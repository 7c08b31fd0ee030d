"""`lichtbrief status`: how far a week's mails are, while a job is at work or after it."""

import argparse
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from lichtbrief.cli.common import PUBLISHING, add_common, answer, site_of
from lichtbrief.cli.mails import print_unsent, state_rows
from lichtbrief.cli.tables import Row, plural, summary
from lichtbrief.delivery import Day, WeekSent
from lichtbrief.editions import Week
from lichtbrief.jobs.ground.surroundings import utc_now
from lichtbrief.jobs.mail.status import OfDay, Status, status
from lichtbrief.settings import read_settings
from lichtbrief.storage import open_store


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    add_common(parser, PUBLISHING)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Say how many mails are in which state; 1 when somebody has no mail who should."""
    settings = read_settings(site_of(options))
    # The store on this machine runs only while a job does, and knows no more than the ledger.
    local = settings.store == "local"
    store = None if local else open_store(settings.store, settings.endpoint, settings.region)
    found = status(settings, store, settings.week or Week.of(settings.now().date()))
    answer(options, as_json(found), as_text(found, settings.zone))
    return print_unsent(WeekSent(found.counts), found.frozen, found.unsent, found.earlier)


def as_json(found: Status) -> Mapping[str, object]:
    """All of it, for a program."""
    snapshot, work = found.snapshot, found.work
    return {
        "week": str(found.week),
        "source": "store" if found.is_stores else "machine",
        "frozen": found.frozen,
        "states": {str(state): count for state, count in found.counts.items()},
        "days": {
            str(one.day): {
                "frozen": one.frozen,
                "states": {str(state): count for state, count in one.counts.items() if count},
            }
            for one in found.days
        },
        "unsent": [
            {"guardian": one.guardian, "state": str(one.state), "words": one.words}
            for one in found.unsent
        ],
        "earlier": {str(week): count for week, count in found.earlier.items()},
        "snapshot": snapshot
        and {"number": snapshot.number, "made_at": snapshot.made_at.isoformat()},
        "at_work": work and {"here": found.is_here, "since_s": work.began, "left_s": work.left},
    }


def as_text(found: Status, zone: ZoneInfo) -> str:
    """The same for a person."""
    where = "the store's copy of the ledger" if found.is_stores else "the ledger on this machine"
    days = [(f"News of {_date(one.day):%A %d %B}", one.frozen, _states(one)) for one in found.days]
    rows = [*state_rows(found.counts, found.frozen), *days, *_around(found, zone)]
    return summary(f"Mails of {found.week}, by {where}", rows)


def _date(day: Day) -> date:
    return date.fromisocalendar(day.year, day.number, day.day)


def _states(one: OfDay) -> str:
    return ", ".join(f"{count} {state}" for state, count in one.counts.items() if count)


def _around(found: Status, zone: ZoneInfo) -> Iterator[Row]:
    """The last snapshot, and a job that is at work."""
    if found.snapshot is not None:
        at = found.snapshot.made_at
        moment = f"{at.astimezone(zone):%Y-%m-%d %H:%M}, {_ago(at)} ago"
        yield "Last snapshot", found.snapshot.number, moment
    else:
        yield "Last snapshot", "none", "the first job makes it"
    if found.work is not None:
        where = "on this machine" if found.is_here else "on another machine"
        time = plural(max(1, round(found.work.began / 60)), "minute")
        yield "A job is at work", "", f"{where}, for {time}"


def _ago(moment: datetime) -> str:
    minutes = max(0, int((utc_now() - moment).total_seconds() // 60))
    if minutes < 120:
        return plural(minutes, "minute")
    return plural(minutes // 60, "hour") if minutes < 2880 else plural(minutes // 1440, "day")
