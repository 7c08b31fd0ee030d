"""A mail's identity: the week and a keyed hash of its guardian, the same in every run.

It stands in the Message-ID, in the envelope's sender and in a one-click address, so that what
comes back can be matched with a guardian by whoever has the key ring, and by nobody else.
"""

import re
from collections.abc import Iterable

from lichtbrief.delivery.addresses import domain_of
from lichtbrief.delivery.rounds import parse_occasion
from lichtbrief.editions import Week
from lichtbrief.sealing import KeyRing, Secret, name_of
from lichtbrief.sealing.names import NAME_LENGTH

# Relays and mailboxes may write what stands before an @ in capitals; SES' tags know no dot.
_IDENTITY = re.compile(r"\b(\d{4}-w\d{2}(?:-d?\d{1,2})?)[._]([a-z2-7]{26})\b", re.IGNORECASE)
LONGEST_IDENTITY = "2026-W47-99." + "a" * NAME_LENGTH


def identity_of(secret: Secret, guardian: str, week: Week) -> str:
    """The identity of a guardian's mail of that occasion, from the school year's secret."""
    return f"{week}.{name_of(secret, 'mail', guardian, str(week))}"


def identities_in(text: str) -> tuple[str, ...]:
    """Every identity in an address, a Message-ID or a whole returned head, as we wrote it.

    >>> identities_in("<bounce+2026-w47.abcdefghijklmnopqrstuvwxyz@school.example>")
    ('2026-W47.abcdefghijklmnopqrstuvwxyz',)
    """
    found = (f"{week.upper()}.{name.lower()}" for week, name in _IDENTITY.findall(text))
    return tuple(dict.fromkeys(found))


def mailed(identity: str, ring: KeyRing, guardians: Iterable[str]) -> tuple[Week, str] | None:
    """The occasion and the guardian (a roster id) of an identity; None for nobody's.

    A week that there is not, and one of a school year without keys, are of nobody.
    """
    try:
        week = parse_occasion(identity.partition(".")[0])
    except ValueError:
        return None
    if week.school_year not in ring.years:
        return None
    secret = ring.year(week.school_year)
    known = (one for one in guardians if identity_of(secret, one, week) == identity)
    return next(((week, guardian) for guardian in known), None)


def bounce_address(bounces: str, identity: str) -> str:
    """The envelope's sender of one mail (VERP): where its bounce goes, and whose it is.

    >>> bounce_address("bounce@school.example", "2026-W47.abc")
    'bounce+2026-w47.abc@school.example'
    """
    local = bounces.rpartition("@")[0]
    return f"{local}+{identity.lower()}@{domain_of(bounces)}"
