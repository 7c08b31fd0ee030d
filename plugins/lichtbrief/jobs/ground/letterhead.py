"""The school's letterhead, from its settings and the file of its logo."""

from lichtbrief.letters import Letterhead
from lichtbrief.media import draw_logo
from lichtbrief.settings import Settings


def letterhead_of(settings: Settings) -> Letterhead:
    """How this school's letters look; raises `LichtbriefError` for a logo that cannot be used."""
    return Letterhead(
        school=settings.school_name,
        contact=settings.contact,
        colour=settings.colour,
        logo=draw_logo(settings.logo) if settings.logo else b"",
        saves=settings.save_photos,
        locked=settings.passphrase,
    )
