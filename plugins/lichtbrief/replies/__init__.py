"""BACK: what guardians send in, opened and checked (FORMAT.md). Values in, values out."""

from lichtbrief.replies.hpke import UnopenedError
from lichtbrief.replies.kinds import (
    Body,
    Coming,
    Doubt,
    Preferences,
    Scale,
    Survey,
    Times,
    To,
    Wishes,
    Word,
    kind_of,
    read_body,
)
from lichtbrief.replies.letterbox import FOLDER, Letterbox
from lichtbrief.replies.own_key import OwnKey, OwnKeyFile
from lichtbrief.replies.refusals import AsideError, Why
from lichtbrief.replies.reply import SIZES, Reply, open_reply, read_reply
from lichtbrief.replies.rights import Rights
from lichtbrief.replies.sealed_words import SealedWords, open_words, read_sealed, seal_words
from lichtbrief.replies.words import read_words

__all__ = [
    "FOLDER",
    "SIZES",
    "AsideError",
    "Body",
    "Coming",
    "Doubt",
    "Letterbox",
    "OwnKey",
    "OwnKeyFile",
    "Preferences",
    "Reply",
    "Rights",
    "Scale",
    "SealedWords",
    "Survey",
    "Times",
    "To",
    "UnopenedError",
    "Why",
    "Wishes",
    "Word",
    "kind_of",
    "open_reply",
    "open_words",
    "read_body",
    "read_reply",
    "read_sealed",
    "read_words",
    "seal_words",
]
