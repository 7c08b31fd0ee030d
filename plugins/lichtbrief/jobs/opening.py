"""Editions of a manifest, opened for the letters that carry their pages and keys."""

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.manifest import Entry
from lichtbrief.sealing import Header, KeyRing, SealedReader, Secret


@dataclass(frozen=True, slots=True)
class OpenEdition:
    """What a letter needs of an edition: its object key, where its photos begin, index and page."""

    entry: Entry
    key: Secret
    start: int
    index: Mapping[str, Any] = field(repr=False)
    page: str = field(repr=False)


def read_sealed(output: Path, entry: Entry) -> bytes:
    """The sealed object of a manifest's entry, its digest checked.

    Raises `LichtbriefError` when it is missing or not what the manifest says.
    """
    hint = "run lichtbrief build again"
    try:
        data = (output / entry.name).read_bytes()
    except OSError as error:
        raise LichtbriefError(f"the edition {entry.name} is missing", hint) from error
    if hashlib.sha256(data).hexdigest() != entry.sha256:
        raise LichtbriefError(f"the edition {entry.name} is not what the build made", hint)
    Header.parse(data)  # refuses whatever is not a sealed object
    return data


def open_edition(output: Path, entry: Entry, ring: KeyRing) -> OpenEdition:
    """Open one edition with the key ring; raises `LichtbriefError` when it cannot be."""
    data = read_sealed(output, entry)
    secret = ring.year(Week.parse(entry.week).school_year)
    reader = SealedReader.unlock(data, secret, ("edition", entry.group, entry.week))
    index = json.loads(reader.first())
    page = gzip.decompress(reader.segment(1, index["sizes"])).decode()
    return OpenEdition(entry, reader.key, Header.parse(data).start, index, page)
