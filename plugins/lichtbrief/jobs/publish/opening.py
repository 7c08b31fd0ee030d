"""Editions of a manifest, opened for the letters that carry their pages and keys."""

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.manifest import Entry
from lichtbrief.roster import Group
from lichtbrief.sealing import Header, KeyRing, SealedReader, Secret, unlock

HEAD = 104  # bytes of a sealed object's header (FORMAT.md)


@dataclass(frozen=True, slots=True)
class OpenEdition:
    """What a letter needs of an edition: its object key, where its photos begin, index and page."""

    entry: Entry
    key: Secret
    start: int
    index: Mapping[str, Any] = field(repr=False)
    page: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OlderHead:
    """What a letter needs of an edition of an earlier week: where it is and how it opens."""

    entry: Entry
    group_name: str
    key: Secret
    start: int

    @property
    def week(self) -> Week:
        """The week that it is of."""
        return Week.parse(self.entry.week)


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
    reader = SealedReader.unlock(data, secret, entry.fields)
    index = json.loads(reader.first())
    page = gzip.decompress(reader.segment(1, index["sizes"])).decode()
    return OpenEdition(entry, reader.key, Header.parse(data).start, index, page)


def open_head(output: Path, entry: Entry, ring: KeyRing, group_name: str) -> OlderHead:
    """The key and the first length of an edition, from its header alone.

    A school year has some hundred of them: reading each whole would take longer than all the rest.
    Raises `LichtbriefError` when it cannot be read or is another edition.
    """
    try:
        with (output / entry.name).open("rb") as file:
            header = Header.parse(file.read(HEAD))
    except OSError as error:
        hint = "run lichtbrief build again"
        raise LichtbriefError(f"the edition {entry.name} is missing", hint) from error
    secret = ring.year(Week.parse(entry.week).school_year)
    key = unlock(header, secret, entry.fields)
    return OlderHead(entry, group_name, key, header.start)


def open_editions(output: Path, entries: Iterable[Entry], ring: KeyRing) -> dict[str, OpenEdition]:
    """Each of the editions once, opened, by its name; raises as `open_edition` does."""
    named = {entry.name: entry for entry in entries}
    return {name: open_edition(output, entry, ring) for name, entry in named.items()}


def open_heads(
    output: Path, entries: Iterable[Entry], ring: KeyRing, groups: Mapping[str, Group]
) -> dict[str, OlderHead]:
    """The head of each of the editions once, by its name; raises as `open_head` does."""
    named = {entry.name: entry for entry in entries}
    return {
        name: open_head(output, entry, ring, groups[entry.group].name)
        for name, entry in named.items()
    }
