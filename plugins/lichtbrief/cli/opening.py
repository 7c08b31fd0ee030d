"""`lichtbrief open`: opens one stored object with its key, to see what whoever has it can see."""

import argparse
import json
import sys
from pathlib import Path

from lichtbrief.cli.common import add_common, answer
from lichtbrief.errors import LichtbriefError
from lichtbrief.files import write_whole
from lichtbrief.jobs.office.audit import Opened, open_object


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument(
        "object", type=Path, metavar="OBJECT", help="the file, as it lies in the store"
    )
    parser.add_argument(
        "--key",
        required=True,
        help="of a letter the code behind the # of its link, of an edition the `key` that an"
        " opened letter gives for it; - reads it from standard input",
    )
    parser.add_argument(
        "--passphrase", default="", metavar="WORDS", help="the one that the letter asks for"
    )
    parser.add_argument(
        "--to", type=Path, metavar="DIR", help="write pages, photos and films there"
    )
    add_common(parser, "", week="")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Open, describe, and write the contents where asked."""
    key = sys.stdin.readline().strip() if options.key == "-" else options.key
    try:
        data = options.object.read_bytes()
    except OSError as error:
        raise LichtbriefError(f"{options.object} cannot be read", "check its name") from error
    opened = open_object(data, key, options.passphrase)
    for name, content in opened.files.items():
        if options.to:
            write_whole(options.to / name, content)
    value = {"kind": opened.kind, "files": sorted(opened.files), **opened.about}
    answer(options, value, _as_text(opened, options.to))
    return 0


def _as_text(opened: Opened, folder: Path | None) -> str:
    lines = [f"This is {'a letter' if opened.kind == 'letter' else 'an edition'}."]
    lines.append(json.dumps(opened.about, indent=1, ensure_ascii=False))
    sizes = (f"  {name}  {len(content):,} bytes" for name, content in sorted(opened.files.items()))
    lines += ["It holds:", *sizes]
    lines.append(f"Written to {folder}." if folder else "Add --to DIR to write them there.")
    return "\n".join(lines) + "\n"
