"""Links by CloudFront, as its pages describe them, checked by others than their maker.

None of this ever met the service itself: `tests/edge.py` is written from the same pages.
"""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.signers import CloudFrontSigner as TheirSigner
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.errors import LichtbriefError
from lichtbrief.sealing import SigningKey
from lichtbrief.storage import CloudFrontSigner
from lichtbrief.storage.cloudfront import policy
from tests.edge import may_open

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
UNTIL = NOW + timedelta(days=200)
PLACE, KEY_ID = "https://brief.school.example/", "K2JCJMDEHXQW5F"
CURVE = ec.generate_private_key(ec.SECP256R1())
RSA = rsa.generate_private_key(65537, 2048)
KEYS = pytest.mark.parametrize("key", [CURVE, RSA], ids=["P-256", "RSA"])
LETTER, EDITION = "letters/abc.html", "editions/2026/abc"
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def pem(key: Key) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def signer(key: Key = CURVE, place: str = PLACE) -> CloudFrontSigner:
    return CloudFrontSigner(place, KEY_ID, SigningKey.read(pem(key)), lambda: NOW)


def opens(url: str, key: Key = CURVE, at: datetime = NOW) -> bool:
    return may_open(url, {KEY_ID: key.public_key()}, at)


@KEYS
@pytest.mark.parametrize("name", [LETTER, EDITION])
def test_a_link_opens_its_object_until_it_ends(key: Key, name: str) -> None:
    url = signer(key).sign(name, UNTIL)
    assert url.startswith(f"{PLACE}{name}?")
    assert opens(url, key)
    assert opens(url, key, UNTIL - timedelta(seconds=1))
    assert not opens(url, key, UNTIL)


def test_a_letters_link_opens_nothing_else() -> None:
    url = signer().sign(LETTER, UNTIL)
    assert not opens(url.replace("abc.html", "abd.html"))
    assert not opens(url.replace("Expires=1", "Expires=2"))
    assert not opens(url, ec.generate_private_key(ec.SECP256R1()))
    assert not opens(url.replace(KEY_ID, "K3"))
    assert not opens(url.partition("?")[0])


def test_the_editions_of_a_year_share_one_signature_that_opens_no_letter() -> None:
    ours = signer()
    first, second = (ours.sign(f"editions/2026/{name}", UNTIL) for name in ("abc", "xyz"))
    query = first.partition("?")[2]
    assert query == second.partition("?")[2]
    assert query != ours.sign("editions/2025/abc", UNTIL).partition("?")[2]
    assert opens(second)
    assert not opens(f"{PLACE}{LETTER}?{query}")
    assert not opens(f"{PLACE}editions/2025/abc?{query}")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30))
def test_any_name_is_signed_as_it_is_asked_for(name: str) -> None:
    url = signer().sign(name, UNTIL)
    assert opens(url)
    assert url.isascii()
    assert {"#", " "}.isdisjoint(url)


def test_the_link_of_the_pages_example_has_the_same_form() -> None:
    # Developer Guide, "Create a signed URL using a canned policy", with SHA-256
    there = (
        "https://d111111abcdef8.cloudfront.net/image.jpg?Expires=1767290400&Signature=…"
        "&Key-Pair-Id=K2JCJMDEHXQW5F&Hash-Algorithm=SHA256"
    )
    at = datetime.fromtimestamp(1767290400, UTC)
    place = "https://d111111abcdef8.cloudfront.net"
    early = CloudFrontSigner(place, KEY_ID, SigningKey(CURVE), lambda: at - at.resolution)
    ours = early.sign("image.jpg", at)
    assert there == ours.replace(parse_qs(urlsplit(ours).query)["Signature"][0], "…")


def test_the_policy_is_the_one_of_the_pages() -> None:
    expected = (
        b'{"Statement":[{"Resource":"https://d111111abcdef8.cloudfront.net/horizon.jpg",'
        b'"Condition":{"DateLessThan":{"AWS:EpochTime":1767290400}}}]}'
    )
    at = datetime.fromtimestamp(1767290400, UTC)
    assert expected == policy("https://d111111abcdef8.cloudfront.net/horizon.jpg", at)


def test_botocore_makes_the_same_link_but_does_not_name_the_hash() -> None:
    theirs = TheirSigner(KEY_ID, SigningKey.read(pem(RSA)).sign)
    whole = theirs.generate_presigned_url(f"{PLACE}{LETTER}", date_less_than=UNTIL)
    assert f"{whole}&Hash-Algorithm=SHA256" == signer(RSA).sign(LETTER, UNTIL)


@KEYS
def test_openssl_verifies_what_was_signed(key: Key, tmp_path: Path) -> None:
    text = policy(f"{PLACE}{LETTER}", UNTIL)
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    files = {"public": public, "signature": SigningKey.read(pem(key)).sign(text), "policy": text}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    command = ["openssl", "dgst", "-sha256", "-verify", "public", "-signature", "signature"]
    done = subprocess.run([*command, "policy"], cwd=tmp_path, capture_output=True, check=False)
    assert (0, b"Verified OK\n") == (done.returncode, done.stdout)


def test_a_link_that_would_have_ended_is_refused() -> None:
    with pytest.raises(LichtbriefError):
        signer().check(NOW)
    with pytest.raises(LichtbriefError):
        signer().sign(LETTER, NOW)
    with pytest.raises(ValueError, match="time zone"):
        signer().check(UNTIL.replace(tzinfo=None))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
        pem(rsa.generate_private_key(65537, 1024)),
        pem(ec.generate_private_key(ec.SECP384R1())),
        CURVE.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    ],
    ids=["nothing", "empty", "a short one", "another curve", "the public one"],
)
def test_what_is_no_such_key_is_refused_and_not_quoted(text: bytes) -> None:
    with pytest.raises(LichtbriefError) as caught:
        SigningKey.read(text)
    assert caught.value.__cause__ is None
    assert text.decode()[30:60] not in str(caught.value) or not text[30:60]


def test_neither_signer_nor_key_shows_the_key() -> None:
    assert "PrivateKey" not in repr(signer()) + repr(SigningKey(CURVE))
