"""`lichtbrief preview`: read the newest week in a browser, sealed as parents will get it."""

import argparse
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from lichtbrief.cli.build import build_table
from lichtbrief.cli.common import LOOKING, add_common, progress_bar, site_of, table_text
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.keys import ring_of
from lichtbrief.jobs.preview import preview_link
from lichtbrief.jobs.running import run_build


class _Quiet(SimpleHTTPRequestHandler):
    """Serves the preview without a line per request."""

    def log_message(self, format: str, *_: object) -> None:  # noqa: A002 -- the name of the one overridden
        """Say nothing."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("preview", help="read a week in your browser as parents will")
    add_common(parser, LOOKING)
    parser.add_argument(
        "--port", type=int, default=0, help="port to serve on (default: a free one)"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Build the preview, print its link and serve it to this machine until Ctrl-C."""
    site = site_of(options)
    with progress_bar(options):
        result = run_build(site)
    settings = result.decided.settings
    if not settings.preview:
        hint = "use the settings for looking: --settings pelicanconf.py"
        raise LichtbriefError("these are settings for publishing", hint)
    link = preview_link(ring_of(settings, result.decided.week.school_year), result.decided.week)
    sys.stdout.write(table_text(build_table(result)))
    _serve(settings.output, options.port, link)
    return 0


def _serve(output: Path, port: int, link: str) -> None:
    handler = partial(_Quiet, directory=str(output))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        sys.stdout.write(f"\nOpen http://127.0.0.1:{server.server_port}/{link}\nCtrl-C ends.\n")
        sys.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            sys.stdout.write("\n")
