"""`lichtbrief keys`: makes the key ring and shows which school years it holds, never a key.

`keys own` makes a key of one member of staff alone.
"""

import argparse
import os
import re

from lichtbrief.cli.common import LOOKING, PUBLISHING, add_common, add_parts, answer, site_of
from lichtbrief.cli.insisting import add_insisting, insists
from lichtbrief.cli.own_key import add_key, run_own
from lichtbrief.cli.tables import plural
from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.keys import ENVIRONMENT, any_ring, make_keys
from lichtbrief.jobs.ground.surroundings import open_surroundings
from lichtbrief.jobs.office.retiring import retire
from lichtbrief.sealing import KeyRing, read_ring
from lichtbrief.settings import read_settings


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the four parts to the parser."""
    abouts = {
        "make": "make this school year's secret if there is none",
        "list": "show the school years that the ring holds",
        "retire": "destroy a school year for good",
        "own": "make a key of your own, which opens what is for you alone",
    }
    make, listing, retiring, own = add_parts(parser, abouts)
    make.add_argument(
        "--year",
        type=_year,
        metavar="2026",
        help="the school year, by the year in which it begins (default: this one)",
    )
    add_common(make, PUBLISHING, week="")
    make.set_defaults(run=run_make)
    retiring.add_argument("year", type=_year, metavar="YEAR", help="2026 for 2026/2027")
    retiring.add_argument(
        "--yes", action="store_true", help="needed: it cannot be undone, copies of the ring aside"
    )
    add_insisting(retiring, deleting=False)
    add_common(retiring, PUBLISHING, week="")
    retiring.set_defaults(run=run_retire)
    add_common(listing, PUBLISHING, week="")
    listing.set_defaults(run=run_list)
    own.add_argument("owner", metavar="ID", help="your own id, as in staff.csv")
    add_key(own)
    add_common(own, LOOKING, week="")
    own.set_defaults(run=run_own)


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


def run_retire(options: argparse.Namespace) -> int:
    """Destroy a school year: its objects in the store, then its secret."""
    settings = read_settings(site_of(options))
    year = options.year
    if not options.yes:
        raise LichtbriefError(
            f"nobody will be able to read anything of school year {year}/{year + 1} any more",
            "if that is meant, run it again with --yes",
        )
    with open_surroundings(settings, insists=insists(options)) as surroundings:
        retired = retire(settings, surroundings, year)
    left = "".join(f"{line}\n" for line in _years(any_ring(settings)))
    words = f"School year {year}/{year + 1} is destroyed: {plural(retired.objects, 'object')}"
    more = "with all versions, and the secret. Destroy the copies of the key ring as well.\n"
    value = {"retired": year, "objects": retired.objects, "years": list(retired.left)}
    answer(options, value, f"{words} {more}{left}")
    return 0


def run_list(options: argparse.Namespace) -> int:
    """Show the years."""
    settings = read_settings(site_of(options))
    ring = read_ring(settings.key_ring, os.environ.get(ENVIRONMENT))
    answer(options, {"years": sorted(ring.years)}, "\n".join(_years(ring)) + "\n")
    return 0


def _years(ring: KeyRing) -> list[str]:
    return [f"{year}/{year + 1}  one secret" for year in sorted(ring.years)]
