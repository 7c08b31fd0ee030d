"""A store in memory with the whole of the store's interface, for what is about no store."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from lichtbrief.errors import LichtbriefError
from lichtbrief.storage import Stored


@dataclass
class MemoryStore:
    """Objects by name, as a bucket holds them."""

    objects: dict[str, bytes] = field(default_factory=dict)
    most: int = 1000  # on a page
    pages: int = 0  # that were asked for

    def list(self, prefix: str = "") -> dict[str, Stored]:
        found = {name: data for name, data in self.objects.items() if name.startswith(prefix)}
        return {
            name: Stored(name, len(data), hashlib.md5(data).hexdigest())
            for name, data in found.items()
        }

    def page(self, prefix: str, after: str) -> Sequence[Stored]:
        self.pages += 1
        found = self.list(prefix)
        return [found[name] for name in sorted(found) if name > after][: self.most]

    def put(
        self,
        name: str,
        data: bytes,
        *,
        content_type: str,
        encoding: str | None = None,
        absent: bool = False,
    ) -> str:
        if not (absent and name in self.objects):
            self.objects[name] = data
        return hashlib.md5(self.objects[name]).hexdigest()

    def get(self, name: str) -> bytes:
        if name not in self.objects:
            raise LichtbriefError("the store has no such object")
        return self.objects[name]

    def age(self, name: str) -> timedelta:
        return timedelta(0)

    def delete(self, name: str) -> None:
        self.objects.pop(name, None)
