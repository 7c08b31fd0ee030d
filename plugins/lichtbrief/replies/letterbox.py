"""A letterbox: where one letter's replies go, who may have put them there, and what opens them."""

from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec

from lichtbrief.replies.hpke import derive_key_pair, public_bytes
from lichtbrief.sealing import Secret, context, name_of, of_generation
from lichtbrief.sealing.derive import derive

FOLDER = "replies"


@dataclass(frozen=True, slots=True)
class Letterbox:
    """The letterbox of one guardian's letter of one week.

    `name` is opaque (26 characters); `school` the year's private key, `own` the 32 bytes that only
    this letter carries; `year` the calendar year in which the school year began.
    """

    name: str
    guardian: str
    week: str
    year: int
    school: ec.EllipticCurvePrivateKey = field(repr=False, compare=False)
    own: Secret

    @classmethod
    def of(
        cls, secret: Secret, year: int, guardian: str, week: str, generation: int = 0
    ) -> "Letterbox":
        """Derive it from the school year's secret: the same every time.

        `generation` is the letter's: whose access was ended cannot answer an old letter either.
        """
        fields = of_generation(generation, guardian, week)
        return cls(
            name=name_of(secret, "reply", *fields),
            guardian=guardian,
            week=week,
            year=year,
            school=_key_pair(secret.reveal()),
            own=derive(secret, "reply authenticator", *fields),
        )

    @property
    def info(self) -> bytes:
        """What every reply in it is bound to."""
        return context("reply", str(self.year), self.name)

    @property
    def public(self) -> bytes:
        """The school's public key of this year, 65 bytes."""
        return public_bytes(self.school)

    @property
    def prefix(self) -> str:
        """How the names of its replies in the store begin."""
        return f"{FOLDER}/{self.name}/"


@lru_cache(maxsize=4)
def _key_pair(secret: bytes) -> ec.EllipticCurvePrivateKey:
    return derive_key_pair(derive(Secret(secret), "reply key pair").reveal())
