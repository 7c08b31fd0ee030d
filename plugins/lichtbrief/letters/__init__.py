"""FOR WHOM: which guardian may read which edition, and one letter for each of them."""

from lichtbrief.letters.grants import grants
from lichtbrief.letters.letter import GrantedEdition, build_letter
from lichtbrief.letters.reader import Reader, read_reader

__all__ = ["GrantedEdition", "Reader", "build_letter", "grants", "read_reader"]
