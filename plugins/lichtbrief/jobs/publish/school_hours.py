"""When a mail of the day may go: on school days, outside the quiet hours, by the school's clock."""

from datetime import date, datetime, timedelta

from lichtbrief.editions import Week
from lichtbrief.settings import Settings

A_DAY = timedelta(days=1)
SATURDAY = 6
LONGEST_HOLIDAYS = 92  # days; whatever is longer is a mistake in the settings, or a strike


def is_school_day(settings: Settings, day: date) -> bool:
    """Monday to Friday, and not in the holidays."""
    free = any(first <= day <= last for first, last in settings.holidays)
    return day.isoweekday() < SATURDAY and not free


def is_quiet(settings: Settings, moment: datetime) -> bool:
    """Whether this moment, by the school's clock, lies in the quiet hours."""
    start, end = settings.quiet
    time = moment.time()
    return start <= time < end if start < end else not end <= time < start


def why_not_now(settings: Settings, moment: datetime) -> str:
    """Why no mail goes at this moment, by the school's clock; empty when mails may go."""
    if not is_school_day(settings, moment.date()):
        return "no school today"
    if is_quiet(settings, moment):
        start, end = settings.quiet
        return f"quiet from {start:%H:%M} to {end:%H:%M}"
    return ""


def seconds_left(settings: Settings, moment: datetime) -> float:
    """How long mails may go from this moment on: until the quiet hours begin, or the day ends."""
    start, _ = settings.quiet
    tomorrow = datetime.combine(moment.date() + A_DAY, datetime.min.time())
    quiet = datetime.combine(moment.date(), start)
    end = quiet if quiet > moment else tomorrow
    aware, until = moment.replace(tzinfo=settings.zone), end.replace(tzinfo=settings.zone)
    return until.timestamp() - aware.timestamp()


def weeks_with_news(settings: Settings, today: date) -> tuple[Week, ...]:
    """The weeks in which there may be something that no mail has told yet, oldest first.

    The present one, and those from that of the last school day before it on: what was written
    after the last mail then, or in the holidays, is news on the first school day. All of them are
    of one school year: each year has keys of its own.
    """
    now = Week.of(today)
    day = now.monday - A_DAY
    while not is_school_day(settings, day) and (now.monday - day).days < LONGEST_HOLIDAYS:
        day -= A_DAY
    days = (now.monday - timedelta(weeks=n) for n in range((now.monday - day).days // 7 + 2))
    weeks = {Week.of(one) for one in days if one >= Week.of(day).monday}
    return tuple(sorted(week for week in weeks if week.school_year == now.school_year))
