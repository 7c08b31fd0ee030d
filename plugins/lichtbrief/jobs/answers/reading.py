"""Reading: the words of a reply, as far as the reader's keys open them; and handing them on."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from lichtbrief.jobs.ground.filing import Filed, Mark
from lichtbrief.replies import (
    OwnKey,
    SealedWords,
    UnopenedError,
    Word,
    open_words,
    read_sealed,
    seal_words,
)
from lichtbrief.replies.sealed_words import KEY_BYTES


class Closed(StrEnum):
    """Why words are not shown."""

    waits = "your own key opens it"
    others = "others open it"
    unopened = "this key does not open it"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a reply, or why they stay `closed`, and who may open them, by id."""

    text: str = field(default="", repr=False)
    closed: Closed | None = None
    readers: tuple[str, ...] = ()


def words_of(
    filed: Filed, reader: str = "", own: OwnKey | None = None, handed: bytes | None = None
) -> Words:
    """What `reader` can read of it, with the key of their own if that is at hand; `handed` went
    with its being set aside."""
    body = filed.reply.body
    sealed = body.sealed if isinstance(body, Word) else None
    text, about = getattr(body, "words", ""), about_of(filed)
    if handed is not None:
        value = json.loads(handed)
        text, about = value["words"], (*about, Mark.unsuitable)
        sealed = read_sealed(value["sealed"]) if value["sealed"] else None
    return Words(text) if sealed is None else _opened(sealed, reader, own, about)


def _opened(sealed: SealedWords, reader: str, own: OwnKey | None, about: Sequence[str]) -> Words:
    readers = tuple(sealed.keys)
    if reader not in sealed.keys:
        return Words("", Closed.others, readers)
    if own is None or own.owner != reader:
        return Words("", Closed.waits, readers)
    try:
        return Words(open_words(sealed, own, about), None, readers)
    except UnopenedError:
        return Words("", Closed.unopened, readers)


def about_of(filed: Filed) -> Sequence[str]:
    """What the sealed words of a reply are bound to: FORMAT.md, "Sealed words"."""
    body, box = filed.reply.body, filed.place.split("/")[1]
    to, pupil = (str(body.to), body.pupil) if isinstance(body, Word) else ("", "")
    return (str(filed.week.school_year), box, filed.reply.id, to, pupil)


def hand_on(
    filed: Filed, words: Words, keys: Mapping[str, bytes], random: Callable[[int], bytes]
) -> bytes:
    """What goes with the mark of sealed words that their reader sets aside: the words, sealed for
    these public keys of the management, by id, where there are some; nothing of other words.
    """
    if not words.readers or words.closed:
        return b""
    about = (*about_of(filed), Mark.unsuitable)
    sealed = seal_words(words.text, keys, about, random(KEY_BYTES)).as_json() if keys else None
    value = {"words": "" if keys else words.text, "sealed": sealed}
    return json.dumps(value).encode()
