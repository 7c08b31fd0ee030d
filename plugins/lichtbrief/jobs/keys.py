"""The key ring of a job: the publisher's own, or the preview's, which makes itself."""

import os
import secrets

from lichtbrief.errors import LichtbriefError
from lichtbrief.sealing import KeyRing, add_year, make_ring, read_ring, write_ring
from lichtbrief.settings import Settings

ENVIRONMENT = "LICHTBRIEF_KEYS"


def ring_of(settings: Settings, year: int) -> KeyRing:
    """The key ring that seals this school year.

    A preview's ring is made when it is not there: it seals nothing that leaves the machine. The
    publisher's is made by `lichtbrief keys make` only. Raises `LichtbriefError`.
    """
    if settings.preview:
        return make_keys(settings, year)
    ring = read_ring(settings.key_ring, os.environ.get(ENVIRONMENT))
    ring.year(year)
    return ring


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
    return ring
