"""MAY: a declaration, the facts and a moment become a decision, Permit or Deny."""

from lichtbrief.consent.choosing import Candidate, Unclear, candidates, choose
from lichtbrief.consent.cover import Covered, Region, check_cover, parse_cover
from lichtbrief.consent.decision import (
    Decider,
    Decision,
    Deny,
    Permit,
    audience_of,
    decide,
    hold_back,
)
from lichtbrief.consent.declaration import (
    Declaration,
    PhotoRow,
    check_others,
    declare,
    parse_others,
    parse_people,
)
from lichtbrief.consent.explaining import Explained, explain, silent
from lichtbrief.consent.facts import Facts
from lichtbrief.consent.named import Clash, Names, clash
from lichtbrief.consent.names import Mention, NameFinder
from lichtbrief.consent.permits import Permits
from lichtbrief.consent.photos import read_photos_csv
from lichtbrief.consent.reasons import Reason, Rules
from lichtbrief.consent.recorded import Recorded, Stands, recorded

__all__ = [
    "Candidate",
    "Clash",
    "Covered",
    "Decider",
    "Decision",
    "Declaration",
    "Deny",
    "Explained",
    "Facts",
    "Mention",
    "NameFinder",
    "Names",
    "Permit",
    "Permits",
    "PhotoRow",
    "Reason",
    "Recorded",
    "Region",
    "Rules",
    "Stands",
    "Unclear",
    "audience_of",
    "candidates",
    "check_cover",
    "check_others",
    "choose",
    "clash",
    "decide",
    "declare",
    "explain",
    "hold_back",
    "parse_cover",
    "parse_others",
    "parse_people",
    "read_photos_csv",
    "recorded",
    "silent",
]
