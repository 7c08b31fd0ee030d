"""`lichtbrief keys`: makes the key ring and shows which school years it holds, never a key."""

import argparse
import os

from lichtbrief.cli.common import PUBLISHING, add_common, answer, site_of
from lichtbrief.editions import Week
from lichtbrief.jobs.keys import ENVIRONMENT, make_keys
from lichtbrief.sealing import KeyRing, read_ring
from lichtbrief.settings import Settings, read_settings


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its two parts to the parser."""
    parser = commands.add_parser("keys", help="make the key ring, or show its years")
    parts = parser.add_subparsers(dest="part", required=True, metavar="make|list")
    make = parts.add_parser("make", help="make this school year's secret if there is none")
    make.add_argument("--year", type=int, help="the year in which the school year begins")
    add_common(make, PUBLISHING, week=False)
    make.set_defaults(run=run_make)
    listing = parts.add_parser("list", help="the school years that the ring holds")
    add_common(listing, PUBLISHING, week=False)
    listing.set_defaults(run=run_list)


def run_make(options: argparse.Namespace) -> int:
    """Make the secret; running it twice changes nothing."""
    settings = read_settings(site_of(options))
    year = options.year or Week.of(settings.now().date()).school_year
    ring = make_keys(settings, year)
    _show(options, settings, ring)
    return 0


def run_list(options: argparse.Namespace) -> int:
    """Show the years."""
    settings = read_settings(site_of(options))
    _show(options, settings, read_ring(settings.key_ring, os.environ.get(ENVIRONMENT)))
    return 0


def _show(options: argparse.Namespace, settings: Settings, ring: KeyRing) -> None:
    years = sorted(ring.years)
    lines = [f"{year}/{year + 1}  one secret" for year in years]
    lines.append("Keep a copy of the key ring where only the director can reach it.")
    answer(options, {"years": years}, "\n".join(lines) + "\n")
