"""Trying, before the first mail, what every mail relies on: keys may have changed since the upload.

New letters were read back when they were put. One that lay there already was not, and its link is
signed anew: with a mistyped key every mail would hold a link that opens nothing.
"""

from collections.abc import Sequence

from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.surroundings import Surroundings
from lichtbrief.jobs.publish.granting import LetterTask
from lichtbrief.settings import Settings
from lichtbrief.storage import Letterlike, still_opens, verify_answers


def refuse_dead_letters(
    surroundings: Surroundings, settings: Settings, letters: Sequence[LetterTask]
) -> None:
    """See that a link signed now opens the first letter, and that it could be answered.

    Raises `LichtbriefError` otherwise. Nothing is tried where there are no letters.
    """
    if not letters:
        return
    if not still_opens(surroundings.signer.sign(letters[0].name, letters[0].until)):
        raise LichtbriefError(
            "a link that is signed now does not open its letter; nobody was mailed",
            "check that the signer's key may read objects, the region and the clock",
        )
    if surroundings.poster is not None:
        by_form = settings.replies == "post"
        letterlike = Letterlike(surroundings.poster, surroundings.now, by_form)
        verify_answers(surroundings.store, letterlike)
