"""MAY: a declaration, the facts and a moment become a decision, Permit or Deny."""

from lichtbrief.consent.choosing import Candidate, Unclear, candidates, choose
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
    "Candidate",
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
    "Unclear",
    "audience_of",
    "candidates",
    "choose",
    "clash",
    "decide",
    "declare",
    "parse_people",
    "read_photos_csv",
]
