"""Telling the office by mail that a run failed, without a word about any person."""

import secrets
from contextlib import closing

from lichtbrief.delivery import Sent, write_notice
from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError, PausedError
from lichtbrief.jobs.ground.surroundings import open_sender, open_transport, utc_now
from lichtbrief.settings import Settings

PARTLY = LichtbriefError(
    "not everything went out: a post is kept back, or somebody's mail was not taken",
    "the job's output says which; mend it and run it again, which is always safe",
)
STOPPED = LichtbriefError(
    "it was stopped before its end",
    "run it again: it goes on where it was",
)
TIMER = "Where a timer runs it again (docs/deploy), there is nothing to do."
WHICH = "Which posts or guardians it is about stands in the job's own output, not in this mail."


def reason_of(error: BaseException) -> LichtbriefError:
    """What may be mailed of an error: our own words, or nothing but its kind."""
    if isinstance(error, KeyboardInterrupt):
        return STOPPED
    if isinstance(error, PausedError):
        return error
    if isinstance(error, LichtbriefError):
        # Only these two: the lines of a `ProblemsError` may name a pupil's id.
        return LichtbriefError(error.message, error.hint)
    what = f"something went wrong that should not ({type(error).__name__})"
    return LichtbriefError(what, "the job's output says more; run it again with --debug to see all")


def tell_office(settings: Settings, command: str, reason: LichtbriefError) -> None:
    """Mail the reason to the office, if the settings name one: a failure, or that mails must wait.

    Raises `LichtbriefError` when the mail cannot be written or is not taken.
    """
    if settings.office is None:
        return
    now = utc_now()
    week = settings.week or Week.of(settings.now().date())
    letter = f"The newsletter of week {week.number}"
    what = f"What: {reason.message}."
    todo = f"What to do: {reason.hint or 'look at what the job wrote'}."
    if isinstance(reason, PausedError):
        subject = f"{letter}: some mails must wait"
        lines = (f"Nothing is wrong: part of week {week} went out.", what, todo, TIMER)
    else:
        subject = f"{letter} needs somebody"
        lines = (f"lichtbrief {command} failed in week {week}.", what, todo, WHICH)
    identity = f"{week}.alarm.{secrets.token_hex(8)}"
    mail = write_notice(open_sender(settings), settings.office, subject, lines, now, identity)
    with closing(open_transport(settings)) as transport:
        outcome = transport.send(mail, lambda: None)
    if not isinstance(outcome, Sent):
        raise LichtbriefError(outcome.words, "see LICHTBRIEF_MAIL and LICHTBRIEF_OFFICE")
