"""FOR WHOM: which guardian may read which edition, and one letter for each of them."""

from lichtbrief.letters.grants import ever_granted, grants
from lichtbrief.letters.letter import (
    GrantedEdition,
    Letter,
    OlderEdition,
    build_letter,
    on_the_wire,
)
from lichtbrief.letters.letterhead import Letterhead
from lichtbrief.letters.months import render_months
from lichtbrief.letters.reader import Reader, read_reader

__all__ = [
    "GrantedEdition",
    "Letter",
    "Letterhead",
    "OlderEdition",
    "Reader",
    "build_letter",
    "ever_granted",
    "grants",
    "on_the_wire",
    "read_reader",
    "render_months",
]
