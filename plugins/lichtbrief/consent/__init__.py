"""MAY: a declaration, the facts and a moment become a decision, Permit or Deny."""

from lichtbrief.consent.decision import (
    Decision,
    Deny,
    Permit,
    Reason,
    Rules,
    audience_of,
    decide,
)
from lichtbrief.consent.declaration import Declaration, PhotoRow, declare, parse_people
from lichtbrief.consent.facts import Facts
from lichtbrief.consent.named import Clash, Names, clash
from lichtbrief.consent.photos import read_photos_csv

__all__ = [
    "Clash",
    "Decision",
    "Declaration",
    "Deny",
    "Facts",
    "Names",
    "Permit",
    "PhotoRow",
    "Reason",
    "Rules",
    "audience_of",
    "clash",
    "decide",
    "declare",
    "parse_people",
    "read_photos_csv",
]
