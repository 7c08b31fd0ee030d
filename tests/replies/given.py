"""What the stories about replies share: letterboxes, and a sealing that can be repeated."""

import base64
import hashlib
import hmac
import json
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lichtbrief.replies import Letterbox, OwnKey
from lichtbrief.replies.hpke import KEM_SUITE, derive_key_pair, public_bytes
from lichtbrief.replies.reply import BUCKETS, MAGIC, authenticator
from lichtbrief.sealing import Secret, context

FILE = Path(__file__).parent.parent / "vectors" / "replies.json"
SUITE_ID = b"HPKE\x00\x10\x00\x01\x00\x02"
SECRET = Secret(hashlib.sha256(b"2026").digest())
WEEK = "2026-W47"
MOTHER = Letterbox.of(SECRET, 2026, "g1", WEEK)
FATHER = Letterbox.of(SECRET, 2026, "g2", WEEK)
EPHEMERAL = derive_key_pair(hashlib.sha256(b"a browser").digest())
PLAIN: Mapping[str, Any] = {
    "id": "00112233445566778899aabbccddeeff",
    "kind": "word",
    "at": "2026-11-20T14:00:05Z",
    "body": {"to": "teacher", "pupil": "anna-b", "words": "Anna heeft slecht geslapen."},
}


WORDS_KEY = hashlib.sha256(b"a key of these words").digest()
ABOUT = ("2026", MOTHER.name, PLAIN["id"], "teacher", "anna-b")


def own_key(owner: str) -> OwnKey:
    """The key of one of the staff, the same every time, without a file and its passphrase."""
    return OwnKey(owner, derive_key_pair(hashlib.sha256(owner.encode()).digest()))


def public_of(*owners: str) -> dict[str, bytes]:
    """The public halves of their keys, by id."""
    return {owner: public_bytes(own_key(owner).private) for owner in owners}


def sealed_words(
    text: bytes,
    *readers: str,
    size: int = 768,
    padding: bytes = b"",
    length: int | None = None,
    about: Sequence[str] = ABOUT,
) -> dict[str, Any]:
    """Sealed words as a browser makes them with a known ephemeral key, or wrong in one respect."""
    length = len(text) if length is None else length
    plain = (struct.pack(">H", length) + text + padding).ljust(size, b"\0")
    sealed = AESGCM(WORDS_KEY).encrypt(bytes(12), plain, None)
    keys = {
        reader: seal_base(public, context("word", *about, reader), b"", WORDS_KEY, EPHEMERAL)
        for reader, public in public_of(*readers).items()
    }
    return {"text": in_base64(sealed), "keys": {who: in_base64(key) for who, key in keys.items()}}


def in_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def vectors() -> dict[str, Any]:
    """The file of vectors: RFC 9180's own, and those of our format."""
    return cast(dict[str, Any], json.loads(FILE.read_text("ascii")))


def padded(text: bytes, size: int | None = None) -> bytes:
    """The length, the text and the zeros after it, as they stand behind the mac."""
    size = size or next(bucket for bucket in BUCKETS if len(text) + 34 <= bucket)
    return (struct.pack(">H", len(text)) + text).ljust(size - 32, b"\0")


def as_text(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def write_reply(
    box: Letterbox,
    content: object = PLAIN,
    *,
    ephemeral: ec.EllipticCurvePrivateKey = EPHEMERAL,
    inner: bytes | None = None,
    mac: bytes | None = None,
    info: bytes | None = None,
) -> bytes:
    """A reply as the browser makes it, or one that is wrong in one respect only."""
    inner = padded(as_text(content)) if inner is None else inner
    mac = authenticator(box, inner) if mac is None else mac
    info = box.info if info is None else info
    return MAGIC + seal_base(box.public, info, b"", mac + inner, ephemeral)


def seal_base(
    receiver: bytes, info: bytes, aad: bytes, plain: bytes, own: ec.EllipticCurvePrivateKey
) -> bytes:
    """SealBase of RFC 9180 with a given ephemeral key, which no library takes: 4.1, 5.1 and 6.1."""
    enc = public_bytes(own)
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), receiver)
    shared = own.exchange(ec.ECDH(), public)
    secret = _extract(KEM_SUITE, b"", b"eae_prk", shared)
    kept = _expand(KEM_SUITE, secret, b"shared_secret", enc + receiver, 32)
    hashes = (
        _extract(SUITE_ID, b"", b"psk_id_hash", b""),
        _extract(SUITE_ID, b"", b"info_hash", info),
    )
    context = b"\0" + b"".join(hashes)
    secret = _extract(SUITE_ID, kept, b"secret", b"")
    key = _expand(SUITE_ID, secret, b"key", context, 32)
    return enc + AESGCM(key).encrypt(
        _expand(SUITE_ID, secret, b"base_nonce", context, 12), plain, aad
    )


def _extract(suite: bytes, salt: bytes, label: bytes, material: bytes) -> bytes:
    return hmac.digest(salt, b"HPKE-v1" + suite + label + material, hashlib.sha256)


def _expand(suite: bytes, secret: bytes, label: bytes, info: bytes, length: int) -> bytes:
    block = struct.pack(">H", length) + b"HPKE-v1" + suite + label + info + b"\1"
    return hmac.digest(secret, block, hashlib.sha256)[:length]
