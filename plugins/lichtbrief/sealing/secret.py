"""Key bytes in a wrapper that cannot be printed, logged, pickled or compared byte by byte."""

import hmac
from typing import NoReturn


class Secret:
    """Key bytes; only `reveal()` gives them, so every use of a key can be found by that word.

    `value` is at least 16 bytes (ValueError otherwise). Equality takes constant time.
    """

    __slots__ = ("_value",)

    def __init__(self, value: bytes) -> None:
        if len(value) < 16:
            raise ValueError("a secret has at least 16 bytes")
        self._value = bytes(value)

    def reveal(self) -> bytes:
        """The bytes themselves."""
        return self._value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._value, other._value)

    def __len__(self) -> int:
        return len(self._value)

    def __repr__(self) -> str:
        return "Secret(redacted)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled or copied")
