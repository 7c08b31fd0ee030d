"""Writes our own cases of tests/vectors/replies.json; those of RFC 9180 in it stay as they are.

`python -m tests.replies.make_vectors` from the repository's root; always the same file.
"""

import json
from collections.abc import Iterator
from typing import Any

from lichtbrief.replies.reply import MAGIC
from tests.replies.given import FATHER, FILE, MOTHER, PLAIN, as_text, padded, vectors, write_reply

PLAIN_BODY = PLAIN["body"]


def cases() -> Iterator[dict[str, Any]]:
    """One case per line of FORMAT.md that says how a reply must or must not be."""
    good = write_reply(MOTHER)
    yield case("a word to the teacher", "ok", good) | {"content": PLAIN}
    long = {**PLAIN, "body": {**PLAIN_BODY, "words": "ä" * 1500}}
    yield case("a long one", "ok", write_reply(MOTHER, long)) | {"content": long}
    times = {"post": "abcdefgh", "times": ["2026-12-01T15:30"], "together": False}
    talks = {**PLAIN, "kind": "talks", "body": {**times, "elsewhere": True, "words": ""}}
    yield case("times of a talk", "ok", write_reply(MOTHER, talks)) | {"content": talks}
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
    return f'{{"format": "lichtbrief reply vectors 1", "hpke": {hpke}, "replies": [\n{lines}\n]}}\n'


if __name__ == "__main__":
    FILE.write_text(text(), encoding="ascii")
