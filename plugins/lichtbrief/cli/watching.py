"""A command that nobody watches: when it fails, it mails the office, and says so if it cannot."""

import argparse
import sys
from collections.abc import Callable

from lichtbrief.cli.common import site_of
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.mail.alarm import PARTLY, reason_of, tell_office
from lichtbrief.settings import read_settings

Run = Callable[[argparse.Namespace], int]


def watched(run: Run) -> Run:
    """The command that tells the office of its failure, unless a person sees it on a terminal."""

    def watching(options: argparse.Namespace) -> int:
        if options.dry_run or sys.stderr.isatty():
            return run(options)
        try:
            status = run(options)
        except (Exception, KeyboardInterrupt) as error:
            _tell(options, reason_of(error))
            raise
        if status:
            _tell(options, PARTLY)
        return status

    return watching


def _tell(options: argparse.Namespace, reason: LichtbriefError) -> None:
    try:
        settings = read_settings(site_of(options))
    except Exception:
        return  # the run has said what is wrong with them, and they name nobody to tell
    try:
        tell_office(settings, options.command, reason)
    except Exception as error:
        # Whatever goes wrong here must not hide what went wrong before.
        words = error.message if isinstance(error, LichtbriefError) else type(error).__name__
        sys.stderr.write(f"error: the office could not be told by mail: {words}\n")
