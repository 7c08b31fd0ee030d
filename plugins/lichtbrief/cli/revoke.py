"""`lichtbrief revoke`: end a guardian's access now, until it is given back on purpose."""

import argparse

from lichtbrief.cli.common import answer
from lichtbrief.cli.renewing import add_renewing, opened_week, tell, unless_carried_out
from lichtbrief.jobs.renewing import renew
from lichtbrief.jobs.revoking import delete_letters, restore, revoke

ENDED = "{0} gets nothing any more, and no link of theirs opens."
AGAIN = "{0} had been revoked already; no link of theirs opens."
GIVEN = "{0} gets letters again from the next one on; lichtbrief relink {0} sends a link now."


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument("guardian", metavar="GUARDIAN", help="the guardian's id")
    parser.add_argument("--by", required=True, metavar="ID", help="who of the staff does this")
    parser.add_argument("--undo", action="store_true", help="let them have letters again")
    add_renewing(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write down whose access has ended, and carry it out."""
    guardian = options.guardian
    with opened_week(options) as (week, turn):
        if options.undo:
            changed = restore(week, guardian, options.by)
            said = GIVEN.format(guardian) if changed else f"Nobody had ended {guardian}'s access."
            answer(options, {"said": said}, f"{said}\n")
            return 0
        is_new = revoke(week, guardian, options.by)
        with unless_carried_out(f"Written down: {guardian} gets nothing any more."):
            delete_letters(week, guardian)
            renewed = renew(week, turn)
    return tell(options, (ENDED if is_new else AGAIN).format(guardian), renewed)
