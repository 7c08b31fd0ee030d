"""`lichtbrief preview`: read the newest week in a browser, sealed as parents will get it."""

import argparse
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from lichtbrief.cli.build import build_json, build_text
from lichtbrief.cli.common import LOOKING, add_common, answer, progress_bar, site_of
from lichtbrief.cli.errors import print_error, print_held
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.build.running import run_preview
from lichtbrief.jobs.ground.keys import ring_of
from lichtbrief.jobs.publish.preview import preview_link
from lichtbrief.settings import read_settings


class _Quiet(SimpleHTTPRequestHandler):
    """Serves the preview without a line per request."""

    def log_message(self, format: str, *_: object) -> None:  # noqa: A002 -- the name of the one overridden
        """Say nothing."""


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument(
        "--port", type=_port, default=0, help="port to serve on (default: a free one)"
    )
    add_common(parser, LOOKING, week="the week (default: the newest with a post)")
    parser.set_defaults(run=run)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"“{text}” is no port; write a number up to 65535")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Build the preview, print its link and serve it to this machine until Ctrl-C."""
    site = site_of(options)
    settings = read_settings(site)
    if not settings.preview:
        hint = "use the settings for looking: --settings pelicanconf.py"
        raise LichtbriefError("these are settings for publishing", hint)
    with progress_bar(options):
        result, reported = run_preview(site)
    if reported is not None:
        print_error(reported)
    print_held(result.decided.kept_back)
    week = result.decided.week
    link = preview_link(ring_of(settings, week.school_year), week)
    handler = partial(_Quiet, directory=str(settings.output))
    with ThreadingHTTPServer(("127.0.0.1", options.port), handler) as server:
        address = f"http://127.0.0.1:{server.server_port}/{link}"
        words = f"{build_text(result)}\nOpen {address}\nCtrl-C ends.\n"
        try:
            answer(options, {**build_json(result), "link": address}, words)
            sys.stdout.flush()
            server.serve_forever()
        except KeyboardInterrupt:
            return 0  # this is how it is meant to end
    return 0
