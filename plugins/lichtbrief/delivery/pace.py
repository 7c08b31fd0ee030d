"""How many mails may leave in a second, a minute and a day, and how long a run takes then.

Providers count over sliding windows, so do we; moments are seconds since 1970 (UTC), because they
must hold across restarts.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable
from math import ceil

from lichtbrief.limits import Limits

DAY = 86_400.0


class Pace:
    """When the next mail may start, given when earlier ones did (of the last day, in any order)."""

    def __init__(self, limits: Limits, started: Iterable[float] = ()) -> None:
        self._limits = limits
        self._started = sorted(started)

    def start(self, now: float) -> None:
        """A mail starts now."""
        insort(self._started, now)

    def wait(self, now: float) -> float:
        """Seconds until a further mail may start; 0 for now. The day's limit is not waited for."""
        return max(
            (self._wait(count, length, now) for count, length in self._limits.windows), default=0.0
        )

    def left_today(self, now: float) -> int | None:
        """How many may still start in these 24 hours; None without a limit."""
        if self._limits.day is None:
            return None
        used = len(self._started) - bisect_right(self._started, now - DAY)
        return max(0, self._limits.day - used)

    def day_opens(self, now: float) -> float:
        """Seconds until the day's limit lets a further mail go."""
        return self._wait(self._limits.day, DAY, now) if self._limits.day else 0.0

    def _wait(self, count: int, length: float, now: float) -> float:
        if len(self._started) < count:
            return 0.0
        # A clock that was set back must not make anybody wait for longer than a window.
        return min(length, max(0.0, self._started[-count] + length - now))


def in_words(limits: Limits, mails: int, left_today: int | None) -> str:
    """What the limits mean for a run of so many mails; empty when they mean nothing.

    >>> in_words(Limits(minute=30), 2000, None)
    '30 a minute: 2,000 mails take 67 minutes'
    """
    going = mails if left_today is None else min(mails, left_today)
    rates = [
        f"{count:,} a {name}"
        for name, count in (
            ("second", limits.second),
            ("minute", limits.minute),
            ("day", limits.day),
        )
        if count is not None
    ]
    if not rates or not mails:
        return ""
    verb = "takes" if going == 1 else "take"
    what = f"{verb} {_duration(limits.seconds_for(going))}" if limits.windows else "may go now"
    said = f"{', '.join(rates)}: {going:,} {'mail' if going == 1 else 'mails'} {what}"
    return said if going == mails else f"{said}; {mails - going:,} must wait for another day"


def _duration(seconds: float) -> str:
    steps = ((3600 * 2, 3600, "hours"), (120, 60, "minutes"))
    for least, unit, name in steps:
        if seconds >= least:
            return f"{round(seconds / unit)} {name}"
    return f"{max(1, ceil(seconds))} s"
