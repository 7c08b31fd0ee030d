"""HPKE (RFC 9180), base mode, one suite: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.

The school's half: it derives key pairs and opens. `reply.js` in the theme is the other half.
"""

import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
ENC_BYTES = 65  # the encapsulated key: an uncompressed point
TAG_BYTES = 16
KEM_SUITE = b"KEM\x00\x10"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256's group
TRIES = 256


class UnopenedError(Exception):
    """What came was not sealed for this key and purpose, or is not as it was sealed."""


def derive_key_pair(material: bytes) -> ec.EllipticCurvePrivateKey:
    """The private key that RFC 9180, 7.1.3 derives from 32 bytes or more of key material.

    ValueError in the one of 2**8192 cases in which it gives none.
    """
    # HKDF-Extract without a salt (RFC 5869, 2.2): the key is a hash's length of zeros.
    secret = hmac.digest(bytes(32), b"HPKE-v1" + KEM_SUITE + b"dkp_prk" + material, hashlib.sha256)
    for counter in range(TRIES):
        label = b"\x00\x20HPKE-v1" + KEM_SUITE + b"candidate" + bytes([counter])
        number = int.from_bytes(HKDFExpand(SHA256(), 32, label).derive(secret))
        if 0 < number < ORDER:
            return ec.derive_private_key(number, ec.SECP256R1())
    raise ValueError("this key material gives no key")


def public_bytes(private: ec.EllipticCurvePrivateKey) -> bytes:
    """The public key as 65 bytes, for those who seal (SEC 1, uncompressed)."""
    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def public_key(point: bytes) -> ec.EllipticCurvePublicKey:
    """The public key in these 65 bytes; ValueError when it is none."""
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)


def seal_for(plain: bytes, public: ec.EllipticCurvePublicKey, info: bytes) -> bytes:
    """An encapsulated key and a ciphertext, joined, for whoever has the private key."""
    return SUITE.encrypt(plain, public, info)


def open_sealed(sealed: bytes, private: ec.EllipticCurvePrivateKey, info: bytes) -> bytes:
    """The plaintext of an encapsulated key and a ciphertext, joined; empty associated data.

    Raises UnopenedError for anything that was not sealed for this key and this `info`.
    """
    try:
        return SUITE.decrypt(sealed, private, info)
    except (InvalidTag, ValueError):
        raise UnopenedError from None
