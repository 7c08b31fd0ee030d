"""Why a sealed object was not opened, in the words of FORMAT.md, of its vectors and sealed.js."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from lichtbrief.errors import LichtbriefError


class Refusal(StrEnum):
    """The reason why nothing of a sealed object was given out (FORMAT.md, "Refusals")."""

    NOT_SEALED = "not-sealed"
    UNKNOWN_VERSION = "unknown-version"
    WRONG_KEY = "wrong-key"
    WRONG_CONTEXT = "wrong-context"
    TRUNCATED = "truncated"
    REORDERED = "reordered"
    DAMAGED = "damaged"


FETCH_AGAIN = "fetch the object again; if that does not help, publish it again"
WORDS: Mapping[Refusal, tuple[str, str]] = MappingProxyType(
    {
        Refusal.NOT_SEALED: ("this is not a sealed object", FETCH_AGAIN),
        Refusal.UNKNOWN_VERSION: (
            "this object was sealed in a version of the format that is not known here",
            "update lichtbrief",
        ),
        Refusal.WRONG_KEY: (
            "this object was sealed with another key",
            "use the key ring of the school year in which it was sealed",
        ),
        Refusal.WRONG_CONTEXT: (
            "this object was sealed for something else",
            "give the group and the week for which it was sealed",
        ),
        Refusal.TRUNCATED: ("this object does not end where it should", FETCH_AGAIN),
        Refusal.REORDERED: ("parts of this object have changed places", FETCH_AGAIN),
        Refusal.DAMAGED: ("this object was changed after it was sealed", FETCH_AGAIN),
    }
)


class Refused(LichtbriefError):  # noqa: N818 -- the specification's and sealed.js's word
    """A sealed object that was not opened; `why` tells the reason, and no plaintext was given."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(*WORDS[why])
        self.why = why
