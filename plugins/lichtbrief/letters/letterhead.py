"""The letterhead: what makes a letter this school's own."""

import base64
from dataclasses import dataclass, field

from lichtbrief.letters.colours import PLAIN


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The school as its letters show it.

    `contact` is the address for questions and doubts (or empty), `colour` a `#rrggbb`, `logo` a PNG
    (or none); `saves` tells whether a photo may be saved from the letter, by a button.
    """

    school: str
    contact: str
    colour: str = PLAIN
    logo: bytes = field(default=b"", repr=False)
    saves: bool = False
    locked: bool = False

    @property
    def picture(self) -> str:
        """The logo in base64: the policy lets no picture in but one that the script unpacked."""
        return base64.b64encode(self.logo).decode()

    @property
    def said(self) -> list[str]:
        """Everything that a letter says of it: part of the letter's fingerprint."""
        locked = ["locked"] * self.locked
        return [self.school, self.contact, self.colour, self.picture, str(self.saves), *locked]
