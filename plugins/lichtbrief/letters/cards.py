"""Cards with passphrases to print and hand out: one for each guardian, in their language."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lichtbrief.errors import LichtbriefError
from lichtbrief.letters.letterhead import Letterhead
from lichtbrief.theme import Theme

HOW = 'pip install "lichtbrief[cards]" (segno draws the squares that a phone reads)'


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on one card; `year` is the one in which the school year began."""

    reader: str
    language: str
    year: int
    passphrase: str = field(repr=False)


def render_cards(theme: Theme, letterhead: Letterhead, language: str, cards: Sequence[Card]) -> str:
    """A page of cards as HTML with nothing to load; `language` is the office's.

    Raises LichtbriefError when the library for the squares is missing or the theme is broken.
    """
    shown = [_render(theme, letterhead, card) for card in cards]
    return theme.render("cards.html", language, school=letterhead.school, cards=shown)


def _render(theme: Theme, letterhead: Letterhead, card: Card) -> str:
    return theme.render(
        "card.html",
        card.language,
        school=letterhead.school,
        contact=letterhead.contact,
        reader=card.reader,
        years=f"{card.year}–{card.year + 1}",
        passphrase=card.passphrase,
        square=_square(card.passphrase),
    )


def _square(text: str) -> str:
    """A QR code (ISO/IEC 18004) as SVG."""
    try:
        import segno
    except ImportError as error:
        raise LichtbriefError("cards need a library that is not installed", HOW) from error
    return str(segno.make_qr(text, error="q").svg_inline(border=2, omitsize=True))
