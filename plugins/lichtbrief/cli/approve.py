"""`lichtbrief approve`: the second pair of eyes has read a post, and lets it go out."""

import argparse
from pathlib import Path

from lichtbrief.cli.common import LOOKING, add_common, answer, site_of
from lichtbrief.jobs.decide.deciding import read_and_decide
from lichtbrief.jobs.look.approving import approve
from lichtbrief.settings import read_settings
from lichtbrief.site import post_reader


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument(
        "post", type=Path, metavar="POST", help="its folder, as in groep-3/2026-11-17-bos"
    )
    parser.add_argument(
        "--by", required=True, metavar="ID", help="who has read it, of the management or office"
    )
    add_common(parser, LOOKING, week="")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the approval into the post."""
    site = site_of(options)
    decided = read_and_decide(read_settings(site), post_reader(site))
    post = approve(decided, options.post, options.by)
    text = (
        f"{post.id} is approved by {options.by}, as it is now.\n"
        "It goes out with the next run. Whoever changes it, or a photo of it, has it wait again.\n"
    )
    answer(options, {"post": post.id, "approved_by": options.by}, text)
    return 0
