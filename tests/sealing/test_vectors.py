"""The vectors, run by Python; test_browser.py runs the same in Chromium."""

import base64
import hashlib
from collections.abc import Callable

import pytest

from lichtbrief.sealing import (
    CodeError,
    Header,
    Refusal,
    Refused,
    SealedReader,
    Secret,
    code_of,
    context,
    fingerprint_of,
    letter_key,
    locked_secret,
    name_of,
    object_key,
    parse_code,
    passphrase_of,
    seal,
)
from tests.sealing import make_vectors
from tests.sealing.given import FILE, Vector, vectors
from tests.sealing.object_cases import told

ALL = {vector["name"]: vector for vector in vectors()}


def kinds(*names: str) -> pytest.MarkDecorator:
    chosen = [vector for vector in ALL.values() if vector["kind"] in names]
    return pytest.mark.parametrize("vector", chosen, ids=lambda vector: vector["name"])


def secret_of(vector: Vector) -> Secret:
    return Secret(bytes.fromhex(vector["secret"]))


def by_ring(vector: Vector, data: bytes) -> SealedReader:
    return SealedReader.unlock(data, secret_of(vector), vector["fields"])


def by_object_key(vector: Vector, data: bytes) -> SealedReader:
    salt = Header.parse(data).salt
    return SealedReader(data, object_key(secret_of(vector), vector["fields"], salt))


def outcome(reader: Callable[[Vector, bytes], SealedReader], vector: Vector) -> object:
    data = base64.b64decode(vector["object"])
    try:
        opened = reader(vector, data).every(vector["lengths"])
    except Refused as refused:
        return refused.why
    return [told(plain) for plain in opened]


def test_making_the_vectors_again_gives_the_same_file() -> None:
    expected = hashlib.sha256(make_vectors.text().encode()).hexdigest()
    actual = hashlib.sha256(FILE.read_bytes()).hexdigest()
    assert expected == actual, "python -m tests.sealing.make_vectors"


def test_every_case_has_a_name_of_its_own_and_every_refusal_a_case() -> None:
    assert len(vectors()) == len(ALL)
    words = {vector["expect"] for vector in ALL.values() if vector["kind"] == "object"}
    assert {"ok", *Refusal} == words


@kinds("object")
def test_whoever_has_the_ring_gets_the_plaintext_or_the_reason(vector: Vector) -> None:
    expected = vector.get("plaintext", vector["expect"])
    assert expected == outcome(by_ring, vector)


@kinds("object")
def test_whoever_has_an_object_key_gets_the_plaintext_or_the_reason(vector: Vector) -> None:
    reason = vector.get("expect_by_object_key", vector["expect"])
    assert vector.get("plaintext", reason) == outcome(by_object_key, vector)


@kinds("object")
def test_sealing_what_was_opened_gives_the_same_object(vector: Vector) -> None:
    if vector["expect"] == "ok":
        data = base64.b64decode(vector["object"])
        plaintext = by_ring(vector, data).every(vector["lengths"])
        assert data == seal(secret_of(vector), vector["fields"], plaintext)


@kinds("code")
def test_a_typed_code_gives_its_key_or_the_reason(vector: Vector) -> None:
    if vector["expect"] == "ok":
        key = parse_code(vector["typed"])
        assert (vector["key"], vector["code"]) == (key.reveal().hex(), code_of(key))
    else:
        with pytest.raises(CodeError) as refused:
            parse_code(vector["typed"])
        assert vector["expect"] == refused.value.why


@kinds(
    "context",
    "object-key",
    "name",
    "fingerprint",
    "letter-key",
    "passphrase",
    "locked-secret",
)
def test_what_is_derived_is_derived_as_specified(vector: Vector) -> None:
    derived: dict[str, Callable[[Vector], str]] = {
        "context": lambda v: context(*v["fields"]).hex(),
        "object-key": lambda v: (
            object_key(secret_of(v), v["fields"], bytes.fromhex(v["salt"])).reveal().hex()
        ),
        "name": lambda v: name_of(
            secret_of(v), v["label"], *v["fields"], data=bytes.fromhex(v["data"])
        ),
        "fingerprint": lambda v: fingerprint_of(secret_of(v), bytes.fromhex(v["data"])),
        "letter-key": lambda v: (
            letter_key(secret_of(v), v["guardian"], v["week"], v.get("generation", 0))
            .reveal()
            .hex()
        ),
        "passphrase": lambda v: passphrase_of(secret_of(v), v["guardian"]),
        "locked-secret": lambda v: (
            locked_secret(Secret(bytes.fromhex(v["key"])), v["typed"], v["letter"]).reveal().hex()
        ),
    }
    assert vector["result"] == derived[vector["kind"]](vector)
