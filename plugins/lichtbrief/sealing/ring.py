"""The key ring: one secret of 32 bytes per school year, from which everything else is derived.

Losing a year's secret makes its editions unreadable, so nothing here drops one but `drop_year`,
which says so. FORMAT.md, "Key ring".
"""

import base64
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from lichtbrief.errors import LichtbriefError
from lichtbrief.files import write_whole
from lichtbrief.sealing.private_file import locked, read_private
from lichtbrief.sealing.secret import Secret

FORMAT = "lichtbrief key ring 1"
SECRET_BYTES = 32
YEAR = re.compile(r"20[0-9]{2}")
MAKE = "make one with: lichtbrief keys make"
RESTORE = "put back a copy of the key ring; a new one cannot open what was sealed before"


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The secrets by school year (the calendar year in which it began, 2000 to 2099).

    Raises ValueError for another year, or a secret that has not 32 bytes.
    """

    years: Mapping[int, Secret]

    def __post_init__(self) -> None:
        if not all(YEAR.fullmatch(str(year)) for year in self.years):
            raise ValueError("a key ring holds the school years 2000 to 2099")
        if any(len(secret) != SECRET_BYTES for secret in self.years.values()):
            raise ValueError(f"a year's secret has {SECRET_BYTES} bytes")
        object.__setattr__(self, "years", MappingProxyType(dict(sorted(self.years.items()))))

    def year(self, year: int) -> Secret:
        """The secret of the school year that began in `year`; LichtbriefError when missing."""
        if year not in self.years:
            raise LichtbriefError(f"the key ring has no secret for school year {year}", MAKE)
        return self.years[year]


def make_ring(year: int, random: Callable[[int], bytes]) -> KeyRing:
    """A new ring with a secret for one school year; `random(n)` gives n unguessable bytes."""
    return add_year(KeyRing({}), year, random)


def add_year(ring: KeyRing, year: int, random: Callable[[int], bytes]) -> KeyRing:
    """The ring with a new secret for `year`; LichtbriefError when that year has one already."""
    if year in ring.years:
        raise LichtbriefError(
            f"the key ring already has a secret for school year {year}",
            "nothing to do: another secret would lock what was sealed with this one",
        )
    return KeyRing({**ring.years, year: Secret(random(SECRET_BYTES))})


def read_ring(path: Path, environ_value: str | None) -> KeyRing:
    """The ring in `environ_value` when there is one (for CI), else the one in the file.

    Raises LichtbriefError for a ring that is missing, readable by others or not well formed;
    no error holds any of its text.
    """
    if environ_value is not None:
        return _parse(environ_value.encode("utf-8", "replace"), "the environment's key ring")
    data = read_private(path)
    if data is None:
        raise LichtbriefError(f"there is no key ring {path}", MAKE)
    return _parse(data, f"key ring {path}")


def write_ring(path: Path, ring: KeyRing) -> None:
    """Write the ring to its file, at once and for its owner only (mode 0600).

    Raises LichtbriefError when the file on disk holds a secret that `ring` lacks or contradicts,
    or cannot be read: nothing is overwritten then.
    """
    with locked(path):
        data = read_private(path)
        kept = {} if data is None else _parse(data, f"key ring {path}").years
        lost = sorted(year for year in kept if ring.years.get(year) != kept[year])
        if lost:
            years = ", ".join(map(str, lost))
            raise LichtbriefError(
                f"key ring {path} would lose its secret of school year {years}",
                "read the file again and add to that; nothing was written",
            )
        write_whole(path, _text(ring), 0o600)


def drop_year(path: Path, year: int) -> None:
    """Take a year's secret out of the file, for good; nothing when it is not there.

    Raises LichtbriefError for a ring that is missing, readable by others or not well formed.
    """
    with locked(path):
        kept = read_ring(path, None).years
        left = KeyRing({each: secret for each, secret in kept.items() if each != year})
        write_whole(path, _text(left), 0o600)


def _text(ring: KeyRing) -> bytes:
    years = {str(year): _in_base64(secret.reveal()) for year, secret in ring.years.items()}
    return json.dumps({"format": FORMAT, "years": years}, indent=2).encode("ascii") + b"\n"


def _in_base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _parse(data: bytes, what: str) -> KeyRing:
    """The ring in a JSON text; errors are raised away from the parser's, which quote the text."""
    content = _loads(data)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise LichtbriefError(f"{what} is not a “{FORMAT}”", RESTORE)
    years = content.get("years")
    if content.keys() != {"format", "years"} or not isinstance(years, dict):
        raise LichtbriefError(f"{what} should hold “format” and “years” and nothing else", RESTORE)
    if not all(YEAR.fullmatch(year) for year in years):
        raise LichtbriefError(f"{what} has a year that is not written like 2026", RESTORE)
    secrets = {int(year): _secret(text) for year, text in years.items()}
    ring = {year: secret for year, secret in secrets.items() if secret is not None}
    broken = ", ".join(str(year) for year in secrets if year not in ring)
    if broken:
        raise LichtbriefError(f"{what} has a damaged secret for school year {broken}", RESTORE)
    return KeyRing(ring)


def _loads(data: bytes) -> object:
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise ValueError("a name stands twice")
    return values


def _secret(text: object) -> Secret | None:
    """The secret in strict base64: one text for one secret, so that no typing error passes."""
    if not isinstance(text, str):
        return None
    try:
        value = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    whole = len(value) == SECRET_BYTES and _in_base64(value) == text
    return Secret(value) if whole else None
