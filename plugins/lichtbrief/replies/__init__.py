"""BACK: what guardians send in, opened and checked (FORMAT.md). Values in, values out."""

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
    read_words,
)
from lichtbrief.replies.letterbox import FOLDER, Letterbox
from lichtbrief.replies.refusals import AsideError, Why
from lichtbrief.replies.reply import SIZES, Reply, open_reply, read_reply
from lichtbrief.replies.rights import Rights

__all__ = [
    "FOLDER",
    "SIZES",
    "AsideError",
    "Body",
    "Coming",
    "Doubt",
    "Letterbox",
    "Preferences",
    "Reply",
    "Rights",
    "Scale",
    "Survey",
    "Times",
    "To",
    "Why",
    "Wishes",
    "Word",
    "kind_of",
    "open_reply",
    "read_body",
    "read_reply",
    "read_words",
]
