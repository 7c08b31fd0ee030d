"""`lichtbrief revoke`: end a guardian's access now, or every link there is."""

import argparse

from lichtbrief.cli.common import answer
from lichtbrief.cli.relink import tell_relinked
from lichtbrief.cli.renewing import add_renewing, opened_week, tell, unless_carried_out
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.turn import Turn
from lichtbrief.jobs.runs.renewing import renew
from lichtbrief.jobs.runs.revoking import delete_letters, restore, revoke
from lichtbrief.jobs.runs.revoking_all import Deactivate, revoke_all
from lichtbrief.jobs.runs.weekly import Week

ENDED = "{0} gets nothing any more, and no link of theirs opens."
AGAIN = "{0} had been revoked already; no link of theirs opens."
GIVEN = "{0} gets letters again from the next one on; lichtbrief relink {0} sends a link now."
CARD = " The old card opens none of them: lichtbrief card {0} prints another."
DEACTIVATE = """Every link is signed by the key {0}. Deactivating it ends all of them at once:

1. Make a second key that may only read objects (lichtbrief storage policy prints what it may).
2. Let this job sign with it: set {1}.
3. Deactivate {0} {2}. From then on no link opens.
4. Run this again within {3}: it tries a link of the old key, and mails everybody a new one.

Nothing has been changed yet. If the key of before is deactivated already and {0} is the
new one, do none of this: lichtbrief relink --all mails everybody a new link.
"""
BY_S3 = "LICHTBRIEF_SIGNER_ACCESS_KEY_ID and LICHTBRIEF_SIGNER_SECRET_ACCESS_KEY"
BY_CLOUDFRONT = "LICHTBRIEF_CLOUDFRONT_KEY_PAIR and the private key that belongs to it"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("guardian", nargs="?", metavar="GUARDIAN", help="the guardian's id")
    whose.add_argument(
        "--everything", action="store_true", help="end all links; says how, then mails new ones"
    )
    parser.add_argument("--by", required=True, metavar="ID", help="who of the staff does this")
    parser.add_argument("--undo", action="store_true", help="let the guardian have letters again")
    add_renewing(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write down whose access has ended, and carry it out."""
    if options.everything and options.undo:
        raise LichtbriefError("links that were all ended cannot be given back", "leave out --undo")
    with opened_week(options) as (week, turn):
        if options.everything:
            return _everything(options, week, turn)
        guardian = options.guardian
        if options.undo:
            changed = restore(week, guardian, options.by)
            given = GIVEN + (CARD if week.settings.passphrase else "")
            said = given.format(guardian) if changed else f"Nobody had ended {guardian}'s access."
            answer(options, {"said": said}, f"{said}\n")
            return 0
        is_new = revoke(week, guardian, options.by)
        with unless_carried_out(f"Written down: {guardian} gets nothing any more."):
            delete_letters(week, guardian)
            renewed = renew(week, turn)
    said = (ENDED if is_new else AGAIN).format(guardian)
    return tell(options, said, renewed, "All other links show what they showed.")


def _everything(options: argparse.Namespace, week: Week, turn: Turn) -> int:
    """Say which key is to be deactivated (1: not done yet), or mail everybody a new link."""
    done = revoke_all(week, turn, options.by)
    if not isinstance(done, Deactivate):
        return tell_relinked(options, done)
    by_cloudfront = week.settings.cloudfront is not None
    where = "by taking it out of the key group" if by_cloudfront else "at the store's host"
    names, days = BY_CLOUDFRONT if by_cloudfront else BY_S3, week.settings.link_days
    text = DEACTIVATE.format(done.key_id, names, where, f"{days:g} days")
    answer(options, {"deactivate": done.key_id}, text)
    return 1
