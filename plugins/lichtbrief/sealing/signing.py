"""A private key that signs, with SHA-256: for links that CloudFront checks."""

from dataclasses import dataclass, field

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from lichtbrief.errors import LichtbriefError

RSA_BITS = 2048
HOW = "make one with: openssl ecparam -name prime256v1 -genkey -noout"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An ECDSA key on P-256, or an RSA key of 2048 bits: the two kinds that CloudFront knows.

    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html
    """

    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey = field(repr=False)

    @classmethod
    def read(cls, pem: bytes) -> "SigningKey":
        """The key in a PEM text without password; LichtbriefError, which quotes nothing of it."""
        try:
            key = load_pem_private_key(pem, None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            key = None
        if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
            return cls(key)
        if isinstance(key, rsa.RSAPrivateKey) and key.key_size == RSA_BITS:
            return cls(key)
        raise LichtbriefError(
            "this is no private key on P-256 or of RSA 2048 in PEM, without a password", HOW
        )

    def sign(self, data: bytes) -> bytes:
        """The signature: ECDSA as DER, or RSA with PKCS #1 v1.5."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), SHA256())
        return self.key.sign(data, ec.ECDSA(SHA256()))
