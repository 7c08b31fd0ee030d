"""A member of staff's own key pair, and the file in which the private half lies; FORMAT.md, "Own
keys"."""

import base64
import hashlib
import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec

from lichtbrief.replies.hpke import derive_key_pair, public_bytes
from lichtbrief.roster import FieldError, an_own_key, owner_of, public_key_text
from lichtbrief.sealing import SealedReader, Secret, seal

FORMAT = "lichtbrief own key 1"
SALT_BYTES = 16
SEED_BYTES = 32
COST, BLOCK, MEMORY = 1 << 17, 8, 1 << 28
"""What OWASP asks of scrypt (Password Storage Cheat Sheet, 2023): 128 MiB, some 0.3 s."""

Random = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class OwnKey:
    """What opens words that were sealed for its owner, by id."""

    owner: str
    private: ec.EllipticCurvePrivateKey = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class OwnKeyFile:
    """The file: `public` is what staff.csv gets; the private half is sealed with a passphrase."""

    public: str
    salt: bytes = field(repr=False)
    sealed: bytes = field(repr=False)

    @classmethod
    def make(cls, owner: str, passphrase: str, random: Random) -> "OwnKeyFile":
        """A new key pair; `random` gives so many random bytes."""
        seed, salt = random(SEED_BYTES), random(SALT_BYTES)
        public = public_key_text(owner, public_bytes(derive_key_pair(seed)))
        return cls(public, salt, seal(_stretched(passphrase, salt), _context(public), [seed]))

    @classmethod
    def parse(cls, data: bytes) -> "OwnKeyFile":
        """Read what `to_bytes` wrote; raises ValueError for anything else."""
        try:
            value = json.loads(data)
            if value.keys() != {"format", "public", "salt", "sealed"} or value["format"] != FORMAT:
                raise ValueError("of another kind or version")
            parts = (base64.b64decode(value[name], validate=True) for name in ("salt", "sealed"))
            found = cls(an_own_key(value["public"]), *parts)
            if not found.owner:
                raise ValueError("of nobody")
        except (TypeError, AttributeError, RecursionError, FieldError) as error:
            raise ValueError("not the file of an own key") from error
        return found

    def to_bytes(self) -> bytes:
        """The file's text."""
        salt, sealed = (base64.b64encode(part).decode() for part in (self.salt, self.sealed))
        value = {"format": FORMAT, "public": self.public, "salt": salt, "sealed": sealed}
        return json.dumps(value, indent=1).encode() + b"\n"

    @property
    def owner(self) -> str:
        """Whose it is."""
        return owner_of(self.public)

    def open(self, passphrase: str) -> OwnKey:
        """The key; raises `Refused` for another passphrase (wrong-key) and a damaged file."""
        secret = _stretched(passphrase, self.salt)
        seed = SealedReader.unlock(self.sealed, secret, _context(self.public)).every(())[0]
        return OwnKey(self.owner, derive_key_pair(seed))


def _context(public: str) -> tuple[str, str]:
    return "own key", public


def _stretched(passphrase: str, salt: bytes) -> Secret:
    typed = unicodedata.normalize("NFC", passphrase).encode()
    kept = hashlib.scrypt(typed, salt=salt, n=COST, r=BLOCK, p=1, maxmem=MEMORY, dklen=32)
    return Secret(kept)
