"""`lichtbrief find CODE`: which post a parent means who wrote of a doubt."""

import argparse

from lichtbrief.cli.common import LOOKING, add_common, answer, site_of
from lichtbrief.editions import POST, code_of_post
from lichtbrief.errors import LichtbriefError
from lichtbrief.settings import Settings, read_settings


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument("code", metavar="CODE", help="the eight signs in the parent's mail")
    add_common(parser, LOOKING, week="")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the post's file; an error when there is no such post (any more)."""
    settings = read_settings(site_of(options))
    post = find(settings, options.code.strip().lower())
    answer(options, {"code": options.code, "post": post}, f"content/groups/{post}/{POST}\n")
    return 0


def find(settings: Settings, code: str) -> str:
    """The id of the post with this code; raises `LichtbriefError` when there is none."""
    for path in sorted(settings.groups_folder.glob(f"*/*/{POST}")):
        post_id = f"{path.parent.parent.name}/{path.parent.name}"
        if code_of_post(post_id) == code:
            return post_id
    hint = "compare it with the mail; a post that was renamed or removed has another or none"
    raise LichtbriefError(f"there is no post with the code {code!r:.40}", hint)
