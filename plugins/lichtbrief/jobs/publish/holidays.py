"""Holidays: whether this week's links end before there are others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lichtbrief.jobs.publish.granting import LetterTask
from lichtbrief.settings import Settings

A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which nobody has a link: from `until` to the `following` edition."""

    until: datetime
    following: date


def gap_after(settings: Settings, letters: Iterable[LetterTask], today: date) -> Gap | None:
    """The gap between these letters' links and the edition after the holidays; None without one.

    Editions are weekly, on the weekday of today, and not in the holidays of the settings.
    """
    ends = [task.until.astimezone(settings.zone) for task in letters]
    following = today + A_WEEK
    while any(first <= following <= last for first, last in settings.holidays):
        following += A_WEEK
    # Links of seven days end with the next edition, a minute earlier or later.
    if not ends or following == today + A_WEEK or max(ends).date() >= following:
        return None
    return Gap(max(ends), following)
