"""The keys of a job: the publisher's ring, or the preview's, which makes itself; the machine's."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from lichtbrief.consent.lines import Event, What
from lichtbrief.errors import LichtbriefError
from lichtbrief.files import write_whole
from lichtbrief.jobs.ground.log import Log
from lichtbrief.sealing import (
    KeyRing,
    SealedReader,
    Secret,
    SigningKey,
    add_year,
    make_ring,
    name_of,
    read_ring,
    seal,
    write_ring,
)
from lichtbrief.sealing.private_file import locked, read_private
from lichtbrief.settings import Settings

ENVIRONMENT = "LICHTBRIEF_KEYS"
MACHINE = "machine.key"
LINK_KEY = "cloudfront.pem"
LINK_KEY_ENVIRONMENT = "LICHTBRIEF_CLOUDFRONT_KEY"
MACHINE_BYTES = 32


def ring_of(settings: Settings, year: int) -> KeyRing:
    """The key ring that seals this school year.

    A preview's ring is made when it is not there: it seals nothing that leaves the machine. The
    publisher's is made by `lichtbrief keys make` only. Raises `LichtbriefError`.
    """
    if settings.preview:
        return make_keys(settings, year)
    ring = any_ring(settings)
    ring.year(year)
    return ring


def any_ring(settings: Settings) -> KeyRing:
    """The publisher's key ring, whatever years it holds; raises `LichtbriefError` without one."""
    return read_ring(settings.key_ring, os.environ.get(ENVIRONMENT))


def link_key(settings: Settings) -> SigningKey:
    """The private key with which links are signed for CloudFront; raises `LichtbriefError`."""
    path = settings.state / LINK_KEY
    pem = os.environ.get(LINK_KEY_ENVIRONMENT, "").encode() or read_private(path)
    if pem is None:
        hint = f"put it there (mode 0600), or its text into {LINK_KEY_ENVIRONMENT}"
        raise LichtbriefError(f"there is no private key {path} to sign links with", hint)
    return SigningKey.read(pem)


def make_keys(settings: Settings, year: int) -> KeyRing:
    """Make this school year's secret if there is none yet; what is there is never replaced."""
    if not settings.preview and os.environ.get(ENVIRONMENT):
        hint = f"add the year where {ENVIRONMENT} is kept, or unset it to use a file"
        raise LichtbriefError(f"the key ring comes from {ENVIRONMENT}", hint)
    if settings.key_ring.exists():
        ring = read_ring(settings.key_ring, None)
        if year in ring.years:
            return ring
        ring = add_year(ring, year, secrets.token_bytes)
    else:
        ring = make_ring(year, secrets.token_bytes)
    write_ring(settings.key_ring, ring)
    if not settings.preview:
        Log.of(settings.state).add([Event(What.key_made, {"year": year})])
    return ring


@dataclass(frozen=True, slots=True)
class MachineKey:
    """Hides what stays on this machine; the `Vault` of the photos drawn here.

    It opens nothing that leaves the machine, so losing it costs time and nothing else.
    """

    secret: Secret

    def name(self, *fields: str) -> str:
        """26 characters `a-z2-7` that tell nothing of the fields."""
        return name_of(self.secret, "kept", *fields)

    def seal(self, name: str, data: bytes) -> bytes:
        """A sealed object with one segment, for the context of this name."""
        return seal(self.secret, ("kept", name), [data])

    def open(self, name: str, sealed: bytes) -> bytes:
        """What was sealed under this name; raises `Refused`."""
        return SealedReader.unlock(sealed, self.secret, ("kept", name)).every(())[0]


def machine_key(state: Path) -> MachineKey:
    """This machine's key, made when there is none or a damaged one.

    Two runs at once get the same one. Raises `LichtbriefError` when others can read it.
    """
    path = state / MACHINE
    with locked(path):
        kept = read_private(path)
        if kept is None or len(kept) != MACHINE_BYTES:
            kept = secrets.token_bytes(MACHINE_BYTES)
            write_whole(path, kept)
    return MachineKey(Secret(kept))
