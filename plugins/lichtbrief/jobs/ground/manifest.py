"""The manifest: what one build made, and all that publishing may upload.

Plain JSON beside the sealed objects; group ids and weeks in it stay on this machine. Nothing in
it tells what an edition holds: names and fingerprints are keyed hashes.
"""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError
from lichtbrief.sealing import of_generation

FORMAT = "lichtbrief manifest 1"
NAME = "manifest.json"
EDITIONS = "editions"


@dataclass(frozen=True, slots=True)
class Entry:
    """One sealed edition in `output/<name>`: whose it is, and what its bytes must be.

    `generation` counts how often it was sealed anew because somebody's access was ended.
    Raises TypeError or ValueError for what no build of ours has made.
    """

    group: str
    week: str
    name: str
    size: int
    sha256: str
    fingerprint: str
    generation: int = 0

    def __post_init__(self) -> None:
        texts = (self.group, self.week, self.name, self.sha256, self.fingerprint)
        if not all(isinstance(text, str) for text in texts) or any(
            type(number) is not int for number in (self.size, self.generation)
        ):
            raise TypeError("not an entry")
        year = Week.parse(self.week).school_year
        if not re.fullmatch(rf"{EDITIONS}/{year}/[a-z2-7]{{26}}", self.name):
            raise ValueError("not a name of ours")

    @property
    def fields(self) -> tuple[str, ...]:
        """What the edition is sealed for (FORMAT.md, "Edition")."""
        return of_generation(self.generation, "edition", self.group, self.week)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The editions of one build for one week asked for, in order of group and week."""

    week: str
    preview: bool
    editions: tuple[Entry, ...]

    def edition(self, group: str, week: Week) -> Entry | None:
        """The edition of this group and week, if there is one."""
        found = (e for e in self.editions if (e.group, e.week) == (group, str(week)))
        return next(found, None)

    def to_json(self) -> str:
        """The file's text, the same for the same build."""
        value = {"format": FORMAT, **asdict(self)}
        return json.dumps(value, indent=1, sort_keys=True) + "\n"


def read_manifest(output: Path) -> Manifest:
    """Read the manifest of the last build in `output`.

    Raises `LichtbriefError` when there is none or it is not ours: then nothing is published.
    """
    hint = "run lichtbrief build first"
    try:
        value = json.loads((output / NAME).read_text(encoding="utf-8"))
        if value["format"] != FORMAT:
            raise LichtbriefError("the manifest is of another version", hint)
        entries = tuple(Entry(**entry) for entry in value["editions"])
        week = str(Week.parse(value["week"]))
        return Manifest(week, value["preview"] is not False, entries)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise LichtbriefError("there is no build to publish: no readable manifest", hint) from error
