"""Sealed editions of earlier builds, so that an unchanged one is neither drawn nor sealed again.

An entry is the sealed object itself, under the keyed fingerprint of everything that determines
it, and beside it sealed notes with its name: both are ciphertext, at rest too. One in which a
photo could not be read is not kept: the reason may be gone the next time. An edition
that did change takes its photos from `drawn_before`; these go when they are a month unused, while
the sealed edition stays for as long as its week is published.
"""

import hashlib
import json
import re
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path

from lichtbrief.errors import LichtbriefError
from lichtbrief.files import write_whole
from lichtbrief.jobs.ground.keys import machine_key
from lichtbrief.media import Digests, FaceCounts, NamesInFiles, RenditionCache, Studio, film_recipe
from lichtbrief.sealing import SealedReader, Secret, seal
from lichtbrief.settings import Settings

EDITION = ".edition"
NOTES = ".notes"
OURS = re.compile(rf"(\.part-)?(?P<fingerprint>[0-9a-f]+)({EDITION}|{NOTES})(-\w+)?")


@dataclass(frozen=True, slots=True)
class Notes:
    """What there is to know of a sealed edition without opening it."""

    name: str
    sha256: str


class EditionCache:
    """A folder of sealed editions by fingerprint; safe under two runs at once and under a kill."""

    def __init__(self, folder: Path, secret: Secret) -> None:
        self.folder = folder
        self.secret = secret

    def get(self, fingerprint: str) -> tuple[Notes, bytes] | None:
        """The edition made of exactly this, or None; a damaged entry is as good as none."""
        try:
            sealed = self._path(fingerprint, NOTES).read_bytes()
            opened = SealedReader.unlock(sealed, self.secret, ("cache", fingerprint)).first()
            data = self._path(fingerprint, EDITION).read_bytes()
            notes = Notes(**json.loads(opened))
        except (OSError, LichtbriefError, ValueError, TypeError):
            return None
        return (notes, data) if hashlib.sha256(data).hexdigest() == notes.sha256 else None

    def put(self, fingerprint: str, notes: Notes, data: bytes) -> None:
        """Keep a sealed edition; the notes come last, and without them there is no entry."""
        write_whole(self._path(fingerprint, EDITION), data)
        text = json.dumps(asdict(notes)).encode()
        sealed = seal(self.secret, ("cache", fingerprint), [text])
        write_whole(self._path(fingerprint, NOTES), sealed)

    def _path(self, fingerprint: str, ending: str) -> Path:
        return self.folder / f"{fingerprint}{ending}"


def prune(folder: Path, fingerprints: Collection[str]) -> None:
    """Remove every entry, also one that a kill left half written, that nobody has a use for."""
    for path in folder.glob("*"):
        entry = OURS.fullmatch(path.name)
        if entry and entry["fingerprint"] not in fingerprints:
            path.unlink(missing_ok=True)


def drawn_before(settings: Settings) -> RenditionCache:
    """The photos drawn by earlier builds on this machine, whether to look or to publish."""
    key = machine_key(settings.state)
    return RenditionCache(settings.state / "cache/photos", key, settings.recipe, settings.bounds)


def studio(settings: Settings) -> Studio:
    """Where films are made; those of earlier builds lie among the photos."""
    recipe = film_recipe(settings.recipe)
    kept = RenditionCache(settings.state / "cache/photos", machine_key(settings.state), recipe)
    return Studio(kept, settings.recipe, settings.film_bounds)


def known_digests(settings: Settings) -> Digests:
    """The digests of the posts' files that earlier runs on this machine took."""
    return Digests(settings.state / "cache/digests", machine_key(settings.state))


def known_names(settings: Settings) -> NamesInFiles:
    """Whom the posts' photos name, as earlier runs on this machine read it in them."""
    return NamesInFiles(settings.state / "cache/names", machine_key(settings.state))


def known_faces(settings: Settings) -> FaceCounts:
    """Where the posts' photos have faces, as earlier runs on this machine found them."""
    return FaceCounts(settings.state / "cache/faces", machine_key(settings.state), settings.bounds)
