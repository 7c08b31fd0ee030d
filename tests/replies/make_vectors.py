"""Writes our own cases of tests/vectors/replies.json; those of RFC 9180 in it stay as they are.

`python -m tests.replies.make_vectors` from the repository's root; always the same file.
"""

import base64
import json
from collections.abc import Iterator
from typing import Any

from lichtbrief.replies.reply import MAGIC
from tests.replies.given import (
    ABOUT,
    FATHER,
    FILE,
    MOTHER,
    PLAIN,
    WORDS_KEY,
    as_text,
    in_base64,
    own_key,
    padded,
    sealed_words,
    vectors,
    write_reply,
)

PLAIN_BODY = PLAIN["body"]
TEXT = PLAIN_BODY["words"].encode()
SANNE, TOM = "juf-sanne", "meester-tom"
FOR_TWO = sealed_words(TEXT, SANNE, TOM)
TO = {"to": "teacher", "pupil": "anna-b"}
SEALED = {**PLAIN, "body": {**TO, "sealed": FOR_TWO}}


def cases() -> Iterator[dict[str, Any]]:
    """One case per line of FORMAT.md that says how a reply must or must not be."""
    good = write_reply(MOTHER)
    yield case("a word to the teacher", "ok", good) | {"content": PLAIN}
    long = {**PLAIN, "body": {**PLAIN_BODY, "words": "ä" * 1500}}
    yield case("a long one", "ok", write_reply(MOTHER, long)) | {"content": long}
    times = {"post": "abcdefgh", "times": ["2026-12-01T15:30"], "together": False}
    talks = {**PLAIN, "kind": "talks", "body": {**times, "elsewhere": True, "words": ""}}
    yield case("times of a talk", "ok", write_reply(MOTHER, talks)) | {"content": talks}
    yield case("a word sealed for two", "ok", write_reply(MOTHER, SEALED)) | {"content": SEALED}
    yield case("one byte too few", "size", good[:-1])
    yield case("nothing", "size", b"")
    yield case("another version", "unsealed", good.replace(b"reply 1", b"reply 2"))
    yield case("a changed bit in the key", "unsealed", flip(good, len(MAGIC) + 9))
    yield case("a changed bit at the end", "unsealed", flip(good, -1))
    yield case("sealed for the father's letterbox", "unsealed", write_reply(FATHER))
    yield case("no point of the curve", "unsealed", MAGIC + b"\4" + bytes(64) + good[84:])
    inner = padded(as_text(PLAIN))
    yield case("a mac of zeros", "forged", write_reply(MOTHER, mac=bytes(32)))
    forged = write_reply(FATHER, info=MOTHER.info, inner=inner)
    yield case("the father's own key", "forged", forged)
    for name, text in malformed():
        yield case(name, "malformed", write_reply(MOTHER, inner=padded(text)))
    yield case("padded with ones", "malformed", write_reply(MOTHER, inner=inner[:-1] + b"\1"))
    yield case("a length too long", "malformed", write_reply(MOTHER, inner=b"\xff" + inner[1:]))


def malformed() -> Iterator[tuple[str, bytes]]:
    """Texts that are no reply, each wrong in one respect."""
    text = as_text(PLAIN)
    yield "no JSON", b"hello"
    yield "deeply nested", b"[" * 4000 + b"]" * 4000
    yield "a member twice", text[:-1] + b',"kind":"word"}'
    yield "no UTF-8", text.replace(b"Anna heeft", b"Anna \xff\xfe")
    yield "a member too many", as_text({**PLAIN, "guardian": "g2"})
    yield "a member too few", as_text({k: v for k, v in PLAIN.items() if k != "at"})
    yield "an unknown kind", as_text({**PLAIN, "kind": "order"})
    yield "a moment without zone", as_text({**PLAIN, "at": "2026-11-20T14:00:05"})
    yield "an id of capitals", as_text({**PLAIN, "id": "AB" * 16})
    for name, body in bodies():
        yield name, as_text({**PLAIN, **body})


def bodies() -> Iterator[tuple[str, dict[str, Any]]]:
    """Bodies that no kind has."""
    yield "a body that is a list", {"body": []}
    yield "a word to nobody", {"body": {**PLAIN_BODY, "to": "minister"}}
    yield "no words", {"body": {**PLAIN_BODY, "words": " \n"}}
    yield "words of a number", {"body": {**PLAIN_BODY, "words": 7}}
    yield "a bell", {"body": {**PLAIN_BODY, "words": "\x07"}}
    yield "a pupil that is a path", {"body": {**PLAIN_BODY, "pupil": "../anna-b"}}
    for name, sealed in unsealable():
        yield name, {"body": {**TO, "sealed": sealed}}
    yield "words plain and sealed", {"body": {**PLAIN_BODY, "sealed": FOR_TWO}}
    coming = {"post": "abcdefgh", "people": 2, "words": ""}
    yield "true people", {"kind": "coming", "body": {**coming, "people": True}}
    yield "21 people", {"kind": "coming", "body": {**coming, "people": 21}}
    yield "half a person", {"kind": "coming", "body": {**coming, "people": 0.5}}
    times = {"post": "abcdefgh", "times": ["2026-12-01T15:30"], "together": True}
    talks: dict[str, object] = {**times, "elsewhere": True, "words": ""}
    changes: dict[str, dict[str, object]] = {
        "times that are no list": {"times": "2026-12-01T15:30"},
        "a time of numbers": {"times": [20261201]},
        "a time with seconds": {"times": ["2026-12-01T15:30:00"]},
        "a day that is none": {"times": ["2026-02-30T15:30"]},
        "a time in a zone": {"times": ["2026-12-01T15:30Z"]},
        "a time twice": {"times": ["2026-12-01T15:30"] * 2},
        "six times": {"times": [f"2026-12-01T15:3{n}" for n in range(6)]},
        "no time, but another": {"times": []},
        "together perhaps": {"together": "yes"},
        "elsewhere once": {"elsewhere": 1},
    }
    for name, change in changes.items():
        yield name, {"kind": "talks", "body": {**talks, **change}}
    answers = {"pupil": "anna-b", "answers": {"group/photo": "yes"}}
    for name, said in (("perhaps", {"group/photo": "perhaps"}), ("nothing asked", {})):
        yield name, {"kind": "preferences", "body": {**answers, "answers": said}}
    said = {"moon/photo": "yes"}
    yield "another audience", {"kind": "preferences", "body": {**answers, "answers": said}}


def unsealable() -> Iterator[tuple[str, object]]:
    """What no sealed words look like from outside, to whoever cannot open any."""
    text, keys = FOR_TWO["text"], FOR_TWO["keys"]
    yield "sealed words that are words", "Hallo"
    yield "sealed for nobody", {"text": text, "keys": {}}
    yield "sealed for a list", {"text": text, "keys": [keys[SANNE]]}
    yield "sealed for a path", {"text": text, "keys": {"../juf": keys[SANNE]}}
    yield "a sealed key too short", {"text": text, "keys": {SANNE: keys[SANNE][:-4]}}
    yield "a sealed key of numbers", {"text": text, "keys": {SANNE: 7}}
    yield "sealed words too long", {"text": text[:-4] + "AAAA", "keys": keys, "more": ""}
    yield "sealed words of another size", {"text": text[:-4], "keys": keys}
    yield "sealed words with a line end", {"text": text[:-1] + "\n=", "keys": keys}
    yield "sealed words in other signs", {"text": "-" + text[1:], "keys": keys}


def words() -> Iterator[dict[str, Any]]:
    """Sealed words as juf-sanne's own key opens them, or does not."""

    def case(name: str, expect: str, sealed: dict[str, Any], **more: str) -> dict[str, Any]:
        return {"name": name, "expect": expect, "sealed": sealed, **more}

    yield case("a word for two", "ok", FOR_TWO, words=TEXT.decode())
    long = "ä" * 2000
    yield case("a long one", "ok", sealed_words(long.encode(), SANNE, size=4096), words=long)
    yield case("for another", "unopened", sealed_words(TEXT, TOM))
    moved = {"text": FOR_TWO["text"], "keys": {SANNE: FOR_TWO["keys"][TOM]}}
    yield case("another's key", "unopened", moved)
    for place, name in enumerate(("year", "letterbox", "reply", "addressee", "child")):
        about = (*ABOUT[:place], "x", *ABOUT[place + 1 :])
        yield case(f"of another {name}", "unopened", sealed_words(TEXT, SANNE, about=about))
    changed = flip(base64.b64decode(FOR_TWO["text"]), 9)
    damaged = {**FOR_TWO, "text": in_base64(changed)}
    yield case("a changed bit", "unopened", damaged)
    yield case("no words", "unopened", sealed_words(b" \n", SANNE))
    yield case("a bell", "unopened", sealed_words(b"\x07", SANNE))
    yield case("no UTF-8", "unopened", sealed_words(b"\xff\xfe", SANNE))
    yield case("a length too long", "unopened", sealed_words(TEXT, SANNE, length=767))
    yield case("padded with ones", "unopened", sealed_words(TEXT, SANNE, padding=b"\1"))
    many = sealed_words(b"a" * 2001, SANNE, size=4096)
    yield case("too many words", "unopened", many)


def case(name: str, expect: str, data: bytes) -> dict[str, Any]:
    return {"name": name, "expect": expect, "reply": data.hex()}


def flip(data: bytes, at: int) -> bytes:
    changed = bytearray(data)
    changed[at] ^= 1
    return bytes(changed)


def text() -> str:
    """The file's text: one case per line."""
    lines = ",\n".join(json.dumps(each) for each in cases())
    hpke = json.dumps(vectors()["hpke"])
    own = own_key(SANNE).private.private_numbers().private_value.to_bytes(32).hex()
    about = {"about": ABOUT, "reader": SANNE, "private": own, "key": WORDS_KEY.hex()}
    cases_of_words = ",\n".join(json.dumps(each) for each in words())
    head = f'{{"format": "lichtbrief reply vectors 2", "hpke": {hpke}, "replies": [\n{lines}\n],'
    return f'{head}\n"words": {json.dumps(about)[:-1]}, "cases": [\n{cases_of_words}\n]}}}}\n'


if __name__ == "__main__":
    FILE.write_text(text(), encoding="ascii")
