"""The cases of what is derived from a secret: codes, contexts, keys, names and fingerprints."""

import hashlib
from collections.abc import Iterator

from lichtbrief.sealing import (
    Secret,
    code_of,
    context,
    fingerprint_of,
    format_code,
    letter_key,
    locked_secret,
    name_of,
    object_key,
    passphrase_of,
)
from tests.sealing.given import EDITION, THIS_YEAR, Vector


def code(expect: str, name: str, typed: str, key: Secret | None = None) -> Vector:
    answer = {} if key is None else {"key": key.reveal().hex(), "code": code_of(key)}
    return {"name": name, "kind": "code", "expect": expect, "typed": typed, **answer}


def codes() -> Iterator[Vector]:
    key = Secret(hashlib.sha256(b"a letter").digest()[:16])
    good = code_of(key)
    zeros, ones = Secret(bytes(16)), Secret(b"\xff" * 16)
    yield code("ok", "a code as in the link", good, key)
    yield code("ok", "a code as in the mail", format_code(good), key)
    yield code(
        "ok", "a code in small letters with spaces", f" {good[:9].lower()} {good[9:]}\n", key
    )
    yield code("ok", "a code with dashes that a mail program made", "–".join(good), key)
    yield code("ok", "a code with O for 0", code_of(zeros).replace("0", "O"), zeros)
    yield code("ok", "a code with o for 0", code_of(zeros).replace("0", "o"), zeros)
    yield code("ok", "a code of only ones", code_of(ones), ones)
    one = Secret(bytes.fromhex("08421084210842108421084210842108"))
    yield code("ok", "a code with I for 1", code_of(one).replace("1", "I"), one)
    yield code("ok", "a code with l for 1", code_of(one).replace("1", "l"), one)
    yield code("empty", "no code", "")
    yield code("empty", "only dashes", " - – -\t")
    yield code("short", "a code without its last sign", good[:-1])
    yield code("long", "a code with a sign too many", good + "0")
    yield code("long", "a whole link", "https://example.org/brief.html#" + good)
    yield code("typo", "two signs in each other's place", good[1] + good[0] + good[2:])
    yield code("typo", "one other sign", ("1" if good[0] == "0" else "0") + good[1:])
    yield code("typo", "a U, which is in no code", "U" + good[1:])
    yield code("typo", "a sign outside ASCII", "ı" + good[1:])
    yield code("typo", "an owl for a sign", "🦉" + good[1:])
    yield code("typo", "another key's checksum", good[:25] + code_of(zeros)[25:])


def derived() -> Iterator[Vector]:
    secret = THIS_YEAR.reveal().hex()
    for fields in (
        (),
        ("",),
        ("", ""),
        ("ab", "c"),
        ("a", "bc"),
        ("groep-één", "🦉"),
        ("a" * 300,),
    ):
        name = f"context of {len(fields)} fields, {sum(map(len, fields))} characters: {fields[:1]}"
        answer = {"fields": list(fields), "result": context(*fields).hex()}
        yield {"name": name, "kind": "context", "expect": "ok", **answer}
    salt = hashlib.sha256(b"salt").digest()
    key = object_key(THIS_YEAR, EDITION, salt).reveal().hex()
    given = {"secret": secret, "fields": list(EDITION), "salt": salt.hex()}
    yield {"name": "object key", "kind": "object-key", "expect": "ok", **given, "result": key}
    for data in (b"", b"an edition's content"):
        given = {"secret": secret, "label": "edition", "fields": ["groep-3"], "data": data.hex()}
        result = name_of(THIS_YEAR, "edition", "groep-3", data=data)
        name = f"name of {len(data)} bytes"
        yield {"name": name, "kind": "name", "expect": "ok", **given, "result": result}
        given = {"secret": secret, "data": data.hex(), "result": fingerprint_of(THIS_YEAR, data)}
        name = f"fingerprint of {len(data)} bytes"
        yield {"name": name, "kind": "fingerprint", "expect": "ok", **given}
    key = letter_key(THIS_YEAR, "g-0017", "2026-W47").reveal().hex()
    given = {"secret": secret, "guardian": "g-0017", "week": "2026-W47", "result": key}
    yield {"name": "letter key", "kind": "letter-key", "expect": "ok", **given}
    key = letter_key(THIS_YEAR, "g-0017", "2026-W47", 2).reveal().hex()
    third = {**given, "name": "letter key of a third generation", "generation": 2, "result": key}
    yield {**third, "kind": "letter-key", "expect": "ok"}


def passphrases() -> Iterator[Vector]:
    key = Secret(hashlib.sha256(b"a letter").digest()[:16])
    made = passphrase_of(THIS_YEAR, "g-0017")
    given = {"secret": THIS_YEAR.reveal().hex(), "guardian": "g-0017", "result": made}
    yield {"name": "passphrase", "kind": "passphrase", "expect": "ok", **given}
    plain = made.replace("-", "")
    typings = {
        "as on the card": made,
        "in small letters with spaces": f" {plain[:6].lower()} {plain[6:]}",
        "with O for 0 and l for 1": "K7O0-lI1A-9PTU",
        "another one": "0000-0000-0000",
    }
    for name, typed in typings.items():
        given = {"key": key.reveal().hex(), "typed": typed, "letter": "a" * 26}
        result = locked_secret(key, typed, "a" * 26).reveal().hex()
        what = {"name": f"locked secret, {name}", "kind": "locked-secret", "expect": "ok"}
        yield {**what, **given, "result": result}
