"""`lichtbrief keys`: makes the key ring and shows which school years it holds, never a key."""

import argparse
import os
import re

from lichtbrief.cli.common import PUBLISHING, add_common, answer, site_of
from lichtbrief.editions import Week
from lichtbrief.jobs.keys import ENVIRONMENT, make_keys
from lichtbrief.sealing import KeyRing, read_ring
from lichtbrief.settings import read_settings


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the two parts to the parser."""
    parts = parser.add_subparsers(dest="part", required=True, metavar="make|list")
    make = parts.add_parser("make", help="make this school year's secret if there is none")
    make.add_argument(
        "--year",
        type=_year,
        metavar="2026",
        help="the school year, by the year in which it begins (default: this one)",
    )
    add_common(make, PUBLISHING, week="")
    make.set_defaults(run=run_make)
    listing = parts.add_parser("list", help="the school years that the ring holds")
    add_common(listing, PUBLISHING, week="")
    listing.set_defaults(run=run_list)


def _year(text: str) -> int:
    if re.fullmatch(r"20[0-9]{2}", text) is None:
        raise argparse.ArgumentTypeError(f"“{text}” is no school year; write 2026 for 2026/2027")
    return int(text)


def run_make(options: argparse.Namespace) -> int:
    """Make the secret; running it twice changes nothing."""
    settings = read_settings(site_of(options))
    year = options.year or Week.of(settings.now().date()).school_year
    there = settings.key_ring.exists() and year in read_ring(settings.key_ring, None).years
    ring = make_keys(settings, year)
    done = "was there already; nothing was changed" if there else "has its secret now"
    words = [
        f"School year {year}/{year + 1} {done}.",
        *_years(ring),
        f"It is in {settings.key_ring}.",
    ]
    words.append(
        "Keep a copy where only the director can reach it: without it nothing can be read."
    )
    answer(options, {"years": sorted(ring.years), "made": not there}, "\n".join(words) + "\n")
    return 0


def run_list(options: argparse.Namespace) -> int:
    """Show the years."""
    settings = read_settings(site_of(options))
    ring = read_ring(settings.key_ring, os.environ.get(ENVIRONMENT))
    answer(options, {"years": sorted(ring.years)}, "\n".join(_years(ring)) + "\n")
    return 0


def _years(ring: KeyRing) -> list[str]:
    return [f"{year}/{year + 1}  one secret" for year in sorted(ring.years)]
