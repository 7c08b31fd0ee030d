"""Which weeks a run looks at, and for how long their editions are kept."""

from datetime import date, datetime, timedelta
from math import ceil

from lichtbrief.consent.standing import Standing
from lichtbrief.editions import Post, Week
from lichtbrief.roster import first_day_of
from lichtbrief.settings import Settings


def linked(settings: Settings) -> timedelta:
    """Longer than any link works, from the Monday of its week on."""
    return timedelta(days=7 + max(7, ceil(settings.link_days)))


def newest(settings: Settings, posts: tuple[Post, ...], moment: datetime) -> Week:
    """Publishing means this week; looking means the newest so far that there is something of."""
    now = Week.of(moment.date())
    weeks = sorted({post.week for post in posts}) if settings.preview else []
    past = [week for week in weeks if week <= now]
    return past[-1] if past else weeks[0] if weeks else now


def last_week(settings: Settings, week: Week, posts: tuple[Post, ...], moment: datetime) -> Week:
    """The last week whose editions are made."""
    # An older week that is run again must not take away what lies there of this one.
    last = max(week, Week.of(moment.date()))
    # Whoever writes for a later week looks at it now.
    return max((last, *(post.week for post in posts))) if settings.preview else last


def first_day(settings: Settings, last: Week | None, moment: datetime) -> date:
    """The first day whose posts matter: an archive's authors and groups may be long gone."""
    if settings.preview and settings.week is None:
        return date.min
    week = last or settings.week or Week.of(moment.date())
    year = first_day_of(week.school_year)
    return min(
        week.monday - linked(settings),
        year if settings.retain is None else week.monday - settings.retain,
    )


def looked_at(
    settings: Settings,
    posts: tuple[Post, ...],
    standing: Standing,
    moment: datetime,
    week: Week,
    last: Week | None,
) -> tuple[Post, ...]:
    """The posts that a run for this week looks at, or one up to the `last` week.

    A post of a day to come only if its whole week is asked for, or if it went out already.
    """
    until = last or last_week(settings, week, posts, moment)
    whole = None if last else until if settings.preview else week

    def is_due(post: Post) -> bool:
        asked_for = whole is not None and post.week <= whole
        return asked_for or post.on <= moment.date() or post.id in standing.ahead

    kept = (post for post in posts if is_kept(post.week, week, settings, standing))
    return tuple(post for post in kept if post.week <= until and is_due(post))


def is_kept(posted: Week, week: Week, settings: Settings, standing: Standing) -> bool:
    """Whether editions of a week are kept, and those that links still open: they always are."""
    if posted.school_year in standing.retired:
        return False
    if posted.monday >= week.monday - linked(settings):
        return True
    if settings.retain is None:
        return posted.school_year == week.school_year
    return posted.monday >= week.monday - settings.retain
